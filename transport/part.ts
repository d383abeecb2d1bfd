/**
 * A partially fetched file. It has a name of ours where no reader looks; after a cut a note beside it records which
 * bytes are safely on disk and which state of the remote file they belong to.
 */
import { constants, readFileSync, rmSync, statSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { fault, isFault } from './fault.ts';

const note = z.strictObject({ bytes: z.number().int().positive(), validator: z.string() });

/** What an interrupted fetch left behind. */
export type Kept = z.infer<typeof note>;

const noteOf = (part: string): string => `${part}.kept`;

export function dropPart(part: string): void {
  rmSync(noteOf(part), { force: true });
  rmSync(part, { force: true });
}

/** @returns null when there is nothing to resume */
export function keptOf(part: string): Kept | null {
  try {
    const kept = note.parse(JSON.parse(readFileSync(noteOf(part), 'utf8')));
    return statSync(part).size >= kept.bytes ? kept : null;
  } catch {
    return null;
  }
}

/** Cut, slow and unreachable leave good bytes behind; after any other fault they are not trusted. */
const KEEPS = new Set(['source-cut', 'source-slow', 'source-unreachable']);

const HEAD_BYTES = 512;

/** A byte order mark read as Latin-1. */
const looksLikePage = (head: Buffer): boolean =>
  /^(ï»¿)?\s*<(!doctype|html)/i.test(head.toString('latin1'));

export interface Incoming {
  /** Offset of the first chunk; 0: the file starts from the beginning. */
  readonly from: number;
  /** Identifies the state of the remote file, so that a later fetch can resume; null: it cannot. */
  readonly validator: string | null;
  /** Bytes of the whole file; null: unknown. */
  readonly size: number | null;
  readonly cap: number;
}

/**
 * Writes arriving chunks to the part file.
 * @throws MonitorError `source-content` (too large, an HTML page), `source-cut` (ended early), and what the chunks
 * throw
 */
export async function receive(
  part: string,
  { from, validator, size, cap }: Incoming,
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  rmSync(noteOf(part), { force: true });
  const begin = from === 0 ? constants.O_TRUNC : 0;
  const handle = await open(
    part,
    constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | begin,
    0o600,
  );
  let at = from;
  let head = Buffer.alloc(0);
  try {
    await handle.truncate(from);
    if (size !== null && size > cap) throw fault('source-content', `the file has ${size} bytes`);
    for await (const piece of pieces) {
      // The first chunk may be a single byte.
      if (at < HEAD_BYTES) head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES)]);
      if (from === 0 && at < HEAD_BYTES && looksLikePage(head))
        throw fault('source-content', 'the source answered with a web page');
      if (at + piece.length > Math.min(cap, size ?? cap))
        throw fault('source-content', 'the file is longer than allowed');
      // A single write may be partial.
      for (let done = 0; done < piece.length;) {
        const { bytesWritten } = await handle.write(piece, done, piece.length - done, at + done);
        done += bytesWritten;
      }
      at += piece.length;
    }
    if (size !== null && at < size) throw fault('source-cut', 'the source stopped early');
  } catch (error) {
    if (validator !== null && at > 0 && isFault(error) && KEEPS.has(error.code)) {
      await handle.sync();
      await writeFile(noteOf(part), JSON.stringify({ bytes: at, validator }), { mode: 0o600 });
    } else {
      dropPart(part);
    }
    throw error;
  } finally {
    await handle.close();
  }
}
