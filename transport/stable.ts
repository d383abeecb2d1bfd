/**
 * Accepting a delivery without a manifest unattended: it is taken when it has not changed between two checks and has
 * about as many rows as last month; otherwise it waits, with a reason.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { settle } from '../store/files.ts';

const lookSchema = z.strictObject({
  size: z.number(),
  mtimeMs: z.number(),
  /** When the file was first seen in this state, ISO. */
  since: z.string(),
  /** Rows found on reading, so that an implausible file is not reread at every check. */
  rows: z.number().int().nullable(),
});

/** A file's recorded state, and since when. */
export type Look = z.infer<typeof lookSchema>;

/** A file's current state. */
export type Stand = Pick<Look, 'size' | 'mtimeMs'>;

/** Time without change after which a file is considered completely written. */
const REST_MS = 60_000;

function isSame(previous: Stand, current: Stand): boolean {
  return previous.size === current.size && previous.mtimeMs === current.mtimeMs;
}

/** Whether a file had the same size and time at a check at least 60 seconds ago. */
export function isStable(previous: Look | undefined, current: Stand, now: Date): boolean {
  if (previous === undefined || !isSame(previous, current)) return false;
  return now.getTime() - Date.parse(previous.since) >= REST_MS;
}

/**
 * Whether a file has about as many rows as last month's: half a file, or two in one, does not.
 * @param lastMonthRows rows accepted for the month before; null: nothing to compare with
 * @param drift share by which it may differ
 */
export function rowsPlausible(rows: number, lastMonthRows: number | null, drift: number): boolean {
  return lastMonthRows !== null && Math.abs(rows - lastMonthRows) <= lastMonthRows * drift;
}

/** @returns the state to store: the earlier one while unchanged (a clock set back restarts it) */
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
  /** Checks a file. @returns whether it is stable, and the rows of an earlier reading */
  look(path: string, current: Stand, now: Date): { stable: boolean; rows: number | null };
  /** Stores the row count found on reading, for the file's last checked state. */
  noteRows(path: string, rows: number): void;
}

const bookSchema = z.record(z.string(), lookSchema);

function readBook(file: string): Map<string, Look> {
  try {
    return new Map(Object.entries(bookSchema.parse(JSON.parse(readFileSync(file, 'utf8')))));
  } catch {
    // Without the stored states every file just waits one more check.
    return new Map();
  }
}

/** @param file where the states are kept between runs */
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
