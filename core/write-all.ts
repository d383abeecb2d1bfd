/** Writes all bytes to a file descriptor: a single call may write fewer than it was given. */
import { writeSync } from 'node:fs';

/**
 * Writes all bytes at the descriptor's position.
 * @throws the system's error; bytes already written stay in the file
 */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const written = writeSync(file, bytes, at);
    // A write of zero bytes to a regular file means a full disk: retrying would loop forever.
    if (written === 0)
      throw Object.assign(new Error('nothing could be written'), { code: 'ENOSPC' });
    at += written;
  }
}
