/**
 * Prepares a delivered CSV for the SQL reader: detects the encoding (writes a UTF-8 copy if needed), reads the header,
 * counts records. The reader's own count is compared with it, so that no row is lost silently.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { CsvError, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { headOf } from '../head.ts';
import { Refused } from '../../core/refused.ts';
import { toUtf8 } from './encoding.ts';
import type { Stray } from './gate.ts';
import { findIdentifiers } from './identifiers.ts';
import { checkWidth, cleanTitle } from './table.ts';

export interface Prepared {
  /** UTF-8 text, perhaps with a byte order mark. */
  readonly path: string;
  readonly header: readonly string[];
  /** Lines after the first, including blank ones and a last one without line feed. */
  readonly lines: number;
  readonly newline: '\n' | '\r\n';
  /** Whether any cell may have surrounding blanks. */
  readonly blanks: boolean;
  /** False when the fast reader may be wrong: lone CR, or a header that spans lines. */
  readonly regular: boolean;
}

const MAX_HEADER = 1 << 20;
/** Longer records are not rows of any contract. */
const MAX_RECORD = 1 << 20;
/** Most lines with a wrong number of fields that are reported: as many as a copy of bad rows has. */
const LISTED_WRONG = 50_000;

/** No-break and full-width space in UTF-8. */
const WIDE_BLANKS = [Buffer.from('\u00a0'), Buffer.from('\u3000')] as const;

interface Survey {
  readonly feeds: number;
  readonly endsWithFeed: boolean;
  readonly returns: boolean;
  readonly loneReturns: boolean;
  /** Line of the first zero byte; 0: none. */
  readonly zeroByte: number;
  readonly blanks: boolean;
}

function feedsIn(piece: Buffer): number {
  let feeds = 0;
  for (let at = piece.indexOf(0x0a); at !== -1; at = piece.indexOf(0x0a, at + 1)) feeds += 1;
  return feeds;
}

/** One pass over the bytes, with native searches only. */
async function survey(path: string): Promise<Survey> {
  let feeds = 0;
  let last: Buffer = Buffer.alloc(0);
  let [returns, loneReturns, blanks] = [false, false, false];
  let zeroByte = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const piece = chunk as Buffer;
    const seam = Buffer.concat([last.subarray(-2), piece.subarray(0, 2)]);
    blanks ||= piece.includes(0x20) || piece.includes(0x09);
    blanks ||= WIDE_BLANKS.some((blank) => piece.includes(blank) || seam.includes(blank));
    const first = piece.indexOf(0x0d);
    if (last.at(-1) === 0x0d && piece[0] !== 0x0a) loneReturns = true;
    if (first !== -1) {
      // One carriage return per line is the rule in these files, so checking the first of each block is enough: a
      // lone one elsewhere makes a ragged row, which the careful reader handles.
      if (first + 1 < piece.length && piece[first + 1] !== 0x0a) loneReturns = true;
      returns = true;
    }
    const zero = zeroByte === 0 ? piece.indexOf(0) : -1;
    if (zero !== -1) zeroByte = feeds + 1 + feedsIn(piece.subarray(0, zero));
    feeds += feedsIn(piece);
    last = piece;
  }
  if (last.at(-1) === 0x0d) loneReturns = true;
  return { feeds, endsWithFeed: last.at(-1) === 0x0a, returns, loneReturns, zeroByte, blanks };
}

/**
 * @param copy where a UTF-8 copy may be written
 * @throws Refused `encoding`, `unreadable`, `header-missing`
 */
