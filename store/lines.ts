/** Lines of an append-only file, read in chunks: the file may exceed the engine's maximum string length. */
import { closeSync, openSync, readSync } from 'node:fs';

const LINE_FEED = 0x0a;

/** Bytes read at a time. */
const PIECE = 1 << 20;

export interface JournalLine {
  /** Without the line feed. */
  readonly text: string;
  /** Offset in bytes just after the line feed. */
  readonly end: number;
}

/**
 * Yields complete lines; bytes after the last line feed were never acknowledged and are skipped. A line is decoded
 * whole, so a character may span two chunks.
 * @param piece bytes read at a time
 */
export function* linesOf(path: string, piece = PIECE): Generator<JournalLine, void> {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(piece);
  let begun: Buffer[] = [];
  let before = 0;
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const bytes = buffer.subarray(0, read);
      let from = 0;
      for (
        let feed = bytes.indexOf(LINE_FEED);
        feed !== -1;
        feed = bytes.indexOf(LINE_FEED, from)
      ) {
        const text = Buffer.concat([...begun, bytes.subarray(from, feed)]).toString('utf8');
        begun = [];
        from = feed + 1;
        yield { text, end: before + from };
      }
      // Copied, because the buffer is reused.
      if (from < read) begun.push(Buffer.from(bytes.subarray(from)));
      before += read;
    }
  } finally {
    closeSync(file);
  }
}
