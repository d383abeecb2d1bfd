/**
 * The rows of an .xlsx workbook: only of the one visible sheet with the named columns. Cells become the text that the
 * intake would make of them.
 */
import { MonitorError } from '../core/errors.ts';
import { readContents, type Contents, type Sheet } from '../files/workbook/contents.ts';
import { MAX_CELLS, readSheet, type SheetCell } from '../files/workbook/sheet.ts';
import { EXCEL_LIMIT, inFull, valueOf } from '../files/workbook/value.ts';
import { openParts } from '../files/workbook/zip.ts';
import type { SourceRow } from './records.ts';
import type { StoredAs } from './stored.ts';

/** Rows searched for the header, as at the intake: a title may precede it. */
const HEADER_WITHIN = 20;
/** A wider header would produce rows of nothing but commas. */
const MAX_COLUMNS = 1000;
const DAY = 86_400_000;

export interface WorkbookWishes {
  /** From 1, in tab order; null: the only one with the columns. */
  readonly sheet: number | null;
  /** The named columns that a row of titles lacks. */
  readonly missing: (titles: readonly string[]) => readonly string[];
  /** Headers of columns that are months, not days, in the contract. */
  readonly isMonth: (title: string) => boolean;
  readonly isIdentity: (text: string) => boolean;
}

export interface Takes {
  header(titles: readonly string[], line: number): void;
  row(row: SourceRow): void;
}

type Told = readonly [text: string, as?: StoredAs];

function dayText(time: number, isMonth: boolean): string {
  const [day = '', clock = ''] = new Date(time).toISOString().split('T');
  if (time % DAY !== 0) return `${day} ${clock.slice(0, 8)}`;
  return isMonth && day.endsWith('-01') ? day.slice(0, -3) : day;
}

function cellText(cell: SheetCell, book: Contents, isMonth: boolean): Told {
  // An empty formula has no value to read.
  if (cell.value === '') return ['', 'formula'];
  const value = valueOf(cell, book);
  const as = cell.formula ? 'formula' : undefined;
  switch (value.is) {
    case 'text':
      return as === undefined ? [value.text] : [value.text, as];
    case 'number':
      return [
        inFull(value.number),
        as ?? (Math.abs(value.number) >= EXCEL_LIMIT ? 'digits' : 'number'),
      ];
    case 'moment':
      return [dayText(value.time, isMonth), as ?? 'day'];
    case 'error':
    case 'no-day':
    case 'truth':
      return [value.text, as ?? value.is];
  }
}

/** The sheet whose rows are read. */
interface Chosen {
  readonly sheet: Sheet;
  readonly width: number;
  readonly months: ReadonlySet<number>;
}

const trimmed = (titles: readonly string[]): readonly string[] =>
  titles.slice(0, titles.findLastIndex((title) => title.trim() !== '') + 1);

class RowReader {
  /** Sheets with identity numbers outside the table. */
  readonly leftBehind = new Set<number>();
  chosen: Chosen | null = null;
  /** Columns missing from the row that came closest to a header. */
  lacking: readonly string[] | null = null;
  private readonly book: Contents;
  private readonly wishes: WorkbookWishes;
  private readonly takes: Takes;

  constructor(book: Contents, wishes: WorkbookWishes, takes: Takes) {
    this.book = book;
    this.wishes = wishes;
    this.takes = takes;
  }

  row(sheet: Sheet, line: number, cells: readonly SheetCell[]): void {
    if (this.chosen?.sheet === sheet) this.data(this.chosen, line, cells);
    else if (!this.isHeader(sheet, line, cells)) this.leave(sheet, cells);
  }

  private isHeader(sheet: Sheet, line: number, cells: readonly SheetCell[]): boolean {
    const { wishes, book } = this;
    if (!sheet.visible || line > HEADER_WITHIN) return false;
    if (wishes.sheet !== null && wishes.sheet !== sheet.position) return false;
    const titles: string[] = [];
    for (const cell of cells) {
      while (titles.length < cell.column) titles.push('');
      titles.push(cellText(cell, book, false)[0]);
    }
    const lacking = wishes.missing(titles);
    if (lacking.length < (this.lacking?.length ?? Infinity)) this.lacking = lacking;
    if (lacking.length > 0) return false;
    if (this.chosen !== null)
      throw new MonitorError(
        'columns',
        `sheets ${this.chosen.sheet.position} and ${sheet.position} both have the columns named`,
        { fix: '--sheet N takes the one that is the N-th tab' },
      );
    const header = trimmed(titles);
    if (header.length > MAX_COLUMNS)
      throw new MonitorError('columns', `the header has ${header.length} columns`, {
        fix: `at most ${MAX_COLUMNS} are read`,
      });
    const months = header.flatMap((title, index) => (wishes.isMonth(title) ? [index] : []));
    this.chosen = { sheet, width: header.length, months: new Set(months) };
    this.takes.header(header, line);
    return true;
  }

  private data({ sheet, width, months }: Chosen, line: number, cells: readonly SheetCell[]): void {
    const texts = Array.from({ length: width }, () => '');
    const stored = new Map<number, StoredAs>();
    for (const cell of cells) {
      if (cell.column >= width) {
        this.leave(sheet, [cell]);
        continue;
      }
      const [text, as] = cellText(cell, this.book, months.has(cell.column));
      texts[cell.column] = text;
      if (as !== undefined) stored.set(cell.column, as);
    }
    // Spreadsheets leave blank rows where something was deleted.
    if (stored.size > 0 || texts.some((text) => text.trim() !== ''))
      this.takes.row({ line, cells: texts, stored });
  }

  /** Cells outside the table are not copied. */
  private leave({ position }: Sheet, cells: readonly SheetCell[]): void {
    if (this.leftBehind.has(position)) return;
    if (cells.some((cell) => this.wishes.isIdentity(cellText(cell, this.book, false)[0])))
      this.leftBehind.add(position);
  }
}

/**
 * @returns positions of the sheets with identity numbers outside the table
 * @throws MonitorError `columns` when not exactly one sheet has the columns; Refused `unreadable`, `too-large`,
 * `encoding`
 */
export async function readWorkbook(
  path: string,
  wishes: WorkbookWishes,
  takes: Takes,
): Promise<readonly number[]> {
  const parts = await openParts(path);
  const book = await readContents(parts);
  const reading = new RowReader(book, wishes, takes);
  const budget = { cells: MAX_CELLS };
  for (const sheet of book.sheets)
    await readSheet(parts, sheet.part, budget, (line, cells) => {
      reading.row(sheet, line, cells);
      return undefined;
    });
  if (reading.chosen === null) {
    const sheet = wishes.sheet === null ? 'no visible sheet' : `no visible sheet ${wishes.sheet}`;
    const lacking = (reading.lacking ?? []).map((name) => `'${name}'`).join(', ');
    throw new MonitorError(
      'columns',
      `${sheet} has the columns named in one of its first ${HEADER_WITHIN} rows${lacking === '' ? '' : `; nearest came one without ${lacking}`}`,
      { fix: 'write the headers as they stand in the sheet; hidden sheets are not taken' },
    );
  }
  return [...reading.leftBehind].sort((a, b) => a - b);
}
