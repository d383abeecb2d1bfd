/** Runs commands of doudi in this process (fast) or as a process of their own (to be killed). */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Held } from '../../cli/command.ts';
import { readCall } from '../../cli/execute.ts';
import { fixedClock, type Clock } from '../../core/clock.ts';
import { createLog } from '../../core/log.ts';
import { withFewCounties } from './few-counties.ts';

export const ROOT = new URL('../../', import.meta.url).pathname;

/** What starts doudi as a process: its source, or with `DOUDI_PROGRAM=dist` what `npm run build` has made of it. */
export const PROGRAM: readonly string[] =
  process.env['DOUDI_PROGRAM'] === 'dist'
    ? [join(ROOT, 'dist/cli/main.js')]
    : ['--import', 'tsx', join(ROOT, 'cli/main.ts')];

export const CLOCK: Clock = fixedClock('2026-11-05T09:00:00+08:00');

/** Yuan per head and year of the homes that tests make. */
export const STANDARD = { rural: 6000, urban: 9001 } as const;
export const PCDI = 14000;

export const CONFIG = `province: "520000"
parameters:
  - { name: dibao-standard, where: { residence: rural }, region: "520000", from: 2023-01-01, to: null, value: ${STANDARD.rural}, unit: yuan/year, doc: trial, clause: "-" }
  - { name: dibao-standard, where: { residence: urban }, region: "520000", from: 2023-01-01, to: null, value: ${STANDARD.urban}, unit: yuan/year, doc: trial, clause: "-" }
  - { name: disposable-income, region: "520000", from: 2023-01-01, to: null, value: ${PCDI}, unit: yuan/year, doc: trial, clause: "-" }
`;

/** A folder that is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A home with trial standards, in all 88 counties of the province: what is done county by county costs a third more. */
export function withProvince<T>(work: (home: string) => Promise<T>, config = CONFIG): Promise<T> {
  return withFolder(async (home) => {
    writeFileSync(join(home, 'doudi.yaml'), config);
    return work(home);
  });
}

/** A home with trial standards, in the counties that tests speak of. */
export function withHome<T>(work: (home: string) => Promise<T>, config = CONFIG): Promise<T> {
  return withProvince((home) => {
    withFewCounties(home);
    return work(home);
  }, config);
}

/**
 * @param held the home as a running `serve` holds it; null: the command opens it
 * @returns standard output. Errors are thrown as the command throws them.
 */
export async function doudi(
  home: string,
  words: readonly string[],
  clock: Clock = CLOCK,
  held: Held | null = null,
): Promise<string> {
  const call = await readCall(words, {});
  const parts: string[] = [];
  if (call.text !== null) return call.text;
  await call.run({
    home,
    clock,
    cwd: process.cwd(),
    held,
    log: createLog('silent'),
    out: (text) => {
      parts.push(text);
      return Promise.resolve();
    },
    tell: () => undefined,
    colour: false,
  });
  return parts.join('');
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of its own; `killAfter` milliseconds it gets SIGKILL. */
export function spawnDoudi(
  home: string,
  words: readonly string[],
  options: { killAfter?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...PROGRAM, ...words, '--home', home], {
      cwd: ROOT,
      env: { ...process.env, DOUDI_NOW: '2026-11-05T09:00:00+08:00', ...options.env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString('utf8')));
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString('utf8')));
    const timer =
      options.killAfter === undefined
        ? undefined
        : setTimeout(() => child.kill('SIGKILL'), options.killAfter);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** Rows of a CSV that has no line breaks inside cells. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(
      (match) => match[1] ?? '',
    );
    return Object.fromEntries(
      names.map((name, index) => {
        const cell = cells[index] ?? '';
        return [name, cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell];
      }),
    );
  });
}
