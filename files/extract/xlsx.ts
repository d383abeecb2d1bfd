/** An .xlsx workbook as a table of text: the one visible sheet that has the contract's header; the others are scanned. */
import { Refused } from '../../core/refused.ts';
import { readContents, type Contents, type Sheet } from '../workbook/contents.ts';
import { MAX_CELLS, readSheet, type Budget, type SheetCell } from '../workbook/sheet.ts';
import { openParts, type ZipParts } from '../workbook/zip.ts';
import { factsOf, type Kind } from './columns.ts';
import type { Contract } from './contract.ts';
import type { Stray } from './gate.ts';
import { findIdentifiers } from './identifiers.ts';
import { layOut } from './layout.ts';
import { Notes } from './markers.ts';
import { checkWidth, cleanTitle, LineWriter, MAX_COLUMNS, type Table } from './table.ts';
import { cellText } from './workbook-cells.ts';

/** Rows searched for the header: a title and a line on who filled in the form may precede it. */
const HEADER_WITHIN = 20;
/** Positions of identifiers outside the table to keep; three are enough to refuse. */
const MAX_STRAY = 100;

const typeOf = (contract: Contract, name: string | undefined): Kind | undefined =>
  name === undefined ? undefined : factsOf(contract.row.shape[name] as never).type;

/** Titles by position; a row with a cell far to the right is not a header. */
function titlesOf(cells: readonly SheetCell[], book: Contents): string[] {
  const width = (cells.at(-1)?.column ?? -1) + 1;
  checkWidth(width);
  const titles = Array.from({ length: width }, () => '');
  for (const cell of cells) titles[cell.column] = cleanTitle(cellText(cell, undefined, book)[0]);
  return titles;
}

/** A header is a row with every required column, even if duplicated. */
function isHeader(contract: Contract, titles: readonly string[]): boolean {
  try {
    layOut(contract, titles);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.code === 'header-duplicate';
  }
}

/** The sheet with the header. */
interface Chosen {
  readonly sheet: Sheet;
  readonly header: readonly string[];
  /** Kinds of the contract's columns by position; undefined where a column is ignored. */
  readonly types: readonly (Kind | undefined)[];
}

/** Collects findings while going through the sheets. */
class SheetReader {
  readonly stray: Stray[] = [];
  readonly notes = new Notes();
  chosen: Chosen | null = null;
  /** Titles in the first row of the first visible sheet, for the refusal's text. */
  first: readonly string[] | null = null;
  private readonly contract: Contract;
  private readonly book: Contents;
  private readonly out: LineWriter;

  constructor(contract: Contract, book: Contents, out: LineWriter) {
    this.contract = contract;
    this.book = book;
    this.out = out;
  }

  row(sheet: Sheet, line: number, cells: readonly SheetCell[]): Promise<void> | undefined {
    if (this.chosen?.sheet === sheet) return this.data(this.chosen, line, cells);
    this.scan(sheet, line, cells);
    if (sheet.visible && line <= HEADER_WITHIN) this.lookForHeader(sheet, cells);
    return undefined;
  }

  private lookForHeader(sheet: Sheet, cells: readonly SheetCell[]): void {
    if ((cells.at(-1)?.column ?? 0) >= MAX_COLUMNS && this.first !== null) return;
    const titles = titlesOf(cells, this.book);
    this.first ??= titles;
    if (!isHeader(this.contract, titles)) return;
    if (this.chosen !== null)
      throw new Refused(
        'header-duplicate',
        `sheets ${this.chosen.sheet.position} and ${sheet.position} both have the header`,
        { accepts: 'one visible sheet with the columns of the extract' },
      );
    const { positions } = layOut(this.contract, titles);
    const names = new Map([...positions].map(([name, index]) => [index, name] as const));
    const types = titles.map((_, index) => typeOf(this.contract, names.get(index)));
    this.chosen = { sheet, header: titles, types };
  }

  private data(
    { header, types, sheet }: Chosen,
    line: number,
    cells: readonly SheetCell[],
  ): Promise<void> | undefined {
    const texts: (string | null)[] = header.map(() => null);
    for (const cell of cells) {
      if (cell.column >= header.length) {
        this.scan(sheet, line, [cell]);
        continue;
      }
      const [text, note] = cellText(cell, types[cell.column], this.book);
      if (note !== undefined) this.notes.add(line, cell.column, note);
      texts[cell.column] = text;
    }
    // Spreadsheets leave blank rows where something was deleted.
    return texts.every((text) => text === null || text.trim() === '')
      ? undefined
      : this.out.add(line, texts);
  }

  /** Checks cells outside the table for identifiers. */
  private scan(sheet: Sheet, line: number, cells: readonly SheetCell[]): void {
    for (const cell of cells) {
      if (cell.type !== 's' && cell.value.length < 11) continue;
      const [text] = cellText(cell, undefined, this.book);
      if (text.length < 11 || this.stray.length >= MAX_STRAY) continue;
      for (const kind of findIdentifiers(text)) {
        const inTable = this.chosen?.sheet === sheet;
        this.stray.push({ kind, line, ...(inTable ? {} : { sheet: sheet.position }) });
      }
    }
  }
}

/**
 * @param lines where the rows are written
 * @returns identifiers outside the table, and the table if there are none
 * @throws Refused `unreadable`, `too-large`, `encoding`, `header-duplicate`
 */
export async function openWorkbook(
  contract: Contract,
  path: string,
  lines: string,
): Promise<{ readonly stray: readonly Stray[]; readonly table: () => Table }> {
  const parts: ZipParts = await openParts(path);
  const book = await readContents(parts);
  const budget: Budget = { cells: MAX_CELLS };
  const out = new LineWriter(lines);
  const reading = new SheetReader(contract, book, out);
  try {
    for (const sheet of book.sheets)
      await readSheet(parts, sheet.part, budget, (line, cells) => reading.row(sheet, line, cells));
  } finally {
    await out.close();
  }
  const table = (): Table => {
    const { chosen, first, stray, notes } = reading;
    if (chosen === null) {
      // Throws, naming the missing columns.
      if (first !== null) layOut(contract, first);
      throw new Refused('header-missing', 'no visible sheet has a header row', {
        line: 1,
        accepts: 'a header row',
      });
    }
    const { header } = chosen;
    return { header, relation: out.relation(header.length), rows: out.rows, stray, notes };
  };
  return { stray: reading.stray, table };
}
