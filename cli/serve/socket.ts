/** The socket in the home through which commands reach the `serve` that holds it, and its protocol. */
import { join, relative } from 'node:path';
import { MonitorError } from '../../core/errors.ts';

/** Maximum path length of a Unix socket on Linux, in bytes. */
const LONGEST = 107;

/**
 * The shorter of the relative and the absolute path.
 * @throws MonitorError `home`
 */
export function socketPath(home: string): string {
  const full = join(home, 'doudi.sock');
  const short = relative(process.cwd(), full);
  const path = Buffer.byteLength(short) < Buffer.byteLength(full) ? short : full;
  if (Buffer.byteLength(path) > LONGEST)
    throw new MonitorError('home', `the path of the home is too long for a socket: ${home}`, {
      fix: 'move the home to a shorter path, or start doudi in the folder above it',
    });
  return path;
}

/** One line of JSON from the command to the server … */
export interface Question {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly colour: boolean;
}

/** … and lines of JSON back: text for either stream, finally the exit code. */
export type SocketFrame =
  { readonly out: string } | { readonly tell: string } | { readonly exit: number };
