/**
 * Shared by all steps: a step whose fingerprint equals an earlier one has nothing to do; otherwise it works and
 * records itself, with its bulk rows, as one journal record.
 */
import { readFileSync } from 'node:fs';
import type { StepDone } from '../../store/records.ts';
import { lastRecord, type LastRecord } from '../../store/step-record.ts';
import type { RunContext } from '../context.ts';

/** SQL text from this folder. */
export function readSql(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

export type Outcome = Omit<StepDone, 'month' | 'step' | 'fingerprint' | 'seconds'>;

/**
 * Runs a step unless its fingerprint equals that of its last record.
 * @param ready whether the step's files are still there; if not, it works again without a new record
 * @returns whether there is a new record, and the counts of the newest
 */
export async function runStep(
  context: Pick<RunContext, 'month' | 'store' | 'progress' | 'steps'>,
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
