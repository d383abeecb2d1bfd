/**
 * The monthly line. Each step reads the output of the previous one and records itself with counts; any step can be
 * run again, a killed run resumes where it stopped, and a second run changes nothing. Past months that read newly
 * arrived data are re-evaluated (`corrections.ts`). The lists to departments have their own day
 * (`export-lists.ts`).
 */
import type { RunContext } from './context.ts';
import { correctMonths } from './corrections.ts';
import type { RunReport } from './report.ts';
import { identify } from './steps/identify.ts';
import { ingest } from './steps/ingest.ts';
import { openLeads } from './steps/open-leads.ts';
import { profile } from './steps/profile.ts';
import { refreshPublished } from '../published/publish.ts';
import { pushLeads } from './steps/push-leads.ts';
import { segment } from './steps/segment.ts';
import { findSources } from '../warnings/sources.ts';
import { warn } from './steps/warn.ts';
import { describeRun, type Evaluated } from './describe.ts';

/** The line for one month, from the extracts that count to the county queues. */
export async function evaluateMonth(context: RunContext): Promise<Evaluated> {
  const sources = await findSources(context);
  const roster = await identify(context, sources);
  const profiled = await profile(context, sources, roster.print);
  const warned = await warn(context, sources, profiled.print);
  await segment(context, sources, warned.record.fingerprint);
  const led = await openLeads(context, warned.record);
  const pushed = await pushLeads(context);
  return { sources, warned, led, pushed };
}

/**
 * @returns the answer of `doudi run --json` (contracts.md section 4)
 * @throws MonitorError if the run cannot go on (`disk-full`, `lake-damaged`, `inbox` …); refused files are reported
 * in the answer instead
 */
export async function runMonth(context: RunContext): Promise<RunReport> {
  const since = context.store.records.length;
  const taken = await ingest(context);
  const earlier = await correctMonths(context, evaluateMonth, (month) => month < context.month);
  const evaluated = await evaluateMonth(context);
  const later = await correctMonths(context, evaluateMonth, (month) => month > context.month);
  await refreshPublished(context.store, context);
  return describeRun(context, { taken, evaluated, corrected: [...earlier, ...later], since });
}
