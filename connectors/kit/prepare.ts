/**
 * Makes a delivered CSV ready for the SQL reader: encoding recognised (a copy in UTF-8 where it is another), header
 * read, records counted. The count is what the reader's own count is held against, so no row is lost in silence.
 */
import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream, openSync, readSync, closeSync } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { findIdentifiers, type IdentifierKind } from './identifiers.ts';

/** A file that is not taken in; the words name a place, never a value. */
export class Refused extends Error {
  readonly code: string;
  readonly line: number;
  readonly column: string;
  readonly accepts: string;
  constructor(
    code: string,
    message: string,
    place: { line?: number; column?: string; accepts?: string } = {},
  ) {
    super(message);
    this.code = code;
    this.line = place.line ?? 0;
    this.column = place.column ?? '';
    this.accepts = place.accepts ?? '';
  }
}

export interface Prepared {
  /** UTF-8 text, perhaps with a byte order mark. */
  readonly path: string;
  readonly header: readonly string[];
  /** Lines after the first, a last one without line feed included; blank ones too. */
  readonly lines: number;
  readonly newline: '\n' | '\r\n';
  /** Whether any cell may have blanks around it. */
  readonly blanks: boolean;
  /** False when the fast reader cannot be right about it: lone CR, or a header that spans lines. */
  readonly regular: boolean;
}

const MAX_HEADER = 1 << 20;
const MAX_COLUMNS = 1000;
const MAX_LINE = 1 << 26;
/** A record longer than this is not a row of any contract. */
const MAX_RECORD = 1 << 20;

const BOMS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

function headOf(path: string, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Text in UTF-8 with a few broken bytes can pass for GB18030 and would load as gibberish. Real GB18030 read as UTF-8
 * has hardly any character that is right.
 */
function isDamagedUtf8(block: Buffer): boolean {
  const text = block.toString('utf8');
  const wrong = text.split('\ufffd').length - 1;
  const right = text.match(/[^\u0000-\u007f\ufffd]/gu)?.length ?? 0;
  return right > wrong * 4;
}

/** @throws Refused `encoding` when the file is UTF-8 but for some bytes */
async function isUtf8File(path: string): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  let lines = 1;
  const check = (block: Buffer): boolean => {
    if (isUtf8(block)) return true;
    if (!isDamagedUtf8(block)) return false;
    throw new Refused('encoding', `UTF-8 with broken characters after line ${lines}`, {
      line: lines,
      accepts: 'UTF-8 (with or without byte order mark) or GB18030',
    });
  };
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const block: Buffer =
      rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
    // A line feed is never inside a character: up to the last one the block must be whole.
    const end = block.lastIndexOf(0x0a) + 1;
    const whole = block.subarray(0, end);
    if (!check(whole)) return false;
    for (let at = whole.indexOf(0x0a); at !== -1; at = whole.indexOf(0x0a, at + 1)) lines += 1;
    rest = block.subarray(end);
    if (rest.length > MAX_LINE) return false;
  }
  return check(rest);
}

/** Decodes into a UTF-8 copy. @throws Refused `encoding` with the line of the first wrong byte */
async function recode(from: string, encoding: string, to: string): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  await pipeline(
    createReadStream(from, { highWaterMark: 1 << 20 }),
    async function* (source: AsyncIterable<Buffer>) {
      const decode = (piece: Buffer | undefined): string => {
        try {
          return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
        } catch {
          throw new Refused(
            'encoding',
            `neither UTF-8 nor GB18030: a byte after line ${lines} belongs to neither`,
            {
              line: lines,
              accepts: 'UTF-8 (with or without byte order mark) or GB18030',
            },
          );
        }
      };
      for await (const piece of source) {
        const text = decode(piece);
        for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
        yield text;
      }
      yield decode(undefined);
    },
    createWriteStream(to),
  );
}

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

/** One pass over the bytes with native searches only. */
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
      // One carriage return per line is the rule in these files; a look at the first of each block is enough: a
      // lone one elsewhere makes a ragged row, which the careful way reads.
      if (first + 1 < piece.length && piece[first + 1] !== 0x0a) loneReturns = true;
      returns = true;
    }
    if (zeroByte === 0 && piece.includes(0)) zeroByte = feeds + 1;
    for (let at = piece.indexOf(0x0a); at !== -1; at = piece.indexOf(0x0a, at + 1)) feeds += 1;
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
  const start = headOf(path, 4);
  const mark = BOMS.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  const utf8 = (mark?.encoding ?? 'utf-8') === 'utf-8' && (await isUtf8File(path));
  if (!utf8) {
    if (mark?.encoding === 'utf-8') {
      throw new Refused('encoding', 'marked as UTF-8 but not UTF-8', {
        accepts: 'UTF-8 or GB18030',
      });
    }
    await recode(path, mark?.encoding ?? 'gb18030', copy);
  }
  const text = utf8 ? path : copy;
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
  const header = (parseSync(first, { relax_quotes: true })[0] ?? []).map((name) =>
    name.replace(/[\s\u3000]+/g, ' ').trim(),
  );
  if (header.length > MAX_COLUMNS) {
    throw new Refused('unreadable', `the header has ${header.length} columns`, {
      line: 1,
      accepts: `at most ${MAX_COLUMNS} columns`,
    });
  }
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
  /** Identifiers seen in lines that are left out, for the gate must see the whole file. */
  readonly found: readonly { readonly kind: IdentifierKind; readonly line: number }[];
  /** Lines whose number of fields is not the header's. */
  readonly wrong: readonly { readonly line: number; readonly fields: number }[];
  readonly wrongCount: number;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/**
 * The careful way for irregular files (quoted line breaks, ragged rows, blank lines, lone CR): reads record by record
 * and writes the well-formed ones, with their source line in front, as plain CSV.
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
  const found: { kind: IdentifierKind; line: number }[] = [];
  let wrongCount = 0;
  let records = -1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      records += 1;
      if (records === 0) continue;
      const inside = record.reduce(
        (sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0),
        0,
      );
      const line = info.lines - inside;
      if (record.length !== prepared.header.length) {
        wrongCount += 1;
        for (const kind of new Set(record.flatMap((cell) => [...findIdentifiers(cell)]))) {
          found.push({ kind, line });
        }
        if (wrong.length < 100) wrong.push({ line, fields: record.length });
        continue;
      }
      if (!out.write(`${line},${record.map(quoted).join(',')}\n`)) await once(out, 'drain');
    }
  } catch (error) {
    if (error instanceof CsvError) {
      throw new Refused('unreadable', `the quoting breaks (${error.code})`, {
        line: Number(error['lines'] ?? 0),
        accepts: 'CSV after RFC 4180',
      });
    }
    throw error;
  } finally {
    out.end();
    await once(out, 'close');
  }
  return { records: Math.max(records, 0), wrong, wrongCount, found };
}
