/** What a test file costs, counted in the process that runs it. */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** CPU in seconds. Programs that were started count when they have ended, readers at any time. */
export interface Cost {
  readonly cpu: number;
  readonly childCpu: number;
  readonly seconds: number;
  readonly months: number;
  readonly readers: number;
  readonly programs: number;
}

const counts = { months: 0, readers: 0, programs: 0 };
/** Process ids of children that may still live. */
const children = new Set<number>();

export function count(what: keyof typeof counts): void {
  counts[what] += 1;
}

export function remember(child: number): void {
  children.add(child);
}

export function forget(child: number): void {
  children.delete(child);
}

/** Clock ticks per second, as Linux tells them to programs. */
const TICKS = 100;

/** Fields of `/proc/<process>/stat` after the name, in seconds; zeros where there is no such file. */
function secondsOf(process: number | 'self', first: number): number {
  try {
    const text = readFileSync(`/proc/${process}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[first]) + Number(fields[first + 1])) / TICKS;
  } catch {
    return 0;
  }
}

const OWN = 11;
const WAITED_FOR = 13;

/** What this process has cost until now. */
export function costUntilNow(): Cost {
  const { user, system } = process.cpuUsage();
  const living = [...children].reduce(
    (sum, child) => sum + secondsOf(child, OWN) + secondsOf(child, WAITED_FOR),
    0,
  );
  return {
    cpu: (user + system) / 1e6,
    childCpu: secondsOf('self', WAITED_FOR) + living,
    seconds: performance.now() / 1000,
    ...counts,
  };
}

/** What was spent between two looks. */
export function costBetween(before: Cost, after: Cost): Cost {
  return {
    cpu: after.cpu - before.cpu,
    childCpu: Math.max(after.childCpu - before.childCpu, 0),
    seconds: after.seconds - before.seconds,
    months: after.months - before.months,
    readers: after.readers - before.readers,
    programs: after.programs - before.programs,
  };
}

export interface Noted {
  /** Path of the test file. */
  readonly file: string;
  readonly cost: Cost;
}

/** Where the processes of one run write down what their files have cost. */
const notes = (): string => join(temporaryFolder(), 'costs.jsonl');

export function noteCost(file: string, cost: Cost): void {
  appendFileSync(notes(), `${JSON.stringify({ file, cost } satisfies Noted)}\n`);
}

/** What has been noted since the last call. */
export function takeNotes(): Noted[] {
  try {
    const lines = readFileSync(notes(), 'utf8').trimEnd().split('\n');
    rmSync(notes());
    return lines.map((line) => JSON.parse(line) as Noted);
  } catch {
    return [];
  }
}
