/** Copies a delivered file and digests it, so that what is parsed is what was digested. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { MonitorError } from '../../core/errors.ts';

/**
 * @param withSm3 SM3 costs four times SHA-256 here and is computed only where a manifest names it
 * @throws MonitorError `changing` when the file was written to during the copy: the next run takes it
 */
export async function land(
  from: string,
  to: string,
  withSm3: boolean,
): Promise<{ sha256: string; sm3: string | null }> {
  const before = statSync(from);
  const sha256 = createHash('sha256');
  const sm3 = withSm3 ? createHash('sm3') : null;
  await pipeline(
    createReadStream(from, { highWaterMark: 1 << 20 }),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) {
        sha256.update(piece);
        sm3?.update(piece);
        yield piece;
      }
    },
    createWriteStream(to, { mode: 0o600 }),
  );
  const after = statSync(from);
  if (before.size !== after.size || before.mtimeMs !== after.mtimeMs) {
    throw new MonitorError('changing', 'the file was still being written', { severity: 'retry' });
  }
  return { sha256: sha256.digest('hex'), sm3: sm3?.digest('hex') ?? null };
}
