/** Unpacks a gzip file into the job's folder, up to the size an honest extract could have. */
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refused } from '../../core/refused.ts';
import { READABLE } from './formats.ts';

/** Below this size the ratio is not checked: a small file of equal rows packs as well as a bomb and is harmless. */
const FREE_BYTES = 10_000_000;
/** Rows with a pseudonym of 128 random bits do not pack below a tenth; deflate's own limit is 1 : 1032. */
const MAX_RATIO = 200;

const tooLarge = (message: string, limit: number): Refused =>
  new Refused('too-large', message, {
    accepts: `at most ${limit} bytes unpacked, and ${MAX_RATIO} times the packed size`,
  });

const unreadable = (message: string): Refused =>
  new Refused('unreadable', message, { accepts: READABLE['csv.gz'] });

/**
 * @param limit most bytes of output
 * @throws Refused `unreadable`, `too-large`
 */
export async function gunzip(from: string, to: string, limit: number): Promise<void> {
  const { size } = statSync(from);
  const unpack = createGunzip();
  let bytes = 0;
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: 1 << 20 }),
      unpack,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          bytes += piece.length;
          if (bytes > limit) throw tooLarge('the file unpacks to more than may be read', limit);
          if (bytes > FREE_BYTES + MAX_RATIO * size)
            throw tooLarge(`the file unpacks to more than ${MAX_RATIO} times its size`, limit);
          yield piece;
        }
      },
      createWriteStream(to, { mode: 0o600 }),
    );
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // Unpacking ended before the file did.
    if (code === 'ABORT_ERR') throw unreadable('bytes follow the end of the packed file');
    if (!code.startsWith('Z_')) throw error;
    throw unreadable(
      code === 'Z_BUF_ERROR' ? 'the packed file ends too early' : 'the packed file is damaged',
    );
  }
  // Consecutive gzip members form one file; zlib silently ignores trailing bytes that belong to none.
  if (unpack.bytesWritten !== size) throw unreadable('bytes follow the end of the packed file');
}
