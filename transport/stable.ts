/**
 * A delivery without a manifest, when nobody is there to sign for it: it is taken when it has stood still between two
 * looks and has about as many rows as the month before; otherwise it waits, and says why.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { settle } from '../store/files.ts';

const lookSchema = z.strictObject({
  size: z.number(),
  mtimeMs: z.number(),
  /** When the file was first seen as it is, ISO. */
  since: z.string(),
  /** Rows that reading it gave, so that an implausible file is not read again at every look. */
  rows: z.number().int().nullable(),
});

/** How a file stood, and since when it has stood so. */
export type Look = z.infer<typeof lookSchema>;

/** How a file stands now. */
export type Stand = Pick<Look, 'size' | 'mtimeMs'>;

/** Time between two looks that tells a file at rest from one being written. */
const REST_MS = 60_000;

function isSame(previous: Stand, current: Stand): boolean {
  return previous.size === current.size && previous.mtimeMs === current.mtimeMs;
}

/** Whether a file had the same size and time at a look at least 60 seconds ago. */
export function isStable(previous: Look | undefined, current: Stand, now: Date): boolean {
  if (previous === undefined || !isSame(previous, current)) return false;
  return now.getTime() - Date.parse(previous.since) >= REST_MS;
}

/**
 * Whether a file has about as many rows as the month before it: half a file, or two in one, has not.
 * @param lastMonthRows rows accepted for the month before; null: there was none, and nothing to compare with
 * @param drift share by which it may differ
 */
export function rowsPlausible(rows: number, lastMonthRows: number | null, drift: number): boolean {
  return lastMonthRows !== null && Math.abs(rows - lastMonthRows) <= lastMonthRows * drift;
}

/** @returns the look to remember: the earlier one while nothing has changed (a clock set back starts it anew) */
export function nextLook(previous: Look | undefined, current: Stand, now: Date): Look {
  const known = previous !== undefined && isSame(previous, current);
  if (known && Date.parse(previous.since) <= now.getTime()) return previous;
  return {
    size: current.size,
    mtimeMs: current.mtimeMs,
    since: now.toISOString(),
    rows: known ? previous.rows : null,
  };
}

export interface SeenFiles {
  /** Looks at a file. @returns whether it has stood still, and the rows that an earlier reading gave */
  look(path: string, current: Stand, now: Date): { stable: boolean; rows: number | null };
  /** Remembers how many rows reading gave, for the file as it was last looked at. */
  noteRows(path: string, rows: number): void;
}

const bookSchema = z.record(z.string(), lookSchema);

function readBook(file: string): Map<string, Look> {
  try {
    return new Map(Object.entries(bookSchema.parse(JSON.parse(readFileSync(file, 'utf8')))));
  } catch {
    // Without it every file is looked at anew: it waits one look longer.
    return new Map();
  }
}

/** @param file where the looks are kept between runs */
export function openLookBook(file: string): SeenFiles {
  const change = (path: string, look: Look): void => {
    const looks = readBook(file).set(path, look);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(looks))}\n`, { mode: 0o600 });
    settle(`${file}.new`, file);
  };
  return {
    look(path, current, now) {
      const previous = readBook(file).get(path);
      const next = nextLook(previous, current, now);
      if (next !== previous) change(path, next);
      return { stable: isStable(previous, current, now), rows: next.rows };
    },
    noteRows(path, rows) {
      const known = readBook(file).get(path);
      if (known !== undefined) change(path, { ...known, rows });
    },
  };
}
