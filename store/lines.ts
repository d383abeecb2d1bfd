/** Lines of an append-only file, read piece by piece: the file may be larger than the longest string of the engine. */
import { closeSync, openSync, readSync } from 'node:fs';

const LINE_FEED = 0x0a;

/** Bytes read at a time. */
const PIECE = 1 << 20;

export interface JournalLine {
  /** Without its line feed. */
  readonly text: string;
  /** Bytes from the start of the file up to and including the line feed. */
  readonly end: number;
}

/**
 * Lines that end with a line feed; what stands after the last one was never acknowledged and is not given out. A line is
 * decoded whole, so a character may lie across two pieces.
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
      // Copied: the buffer is filled again.
      if (from < read) begun.push(Buffer.from(bytes.subarray(from)));
      before += read;
    }
  } finally {
    closeSync(file);
  }
}
