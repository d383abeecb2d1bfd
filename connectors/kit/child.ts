/** Starts the throw-away child that parses a stranger's file, and reads its answer. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MonitorError } from '../../core/errors.ts';
import type { ChildAnswer, ChildJob } from './read-child.ts';

const source = import.meta.url.endsWith('.ts');
const entry = fileURLToPath(new URL(`./read-child.${source ? 'ts' : 'js'}`, import.meta.url));
const loader = source
  ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
  : [];

/** A file that takes longer than this is no extract. */
const DEADLINE_MINUTES = 30;

/**
 * @returns what the child made of the file; a child that dies refuses its file as `unreadable`
 * @throws MonitorError when the machine, not the file, is at fault (disk full)
 */
export function readInChild(job: ChildJob): Promise<Exclude<ChildAnswer, { kind: 'failed' }>> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, [], {
      execArgv: [...loader, '--max-old-space-size=512'],
      // Nothing of the owner's environment but what a process needs: no key, no address, no home.
      env: {
        PATH: process.env['PATH'] ?? '',
        TMPDIR: job.folder,
        DOUDI_DEBUG: process.env['DOUDI_DEBUG'] ?? '',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const died = (why: string): Exclude<ChildAnswer, { kind: 'failed' }> => ({
      kind: 'refused',
      code: 'unreadable',
      reasons: [
        { code: 'unreadable', line: 0, column: '', message: why, accepts: 'CSV after RFC 4180' },
      ],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MINUTES * 60_000);
    let reply: ChildAnswer | undefined;
    child.once('message', (message) => {
      reply = message as ChildAnswer;
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(
        new MonitorError('child', 'the reading process could not be started', {
          severity: 'retry',
          cause: error,
        }),
      );
    });
    child.once('close', () => {
      clearTimeout(timer);
      if (reply === undefined) resolve(died('the reading process ended on this file'));
      else if (reply.kind !== 'failed') resolve(reply);
      else if (reply.code === 'disk-full')
        reject(
          new MonitorError('disk-full', reply.message, {
            severity: 'retry',
            fix: 'free space, then run the same command again',
          }),
        );
      else if (reply.code === 'engine') reject(new MonitorError('engine', reply.message));
      else if (reply.code === 'memory')
        resolve({
          ...died('the file needs more memory than a reader may use'),
          code: 'too-large',
        } as never);
      else resolve(died(reply.message));
    });
    child.send(job);
  });
}
