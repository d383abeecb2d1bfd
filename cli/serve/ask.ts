/** Asks the `serve` that holds a home to run a command, and prints its output. */
import { existsSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { MonitorError } from '../../core/errors.ts';
import { socketPath, type SocketFrame, type Question } from './socket.ts';

interface Streams {
  readonly out: (text: string) => Promise<void>;
  readonly tell: (line: string) => void;
  readonly colour: boolean;
}

/** @returns null when nobody is listening: the socket was left behind by a killed process */
function connect(path: string): Promise<Socket | null> {
  return new Promise((settle) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      settle(socket);
    });
    socket.once('error', () => {
      settle(null);
    });
  });
}

async function reach(home: string): Promise<Socket | null> {
  const root = resolve(home);
  return existsSync(resolve(root, 'doudi.sock')) ? connect(socketPath(root)) : null;
}

/** Whether a `serve` currently holds the home. */
export async function isServed(home: string): Promise<boolean> {
  const socket = await reach(home);
  socket?.destroy();
  return socket !== null;
}

/**
 * @returns the exit code; null if no server holds the home
 * @throws MonitorError `server-gone` if it ends midway
 */
export async function askServer(
  home: string,
  words: readonly string[],
  { out, tell, colour }: Streams,
): Promise<number | null> {
  const socket = await reach(home);
  if (socket === null) return null;
  const question: Question = { words, cwd: process.cwd(), colour };
  socket.write(`${JSON.stringify(question)}\n`);
  try {
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      const frame = JSON.parse(line) as SocketFrame;
      if ('exit' in frame) return frame.exit;
      if ('out' in frame) await out(frame.out);
      else tell(frame.tell);
    }
  } finally {
    socket.destroy();
  }
  throw new MonitorError('server-gone', 'doudi serve ended while running the command', {
    severity: 'retry',
    fix: 'run the same command again: what was done stays done',
  });
}
