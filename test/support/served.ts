/** `doudi serve` as a process of its own: to be asked, stopped and killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PROGRAM, ROOT } from './doudi.ts';
import { layQueue } from './embedded-queue.ts';
import { freePort } from './redis.ts';

export interface Served {
  readonly address: string;
  readonly process: ChildProcess;
  /** What it said so far on either stream. */
  readonly said: () => string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  json<T>(path: string): Promise<T>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** @throws when it ends before it serves */
export async function serve(home: string, env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const address = `127.0.0.1:${await freePort()}`;
  if (env['DOUDI_QUEUE'] === undefined) await layQueue(home);
  const child = spawn(process.execPath, [...PROGRAM, 'serve', '--home', home], {
    cwd: ROOT,
    env: {
      ...process.env,
      UV_THREADPOOL_SIZE: '16',
      DOUDI_NOW: '2025-11-11T09:00:00+08:00',
      DOUDI_LISTEN: address,
      ...env,
    },
  });
  let said = '';
  const hear = (piece: Buffer): void => {
    said += piece.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (said.includes('doudi serves')) resolve();
    });
    child.once('exit', (code, signal) => {
      reject(new Error(`serve ended (${code ?? signal ?? ''}): ${said}`));
    });
  });
  const url = `http://${address}`;
  const ended = (): Promise<unknown> =>
    child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  return {
    address: url,
    process: child,
    said: () => said,
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers }),
    json: async <T>(path: string) => {
      const answer = await fetch(`${url}${path}`);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended();
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended();
    },
  };
}
