/** Writing to a file descriptor until nothing is left: one call may take fewer bytes than it was given. */
import { writeSync } from 'node:fs';

/**
 * Appends all bytes at the position of the descriptor.
 * @throws the system's error; what was written before it stays in the file
 */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const written = writeSync(file, bytes, at);
    // A regular file that takes nothing has no room: trying again would never end.
    if (written === 0)
      throw Object.assign(new Error('nothing could be written'), { code: 'ENOSPC' });
    at += written;
  }
}
