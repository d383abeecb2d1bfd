/**
 * The disposable child that parses outside files, one at a time, each in a fresh database. If a child dies, its file is
 * refused and a new child continues with the rest. After a binary file the child is discarded at once.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { MonitorError } from '../../core/errors.ts';
import { entry, loader } from './child-entry.ts';
import { isBinary, READABLE, type FileFormat } from '../../files/extract/formats.ts';
import type { ChildAnswer, ChildJob } from './read-child.ts';

/** A file that takes longer than this is not an extract. */
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
  // A fault of the program or the machine: the file is not to blame and stays for the next attempt.
  if (code === 'engine' || code === 'machine') throw new MonitorError(code, message);
  if (code === 'memory')
    return refused('too-large', 'the file needs more memory than a reader may use', format);
  return refused('unreadable', message, format);
}

function start(temporary: string): ChildProcess {
  return fork(entry, [], {
    execArgv: [...loader, '--max-old-space-size=512'],
    // Only the environment variables a process needs: no key, address or home of the owner.
    env: {
      PATH: process.env['PATH'] ?? '',
      // When run from source, the loader keeps its compile cache there.
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
 * Gives `work` a file reader, one file at a time, and discards the child afterwards.
 * @param temporary folder that the child may use
 * @param idle idle children to reuse and return to; only those that have read nothing but CSV are returned
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
        // A binary file may have compromised its reader: the next department's file gets a new one.
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
