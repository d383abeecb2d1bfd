/** Which encoding a file is in, and its text piece by piece: no copy in another encoding is ever written. */
import { isUtf8 } from 'node:buffer';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { MonitorError } from '../errors.ts';

/** A line longer than this is no row of any extract. */
const MAX_LINE = 1 << 24;
const PIECE = 1 << 20;

const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ['efbbbf', 'utf-8'],
  ['84319533', 'gb18030'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

const refused = (message: string): MonitorError =>
  new MonitorError('encoding', message, { fix: 'save the file as UTF-8 or GB18030 and try again' });

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(4);
    return buffer.toString('hex', 0, readSync(file, buffer, 0, 4, 0));
  } finally {
    closeSync(file);
  }
}

/** Damaged UTF-8 could pass for GB18030; real GB18030 read as UTF-8 has hardly a character that is right. */
function isDamagedUtf8(block: Buffer): boolean {
  const text = block.toString('utf8');
  const wrong = text.split('\ufffd').length - 1;
  const right = text.match(/[^\u0000-\u007f\ufffd]/gu)?.length ?? 0;
  return right > wrong * 4;
}

async function isUtf8File(path: string): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  const check = (block: Buffer): boolean => {
    if (isUtf8(block)) return true;
    if (isDamagedUtf8(block)) throw refused('the file is UTF-8 with broken characters');
    return false;
  };
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    const block: Buffer =
      rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
    // A line feed is never inside a character: up to the last one the block must be whole.
    const end = block.lastIndexOf(0x0a) + 1;
    if (!check(block.subarray(0, end))) return false;
    rest = block.subarray(end);
    if (rest.length > MAX_LINE) throw refused('a line of the file does not end');
  }
  return check(rest);
}

/** @throws MonitorError `encoding` */
async function encodingOf(path: string): Promise<string> {
  const start = firstBytes(path);
  const marked = MARKS.find(([mark]) => start.startsWith(mark))?.[1];
  if (marked !== undefined && marked !== 'utf-8') return marked;
  if (await isUtf8File(path)) return 'utf-8';
  if (marked === 'utf-8') throw refused('the file is marked as UTF-8 but is not');
  return 'gb18030';
}

/** @throws MonitorError `encoding` with the line after which a byte fits no encoding */
export async function* readText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(await encodingOf(path), { fatal: true });
  let lines = 1;
  const decode = (piece?: Buffer): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw refused(`a byte after line ${lines} belongs to no encoding that is accepted`);
    }
  };
  let first = true;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    const text = decode(piece as Buffer);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
    // GB18030's mark is not taken off by the decoder.
    yield first ? text.replace(/^\uFEFF/, '') : text;
    first = false;
  }
  const end = decode();
  if (end !== '') yield end;
}
