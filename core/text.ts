/** Which encoding a text file is in, and its text piece by piece. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { headOf } from './head.ts';
import { Refused } from './refused.ts';

/** A line longer than this is no row of any extract. */
const MAX_LINE = 1 << 26;
const PIECE = 1 << 20;
const ACCEPTS = 'UTF-8 (with or without byte order mark) or GB18030';

const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ['efbbbf', 'utf-8'],
  ['84319533', 'gb18030'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

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
      accepts: ACCEPTS,
    });
  };
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
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

/**
 * Reads the file once where it has no mark or that of UTF-8.
 * @returns a name that TextDecoder knows
 * @throws Refused `encoding` with the line of what is broken
 */
export async function encodingOf(path: string): Promise<string> {
  const start = headOf(path, 4).toString('hex');
  const marked = MARKS.find(([mark]) => start.startsWith(mark))?.[1];
  if (marked !== undefined && marked !== 'utf-8') return marked;
  if (await isUtf8File(path)) return 'utf-8';
  if (marked === 'utf-8')
    throw new Refused('encoding', 'marked as UTF-8 but not UTF-8', { accepts: 'UTF-8 or GB18030' });
  return 'gb18030';
}

/** @throws Refused `encoding` with the line after which a byte belongs to no accepted encoding */
export async function* readText(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  const decode = (piece?: Buffer): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new Refused(
        'encoding',
        `neither UTF-8 nor GB18030: a byte after line ${lines} belongs to neither`,
        { line: lines, accepts: ACCEPTS },
      );
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
  yield decode();
}
