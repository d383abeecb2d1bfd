/** Assembles a run's answer from the results of its steps. */
import type { Month } from '../core/month.ts';
import { literal } from '../store/sql.ts';
import type { RunContext } from './context.ts';
import { alarmsOf } from '../warnings/alarms.ts';
import { changesOf, countChange } from './changes.ts';
import { expectedSources } from '../warnings/expected-sources.ts';
import type { Correction, NotEvaluated, RunReport } from './report.ts';
import type { IngestReport } from './steps/ingest.ts';
import type { Sources } from '../warnings/sources.ts';
import type { LastRecord } from '../store/step-record.ts';
import { narrowedOf, ruleSetOf } from './steps/warn.ts';

/** Results of the line for one month. */
export interface Evaluated {
  readonly sources: Sources;
  readonly warned: { readonly changed: boolean; readonly record: LastRecord };
  readonly led: { readonly changed: boolean; readonly record: LastRecord };
  readonly pushed: { readonly changed: boolean; readonly record: LastRecord };
}

/** Rules undecidable in every county: they have no number of hits, not even zero. */
function decidedNowhere(open: readonly NotEvaluated[], counties: number): Set<string> {
  const places = new Map<string, Set<string>>();
  for (const { rule, county } of open)
    places.set(rule, (places.get(rule) ?? new Set()).add(county));
  return new Set([...places].filter(([, where]) => where.size === counties).map(([rule]) => rule));
}

interface Parts {
  readonly taken: IngestReport;
  readonly evaluated: Evaluated;
  /** Other months that were re-evaluated. */
  readonly corrected: readonly Month[];
  /** Journal number at the start of the run. */
  readonly since: number;
}

export async function describeRun(
  context: Pick<RunContext, 'month' | 'store' | 'divisions' | 'contracts' | 'rules' | 'steps'>,
  { taken, evaluated, corrected, since }: Parts,
): Promise<RunReport> {
  const { sources, warned, led, pushed } = evaluated;
  const { store, month, steps } = context;
  const not_evaluated = await store.sql.rows<NotEvaluated>(
    `SELECT rule, county, missing FROM not_evaluated WHERE month = ${literal(month)} ORDER BY rule, county, missing`,
  );
  const stands = new Map(sources.standing.map(({ source, month: at }) => [source, at]));
  const { counts } = warned.record;
  const nowhere = decidedNowhere(not_evaluated, context.divisions.counties.length);
  const said = led.changed ? led.record.counts : {};
  const corrections: Correction[] = [];
  for (const change of await changesOf(store, [month, ...corrected], since))
    corrections.push(await countChange(store, change));
  return {
    month,
    changed: taken.changed || steps.some(({ changed }) => changed) || corrected.length > 0,
    files: taken.files,
    strangers: taken.strangers,
    sources: expectedSources(context, (source) => stands.has(source))
      .sort()
      .map((source) => ({ source, stands_at: stands.get(source) ?? null })),
    steps,
    warnings: Object.fromEntries(
      Object.entries(counts).filter(([name]) => !name.includes(' ') && !nowhere.has(name)),
    ),
    watch: Object.fromEntries(
      Object.entries(counts)
        .filter(([name]) => name.startsWith('watch '))
        .map(([name, n]) => [name.slice('watch '.length), n]),
    ),
    not_evaluated,
    narrowed: narrowedOf(warned.record),
    rule_set: ruleSetOf(warned.record),
    alarms: await alarmsOf(context),
    corrections,
    leads: {
      opened: said['opened'] ?? 0,
      updated: said['updated'] ?? 0,
      struck: said['struck'] ?? 0,
      pushed: pushed.changed ? pushed.record.rows : 0,
    },
  };
}