export async function prepareCsv(path: string, copy: string): Promise<Prepared> {
  const text = (await toUtf8(path, copy)) ? copy : path;
  const { feeds, endsWithFeed, returns, loneReturns, zeroByte, blanks } = await survey(text);
  if (zeroByte > 0)
    throw new Refused('unreadable', 'not a text file: a zero byte', {
      line: zeroByte,
      accepts: 'CSV text',
    });
  const head = headOf(text, MAX_HEADER)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const end = /[\r\n]/.exec(head)?.index ?? head.length;
  if (end === head.length && head.length >= MAX_HEADER / 4)
    throw new Refused('unreadable', 'the first line does not end', { line: 1 });
  const first = head.slice(0, end);
  if (first.trim() === '')
    throw new Refused('header-missing', 'the file has no header row', {
      line: 1,
      accepts: 'a header row',
    });
  const quotes = first.split('"').length - 1;
  if (quotes % 2 !== 0)
    throw new Refused('unreadable', 'a quoted column name does not end on its line', { line: 1 });
  const header = (parseSync(first, { relax_quotes: true })[0] ?? []).map(cleanTitle);
  checkWidth(header.length);
  const newline = head.startsWith('\r\n', end) ? '\r\n' : '\n';
  return {
    path: text,
    header,
    lines: feeds - 1 + (endsWithFeed ? 0 : 1),
    newline,
    blanks: blanks || (returns && newline === '\n'),
    regular:
      !loneReturns && (head[end] === '\n' || head.startsWith('\r\n', end) || end === head.length),
  };
}

export interface Rewritten {
  readonly records: number;
  /** Identifiers in skipped lines: the gate must see the whole file. */
  readonly found: readonly Stray[];
  /** Lines whose number of fields differs from the header's. */
  readonly wrong: readonly { readonly line: number; readonly fields: number }[];
  readonly wrongCount: number;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const breaksIn = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** The line in which the record at this position begins. */
async function lineAt(path: string, place: number): Promise<number> {
  let breaks = 0;
  let cut = false;
  if (place === 0) return 1;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, end: place - 1 })) {
    const text = (piece as Buffer).toString('latin1');
    breaks += breaksIn(text) - (cut && text.startsWith('\n') ? 1 : 0);
    cut = text.endsWith('\r');
  }
  return breaks + 1;
}

/** Spreadsheets end rows with commas; the fast reader also ignores empty cells after the last column. */
function withoutTail(record: readonly string[], width: number): readonly string[] {
  const tail = record.slice(width);
  return tail.every((cell) => cell === '') ? record.slice(0, width) : record;
}

/**
 * The careful reader for irregular files (quoted line breaks, ragged rows, blank lines, lone CR): reads record by
 * record and writes the well-formed ones, with their source line in front, as plain CSV.
 * @throws Refused `unreadable` with the line where the quoting breaks
 */
export async function rewriteCsv(prepared: Prepared, to: string): Promise<Rewritten> {
  const parser = createReadStream(prepared.path, { highWaterMark: 1 << 20 }).pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD,
      record_delimiter: ['\r\n', '\n', '\r'],
    }),
  );
  const out = createWriteStream(to);
  const wrong: { line: number; fields: number }[] = [];
  const found: Stray[] = [];
  let wrongCount = 0;
  let records = -1;
  try {
    for await (const { record: cells, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      records += 1;
      if (records === 0) continue;
      const record = withoutTail(cells, prepared.header.length);
      const line = info.lines - cells.reduce((sum, cell) => sum + breaksIn(cell), 0);
      if (record.length !== prepared.header.length) {
        wrongCount += 1;
        for (const kind of new Set(record.flatMap((cell) => [...findIdentifiers(cell)]))) {
          found.push({ kind, line });
        }
        if (wrong.length < LISTED_WRONG) wrong.push({ line, fields: record.length });
        continue;
      }
      if (!out.write(`${line},${record.map(quoted).join(',')}\n`)) await once(out, 'drain');
    }
  } catch (error) {
    if (error instanceof CsvError) {
      const words =
        error.code === 'CSV_MAX_RECORD_SIZE'
          ? `a row is longer than ${MAX_RECORD} bytes, or a quote in it does not end`
          : 'a quote in the row does not end';
      // The unreadable row begins where the last good one ends.
      const line = await lineAt(prepared.path, Number(error['bytes'] ?? 0));
      throw new Refused('unreadable', words, { line, accepts: 'CSV after RFC 4180' });
    }
    throw error;
  } finally {
    out.end();
    await once(out, 'close');
  }
  return { records: Math.max(records, 0), wrong, wrongCount, found };
}
