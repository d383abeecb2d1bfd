/**
 * Past months that no longer match what is known: an extract they read came late, was corrected or withdrawn, or an
 * earlier month changed the cards. Only these are re-evaluated; the others read nothing that changed.
 */
import type { Month } from '../core/month.ts';
import { literal } from '../store/sql.ts';
import type { RunContext } from './context.ts';
import { monthsRun } from '../store/history.ts';
import { openLeads } from './steps/open-leads.ts';
import { pushLeads } from './steps/push-leads.ts';
import { differences, evaluatedFrom, noteOf } from '../warnings/evaluated.ts';
import { findSources } from '../warnings/sources.ts';
import { lastRecord } from '../store/step-record.ts';

type Due = 'evaluation' | 'cards' | null;

/** What must be redone for a past month, also after a process died while working on it. */
async function dueOf(
  context: Pick<RunContext, 'month' | 'store' | 'contracts' | 'rules'>,
): Promise<Due> {
  const { store, month } = context;
  const { read } = await findSources(context);
  if (differences((await evaluatedFrom(context)) ?? [], read.map(noteOf)).length > 0)
    return 'evaluation';
  const [at] = await store.sql.rows<{ earlier: number; warn: number; led: number; cards: number }>(
    `SELECT coalesce(max(seq) FILTER (step IN ('identify', 'profile')), 0)::INTEGER AS earlier,
       coalesce(max(seq) FILTER (step = 'warn'), 0)::INTEGER AS warn,
       coalesce(max(seq) FILTER (step = 'openLeads'), 0)::INTEGER AS led,
       (SELECT coalesce(max(seq), 0)::INTEGER FROM lead_event WHERE month < ${literal(month)}) AS cards
     FROM step_record WHERE month = ${literal(month)}`,
  );
  if (at === undefined) return null;
  // No cards after `warn` means a process died on the line, perhaps before the segments.
  if (at.earlier > at.warn || at.led < at.warn) return 'evaluation';
  return at.led < at.cards ? 'cards' : null;
}

/**
 * Brings past months up to date, oldest first: a later month sees what an earlier one changes about the cards.
 * @param evaluate the line from `identify` to `pushLeads`
 * @param which of the past months
 * @returns the months that were reprocessed
 */
export async function correctMonths(
  context: RunContext,
  evaluate: (context: RunContext) => Promise<unknown>,
  which: (month: Month) => boolean = () => true,
): Promise<Month[]> {
  const corrected: Month[] = [];
  for (const month of (await monthsRun(context.store.sql)).filter(which)) {
    const own: RunContext = { ...context, month, inbox: null, steps: [] };
    const due = await dueOf(own);
    if (due === null) continue;
    context.progress.step(`correct · ${month}`);
    const warned = await lastRecord(own, 'warn');
    if (due === 'evaluation' || warned === undefined) await evaluate(own);
    else {
      await openLeads(own, warned);
      await pushLeads(own);
    }
    corrected.push(month);
  }
  return corrected;
}
