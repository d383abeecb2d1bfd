/** The rows of one sheet as stored, one after the other. */
import { Refused } from '../../core/refused.ts';
import { ItemText } from './contents.ts';
import { readXml } from './xml.ts';
import { unreadable, type ZipParts } from './zip.ts';

export interface SheetCell {
  /** From 0. */
  readonly column: number;
  /** As stored: n, s, str, inlineStr, b, e, d. */
  readonly type: string;
  readonly value: string;
  readonly style: number;
  readonly formula: boolean;
}

export interface Budget {
  /** Cells left to read in the whole workbook. */
  cells: number;
}

export const MAX_CELLS = 2_000_000;
/** Excel's own limits of a sheet: rows, and columns up to XFD. */
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;

/** `AB12` → 27. @throws Refused `unreadable` */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})[0-9]+$/.exec(reference)?.[1];
  if (letters === undefined) throw unreadable('a cell of the workbook has no position');
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  if (column >= MAX_COLUMN) throw unreadable('a cell of the workbook is outside the sheet');
  return column;
}

/**
 * @param row called with every row that has a non-empty cell; line: the row number in the spreadsheet
 * @throws Refused `unreadable`, `too-large`
 */
export async function readSheet(
  parts: ZipParts,
  part: string,
  budget: Budget,
  row: (line: number, cells: readonly SheetCell[]) => Promise<void> | undefined,
): Promise<void> {
  let line = 0;
  let next = 0;
  let cells: SheetCell[] = [];
  let attributes: Readonly<Record<string, string>> = {};
  let inside: 'v' | 'is' | null = null;
  let value = '';
  let formula = false;
  const item = new ItemText();
  let waits: Promise<void>[] = [];
  await readXml(parts.read(part), {
    open(name, at) {
      if (inside === 'is') item.open(name);
      switch (name) {
        case 'row': {
          const given = at['r'] === undefined ? line + 1 : Number(at['r']);
          if (!Number.isInteger(given) || given <= line || given > MAX_ROW)
            throw unreadable('the rows of a sheet are not in order');
          [line, next, cells] = [given, 0, []];
          return;
        }
        case 'c':
          [attributes, value, formula] = [at, '', false];
          budget.cells -= 1;
          if (budget.cells < 0)
            throw new Refused('too-large', 'the workbook has too many cells', {
              accepts: `at most ${MAX_CELLS} cells`,
            });
          return;
        case 'f':
          formula = true;
          return;
        case 'v':
          inside = 'v';
          return;
        case 'is':
          inside = 'is';
      }
    },
    text(text) {
      if (inside === 'v') value += text;
      else if (inside === 'is') item.add(text);
    },
    close(name) {
      if (inside === 'is') item.close(name);
      switch (name) {
        case 'v':
          inside = null;
          return;
        case 'is':
          inside = null;
          value = item.take();
          return;
        case 'c': {
          const column = attributes['r'] === undefined ? next : columnOf(attributes['r']);
          if (column < next) throw unreadable('the cells of a row are not in order');
          next = column + 1;
          const { t: type = 'n', s: style = '0' } = attributes;
          if (value !== '' || formula)
            cells.push({ column, type, value, style: Number(style), formula });
          return;
        }
        case 'row': {
          const wait = cells.length > 0 ? row(line, cells) : undefined;
          if (wait !== undefined) waits.push(wait);
        }
      }
    },
    pause() {
      if (waits.length === 0) return undefined;
      const all = Promise.all(waits);
      waits = [];
      return all.then(() => undefined);
    },
  });
}
