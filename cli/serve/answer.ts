/** Runs commands that arrive through the home's socket, on the ledger held by this process. */
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createColors } from 'picocolors';
import { describeError, exitCodeOf, usageError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Held } from '../command.ts';
import { readCall } from '../execute.ts';
import { socketPath, type SocketFrame, type Question } from './socket.ts';

async function send(socket: Socket, frame: SocketFrame): Promise<void> {
  if (socket.destroyed) return;
  if (!socket.write(`${JSON.stringify(frame)}\n`))
    await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

async function run(socket: Socket, question: Question, held: Held, log: Log): Promise<number> {
  const out = (text: string): Promise<void> => send(socket, { out: text });
  const tell = (line: string): void => {
    void send(socket, { tell: line });
  };
  try {
    const call = await readCall(question.words, process.env);
    if (call.local) throw usageError('this command does not go through doudi serve');
    const { cwd, colour } = question;
    const home = held.store.home.root;
    await call.run({ home, cwd, held, clock: held.store.clock, log, out, tell, colour });
    return 0;
  } catch (error) {
    const { code, message, fix } = describeError(error);
    const c = createColors(question.colour);
    tell(`${c.red(`doudi: ${message}`)} (${code})\n${fix === undefined ? '' : `       ${fix}\n`}`);
    return exitCodeOf(error);
  } finally {
    held.changed();
  }
}

async function serveOne(socket: Socket, held: Held, log: Log): Promise<void> {
  // A caller that disconnects (Ctrl-C, a full pipe) must not end the server.
  socket.on('error', () => undefined);
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    const exit = await run(socket, JSON.parse(line) as Question, held, log);
    await send(socket, { exit });
    break;
  }
  socket.end();
}

/** @returns a server listening in the home; only the home's owner may talk to it */
export async function answerCommands(held: Held, log: Log): Promise<Server> {
  const path = socketPath(held.store.home.root);
  // Left behind by a killed process: the ledger's lock shows that nobody holds the home.
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    serveOne(socket, held, log).catch(() => {
      socket.destroy();
    });
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return server;
}
