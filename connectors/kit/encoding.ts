/** Which encoding a delivered file is in, and its copy in UTF-8 where it is another. */
import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { headOf } from './head.ts';
import { Refused } from './refused.ts';

/** A line longer than this is no row of any contract. */
const MAX_LINE = 1 << 26;

const BOMS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
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

/**
 * @param copy where a UTF-8 copy is written when the file is in another encoding
 * @returns whether there is a copy
 * @throws Refused `encoding` with the line of what belongs to no accepted encoding
 */
export async function toUtf8(path: string, copy: string): Promise<boolean> {
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
  return !utf8;
}
