/**
 * The messages of an Arrow IPC file or stream, one at a time, each checked before the library reads it. The library
 * accepts a stream that just stops; here an end marker is required.
 */
import type { FileHandle } from 'node:fs/promises';
import {
  Message,
  MessageHeader,
  RecordBatchReader,
  type AsyncRecordBatchStreamReader,
} from 'apache-arrow';
import { Refused } from '../../core/refused.ts';
import { READABLE } from './formats.ts';
import { mostRows } from './table.ts';

const MAGIC = 'ARROW1';
/** Continuation marker, then the metadata length; a length of zero ends the stream. */
const PREFIX = 8;
/** A schema of a thousand columns takes some hundred kilobytes. */
const MAX_METADATA = 4 * 2 ** 20;
/** One batch is held in memory; most writers cut at some ten thousand rows, but some write a 200 MB table as one. */
const MAX_BODY = 384 * 2 ** 20;

export const unreadable = (message: string): Refused =>
  new Refused('unreadable', message, { accepts: READABLE.arrow });

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead < length) throw unreadable('the Arrow file ends too early');
  return bytes;
}

/** Where messages begin and must end; framed: the file format, with magic and footer. */
interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly framed: boolean;
}

async function bounds(file: FileHandle, size: number): Promise<Bounds> {
  const head = await readAt(file, 0, Math.min(size, PREFIX));
  if (head.toString('latin1', 0, 6) !== MAGIC) {
    if (size < 2 * PREFIX || head.readUInt32LE(0) !== 0xffffffff)
      throw unreadable('not an Arrow IPC file or stream');
    return { from: 0, to: size, framed: false };
  }
  const tail = size < 26 ? Buffer.alloc(10) : await readAt(file, size - 10, 10);
  if (tail.toString('latin1', 4) !== MAGIC)
    throw unreadable('the Arrow file is truncated: its end is missing');
  const footer = tail.readUInt32LE(0);
  if (footer > size - 26) throw unreadable('the Arrow file is truncated: its beginning is missing');
  return { from: PREFIX, to: size - 10 - footer, framed: true };
}

/**
 * @param dictionaries seen so far in a file, whose reader loads dictionaries first and would use the last one for all
 * batches; null for a stream, where a later one replaces the earlier
 * @returns the rows up to here
 * @throws Refused `unreadable`, `too-large`
 */
function check(
  message: Message,
  rows: number,
  size: number,
  dictionaries: Set<number> | null,
): number {
  if (!(message.bodyLength >= 0 && message.bodyLength <= MAX_BODY))
    throw new Refused('too-large', 'a record batch is larger than a reader may hold', {
      accepts: `record batches of at most ${MAX_BODY} bytes`,
    });
  if (message.headerType === MessageHeader.Schema) return rows;
  const header = message.header() as unknown as {
    id?: number;
    length: number;
    isDelta?: boolean;
    compression?: unknown;
    data?: { compression?: unknown };
  };
  if ((header.compression ?? header.data?.compression ?? null) !== null)
    throw unreadable('the record batches are compressed; write them without compression');
  if (header.isDelta === true) throw unreadable('a dictionary is written in pieces (delta)');
  if (message.headerType === MessageHeader.DictionaryBatch && dictionaries !== null) {
    if (dictionaries.has(header.id ?? 0)) throw unreadable('a dictionary of the file is repeated');
    dictionaries.add(header.id ?? 0);
  }
  if (!(header.length >= 0 && rows + header.length <= mostRows(size)))
    throw new Refused('too-large', `a file of ${size} bytes says it has more rows than bytes`, {
      accepts: `at most ${mostRows(size)} rows`,
    });
  return message.headerType === MessageHeader.RecordBatch ? rows + header.length : rows;
}

interface Piece {
  /** Prefix and metadata, unparsed. */
  readonly bytes: Buffer;
  readonly bodyAt: number;
  readonly bodyLength: number;
  /** Rows up to here. */
  readonly rows: number;
}

const END = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

async function* walk(file: FileHandle, size: number, bound: Bounds): AsyncGenerator<Piece> {
  const { from, to, framed } = bound;
  const dictionaries = framed ? new Set<number>() : null;
  let at = from;
  let rows = 0;
  while (at < to) {
    if (at + PREFIX > to) throw unreadable('the Arrow file ends too early');
    const prefix = await readAt(file, at, PREFIX);
    const length = prefix.readUInt32LE(4);
    if (prefix.readUInt32LE(0) !== 0xffffffff || length > MAX_METADATA)
      throw unreadable('a message of the Arrow file does not begin where it should');
    at += PREFIX;
    if (length === 0) {
      if (!framed && at !== to) throw unreadable('bytes follow the end of the Arrow stream');
      return;
    }
    if (at + length > to) throw unreadable('the Arrow file ends too early');
    const metadata = await readAt(file, at, length);
    const message = Message.decode(metadata);
    rows = check(message, rows, size, dictionaries);
    const [bodyAt, { bodyLength }] = [at + length, message];
    at = bodyAt + bodyLength;
    if (at > to) throw unreadable('the Arrow file ends too early');
    yield { bytes: Buffer.concat([prefix, metadata]), bodyAt, bodyLength, rows };
  }
  // A file's footer marks its end; a stream without end marker may have been cut between two batches.
  if (!framed) throw unreadable('the Arrow stream has no end marker: it may be truncated');
}

async function* bytesOf(file: FileHandle, size: number, bound: Bounds): AsyncGenerator<Buffer> {
  for await (const { bytes, bodyAt, bodyLength } of walk(file, size, bound)) {
    yield bytes;
    if (bodyLength > 0) yield await readAt(file, bodyAt, bodyLength);
  }
  yield END;
}

/**
 * @returns the batches of the file, and their expected total of rows where the file states it
 * @throws Refused `unreadable`, `too-large`
 */
export async function openBatches(
  file: FileHandle,
): Promise<{ batches: AsyncRecordBatchStreamReader; promised: number | null }> {
  const { size } = await file.stat();
  const bound = await bounds(file, size);
  if (!bound.framed) {
    const batches = await RecordBatchReader.from(bytesOf(file, size, bound));
    return { batches: batches as AsyncRecordBatchStreamReader, promised: null };
  }
  // A file is read through its footer, which for some writers has the only schema; its messages are checked first.
  let promised = 0;
  for await (const { rows } of walk(file, size, bound)) promised = rows;
  const batches = await RecordBatchReader.from(file);
  return { batches: batches as unknown as AsyncRecordBatchStreamReader, promised };
}
