/**
 * The throw-away child that parses files from outside, one at a time, each in a fresh database; a child that dies refuses
 * the file it was on, and a new one goes on with the rest. After a binary file the child is thrown away at once.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { MonitorError } from '../../core/errors.ts';
import { entry, loader } from './child-entry.ts';
import { isBinary, READABLE, type FileFormat } from '../../files/extract/formats.ts';
import type { ChildAnswer, ChildJob } from './read-child.ts';

/** A file that takes longer than this is no extract. */
const DEADLINE_MINUTES = 30;

export type ReadResult = Exclude<ChildAnswer, { kind: 'failed' }>;
export type Read = (job: ChildJob) => Promise<ReadResult>;

function refused(code: string, message: string, format: FileFormat): ReadResult {
  const accepts = READABLE[format];
  return { kind: 'refused', code, reasons: [{ code, line: 0, column: '', message, accepts }] };
}

/** @throws MonitorError when the machine or the program, not the file, is at fault */
function judge(answer: ChildAnswer, format: FileFormat): ReadResult {
  if (answer.kind !== 'failed') return answer;
  const { code, message } = answer;
  if (code === 'disk-full') {
    const fix = 'free space, then run the same command again';
    throw new MonitorError(code, message, { severity: 'retry', fix });
  }
  // A fault of the program or the machine: the file is not to blame and stays to be taken another time.
  if (code === 'engine' || code === 'machine') throw new MonitorError(code, message);
  if (code === 'memory')
    return refused('too-large', 'the file needs more memory than a reader may use', format);
  return refused('unreadable', message, format);
}

function start(temporary: string): ChildProcess {
  return fork(entry, [], {
    execArgv: [...loader, '--max-old-space-size=512'],
    // Nothing of the owner's environment but what a process needs: no key, no address, no home.
    env: {
      PATH: process.env['PATH'] ?? '',
      // From source, the loader finds there what it has compiled for other processes.
      TMPDIR: loader.length > 0 ? tmpdir() : temporary,
      DOUDI_DEBUG: process.env['DOUDI_DEBUG'] ?? '',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function ask(child: ChildProcess, job: ChildJob): Promise<ReadResult> {
  return new Promise((resolve, reject) => {
    const format = job.format ?? 'csv';
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MINUTES * 60_000);
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      end();
    };
    child.once('message', (answer) => {
      settle(() => {
        resolve(Promise.resolve(answer as ChildAnswer).then((given) => judge(given, format)));
      });
    });
    child.once('error', (cause) => {
      const message = 'the reading process could not be started';
      settle(() => {
        reject(new MonitorError('child', message, { severity: 'retry', cause }));
      });
    });
    child.once('close', () => {
      settle(() => {
        resolve(refused('unreadable', 'the reading process ended on this file', format));
      });
    });
    child.send(job);
  });
}

/**
 * Gives the work a reader of files, one at a time, and throws the child away afterwards.
 * @param temporary folder that the child may use
 * @param idle children that wait for work and are put back instead of being thrown away; only those that read nothing
 * but CSV return
 */
export async function withReader<T>(
  temporary: string,
  work: (read: Read) => Promise<T>,
  idle?: ChildProcess[],
): Promise<T> {
  let child = idle?.shift();
  try {
    return await work(async (job) => {
      if (child?.connected !== true) child = start(temporary);
      try {
        return await ask(child, job);
      } finally {
        // Whatever a binary file did to its reader, the next department's file is read by another one.
        if (isBinary(job.format ?? 'csv')) {
          child.kill('SIGKILL');
          child = undefined;
        }
      }
    });
  } finally {
    if (idle !== undefined && child?.connected === true) idle.push(child);
    else child?.kill('SIGKILL');
  }
}
