/** The parts of a workbook: its table of contents is checked before anything is unpacked. */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { READABLE_WORKBOOK } from './readable.ts';
import { headOf } from '../head.ts';
import { Refused } from '../../core/refused.ts';

/** A workbook has some dozen parts. */
const MAX_ENTRIES = 10_000;
const MAX_UNPACKED = 200 * 2 ** 20;
/** A sheet's rows pack to a tenth or twentieth; small parts need no check. */
const MAX_RATIO = 100;
const RATIO_FROM = 1_000_000;
const DEFLATED = 8;

export const unreadable = (message: string): Refused =>
  new Refused('unreadable', message, { accepts: READABLE_WORKBOOK });

const tooLarge = (message: string): Refused =>
  new Refused('too-large', message, {
    accepts: `at most ${MAX_ENTRIES} parts, ${MAX_UNPACKED} bytes unpacked, ${MAX_RATIO} times the packed size`,
  });

/** Recognises other formats that often have this extension. */
function checkStart(path: string): void {
  const head = headOf(path, 1 << 16);
  if (head.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex')))
    throw unreadable(
      'an old Excel workbook (.xls), or one with a password: save it as .xlsx without one',
    );
  if (head.subarray(0, 2).toString('latin1') !== 'PK')
    throw unreadable('not an .xlsx workbook, whatever its name says');
}

/** @throws Refused `unreadable`, `too-large` */
function judge(entries: readonly Entry[]): Map<string, Entry> {
  const parts = new Map<string, Entry>();
  let unpacked = 0;
  for (const entry of entries) {
    // Part names are case-insensitive (ECMA-376 part 2).
    const name = entry.fileName.toLowerCase();
    if (parts.has(name)) throw unreadable('the workbook has a duplicate part');
    parts.set(name, entry);
    if (entry.isEncrypted()) throw unreadable('the workbook has a password');
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== DEFLATED)
      throw unreadable('the workbook is packed in an unusual way');
    if (name.endsWith('vbaproject.bin'))
      throw unreadable('the workbook holds macros: save it as .xlsx');
    if (name === 'xl/workbook.bin') throw unreadable('a binary workbook (.xlsb): save it as .xlsx');
    unpacked += entry.uncompressedSize;
    if (unpacked > MAX_UNPACKED) throw tooLarge('the workbook unpacks to more than may be read');
    if (
      entry.uncompressedSize > RATIO_FROM &&
      entry.uncompressedSize > MAX_RATIO * entry.compressedSize
    )
      throw tooLarge(`a part of the workbook unpacks to more than ${MAX_RATIO} times its size`);
  }
  return parts;
}

/** Hides the library's messages, which may quote a name in the file. @throws Refused `unreadable` */
async function blameFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused || (error instanceof Error && 'syscall' in error)) throw error;
    throw unreadable('the workbook is truncated or damaged');
  }
}

/** The library checks sizes against the table of contents; only the total is checked here. */
async function* checked(stream: Readable, sum: number): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const piece of stream) {
    seen = crc32(piece as Buffer, seen);
    yield piece as Buffer;
  }
  if (seen !== sum) throw unreadable('a part of the workbook is damaged');
}

export interface ZipParts {
  has(name: string): boolean;
  /** @throws Refused `unreadable` when it is missing or incomplete */
  read(name: string): AsyncGenerator<Buffer>;
}

/** @throws Refused `unreadable`, `too-large` */
export async function openParts(path: string): Promise<ZipParts> {
  checkStart(path);
  const zip: ZipFile = await blameFile(() =>
    // The library rejects absolute names, `..` and backslashes.
    openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true }),
  );
  if (zip.entryCount > MAX_ENTRIES) throw tooLarge(`the workbook has ${zip.entryCount} parts`);
  const entries = await blameFile(async () => {
    const all: Entry[] = [];
    for await (const entry of zip.eachEntry()) all.push(entry);
    return all;
  });
  const parts = judge(entries);
  return {
    has: (name) => parts.has(name.toLowerCase()),
    async *read(name) {
      const entry = parts.get(name.toLowerCase());
      if (entry === undefined) throw unreadable('a part of the workbook is missing');
      const stream = await blameFile(() => zip.openReadStreamPromise(entry));
      const pieces = checked(stream, entry.crc32);
      for (;;) {
        const next = await blameFile(() => pieces.next());
        if (next.done === true) return;
        yield next.value;
      }
    },
  };
}
