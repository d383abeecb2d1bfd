/** Detects a text file's encoding and reads its text in chunks. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { brokenText, isUndecodable } from './broken-text.ts';
import { headOf } from './head.ts';

/** A longer line is not a row of any extract. */
const MAX_LINE = 1 << 26;
const PIECE = 1 << 20;

const ENCODING_SIGNATURES: readonly (readonly [mark: string, encoding: string])[] = [
  ['efbbbf', 'utf-8'],
  ['84319533', 'gb18030'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/**
 * UTF-8 text with a few broken bytes can pass for GB18030 and would load as gibberish. Real GB18030 read as UTF-8 has
 * hardly any valid character.
 */
function isDamagedUtf8(block: Buffer): boolean {
  const text = block.toString('utf8');
  const wrong = text.split('\ufffd').length - 1;
  const right = text.match(/[^\u0000-\u007f\ufffd]/gu)?.length ?? 0;
  return right > wrong * 4;
}

/** @throws Refused `encoding` when the file is UTF-8 except for some bytes */
async function isUtf8File(path: string): Promise<boolean> {
  let rest: Buffer[] = [];
  let bytes = 0;
  const check = async (block: Buffer): Promise<boolean> => {
    if (isUtf8(block)) return true;
    // Check the beginning too: in a file cut in the middle of a character the last line is too short to tell.
    if (!isDamagedUtf8(Buffer.concat([headOf(path, PIECE), block]))) return false;
    throw await brokenText(path, 'utf-8', 'UTF-8 with broken characters');
  };
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE })) {
    const piece = chunk as Buffer;
    // A line feed is never inside a character: up to the last one the block must decode.
    const end = piece.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      if (!(await check(Buffer.concat([...rest, piece.subarray(0, end)])))) return false;
      [rest, bytes] = [[], 0];
    }
    rest.push(piece.subarray(end));
    bytes += piece.length - end;
    if (bytes > MAX_LINE) return false;
  }
  return check(Buffer.concat(rest));
}

/**
 * Reads the file once if it has no byte order mark or UTF-8's.
 * @returns an encoding name known to TextDecoder
 * @throws Refused `encoding` with the position of the first invalid byte
 */
export async function encodingOf(path: string): Promise<string> {
  const start = headOf(path, 4).toString('hex');
  const marked = ENCODING_SIGNATURES.find(([mark]) => start.startsWith(mark))?.[1];
  if (marked !== undefined && marked !== 'utf-8') return marked;
  if (await isUtf8File(path)) return 'utf-8';
  if (marked === 'utf-8') throw await brokenText(path, 'utf-8', 'marked as UTF-8 but not UTF-8');
  return 'gb18030';
}

/** @throws Refused `encoding` with the position of the first invalid byte */
export async function* readText(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = async (piece?: Buffer): Promise<string> => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (error) {
      if (!isUndecodable(error)) throw error;
      const words =
        encoding === 'gb18030' ? 'neither UTF-8 nor GB18030' : `not ${encoding}, as it is marked`;
      throw await brokenText(path, encoding, words);
    }
  };
  let first = true;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    const text = await decode(piece as Buffer);
    // The decoder does not strip GB18030's byte order mark.
    yield first ? text.replace(/^\uFEFF/, '') : text;
    first = false;
  }
  yield await decode();
}
