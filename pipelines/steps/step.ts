/**
 * What all steps share: a step with the fingerprint of an earlier one has nothing to do; otherwise it works and notes
 * itself, with its bulk rows, as one journal record.
 */
import { readFileSync } from 'node:fs';
import { WINDOW_MONTHS } from '../../files/extract/contract.ts';
import { canonicalJson, sha256 } from '../../core/hash.ts';
import { firstDay, lastDay, addMonths, monthIndex, type Month } from '../../core/month.ts';
import type { StepDone } from '../../store/records.ts';
import { literal } from '../../store/sql.ts';
import type { RunContext } from '../context.ts';

/** Raised when a step's own code changes what it makes of the same input. */
const ENGINE = 1;

export function fingerprint(parts: unknown): string {
  return sha256(canonicalJson({ engine: ENGINE, parts }));
}

/** SQL text standing beside this folder's steps. */
export function readSql(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** The variables that the steps' SQL and the rules' date conditions read. */
export function monthVariables(month: Month): string {
  return `SET VARIABLE month_start = DATE ${literal(firstDay(month))};
    SET VARIABLE month_end = DATE ${literal(lastDay(month))};
    SET VARIABLE window_start = DATE ${literal(firstDay(addMonths(month, 1 - WINDOW_MONTHS)))};
    SET VARIABLE year_start = DATE ${literal(`${month.slice(0, 4)}-01-01`)};
    SET VARIABLE delivery = ${monthIndex(month)}`;
}

export interface LastRecord {
  readonly fingerprint: string;
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, string>>;
  readonly detail: readonly unknown[];
}

/** How the step last ended for a month. */
export async function lastRecord(
  context: Pick<RunContext, 'store' | 'month'>,
  step: string,
  month: Month = context.month,
): Promise<LastRecord | undefined> {
  const [row] = await context.store.sql.rows<{
    fingerprint: string;
    n: number;
    counts: string;
    files: string;
    detail: string;
  }>(
    `SELECT fingerprint, row_count::INTEGER AS n, counts, files, detail FROM step_record
     WHERE month = ${literal(month)} AND step = ${literal(step)} ORDER BY seq DESC LIMIT 1`,
  );
  return row === undefined
    ? undefined
    : {
        fingerprint: row.fingerprint,
        rows: row.n,
        counts: JSON.parse(row.counts) as LastRecord['counts'],
        files: JSON.parse(row.files) as LastRecord['files'],
        detail: JSON.parse(row.detail) as unknown[],
      };
}

export type Outcome = Omit<StepDone, 'month' | 'step' | 'fingerprint' | 'seconds'>;

/**
 * Runs a step unless its fingerprint is that of its last record.
 * @param ready the files the step left behind are still there; without them it works again without a new record
 * @returns whether there is a new record, and the counts of the newest
 */
export async function runStep(
  context: RunContext,
  step: string,
  print: string,
  work: () => Promise<Outcome>,
  ready: () => boolean = () => true,
): Promise<{ changed: boolean; record: LastRecord }> {
  const started = performance.now();
  const last = await lastRecord(context, step);
  const taken = (): number => Math.round(performance.now() - started) / 1000;
  const note = (changed: boolean, record: LastRecord): { changed: boolean; record: LastRecord } => {
    const seconds = taken();
    context.steps.push({ step, seconds, rows: record.rows, changed, counts: record.counts });
    context.progress.step(
      `${step} · ${record.rows} rows · ${seconds.toFixed(1)} s${changed ? '' : ' · nothing new'}`,
    );
    return { changed, record };
  };
  if (last?.fingerprint === print && ready()) return note(false, last);
  const outcome = await work();
  if (last?.fingerprint === print) return note(false, last);
  await context.store.commit('step.done', {
    month: context.month,
    step,
    fingerprint: print,
    ...outcome,
    seconds: taken(),
  });
  return note(true, { fingerprint: print, ...outcome });
}
