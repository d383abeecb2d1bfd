/** What a re-evaluation of a month changed: warnings and leads gained and lost, and the extracts that caused it. */
import type { Month } from '../core/month.ts';
import { decisionFile } from '../store/projection.ts';
import { parquet, textList } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { changedLeads } from '../cases/lead/changes.ts';
import type { Correction, GainedLost } from './report.ts';
import type { ExtractDifference } from '../warnings/evaluated.ts';
import { differences, type ReadExtract } from '../warnings/evaluated.ts';

/** One re-evaluation of a month. */
export interface EvaluationChange {
  readonly month: Month;
  /** Instant of the evaluation. */
  readonly at: string;
  /** Extracts that differ from the previous evaluation; empty: rules or figures had changed. */
  readonly because: readonly ExtractDifference[];
  /** Decision files of the warnings before and after. */
  readonly warnings: readonly [before: string, after: string];
  /** Journal numbers between which its leads were evaluated. */
  readonly span: readonly [before: number, after: number];
}

interface StepRow {
  readonly month: Month;
  readonly step: string;
  readonly seq: number;
  readonly at: string;
  readonly warning: string | null;
  readonly detail: string;
}

/**
 * Every evaluation of a month that replaced an earlier one, oldest first.
 * @param since only those after this journal number
 */
export async function changesOf(
  store: Store,
  months: readonly Month[],
  since = 0,
): Promise<EvaluationChange[]> {
  const rows = await store.sql.rows<StepRow>(
    `SELECT month, step, seq::INTEGER AS seq, recorded_at AS at, files::JSON ->> 'warning' AS warning, detail FROM step_record
     WHERE step IN ('identify', 'warn', 'openLeads') AND month IN (SELECT unnest(${textList(months)})) ORDER BY seq`,
  );
  return [...new Set(rows.map((row) => row.month))].flatMap((one) => {
    const own = rows.filter((row) => row.month === one);
    const before = (step: string, seq: number): StepRow | undefined =>
      own.filter((row) => row.step === step && row.seq < seq).at(-1);
    return own
      .filter((row) => row.step === 'warn' && row.seq > since)
      .flatMap((warn) => {
        const last = before('warn', warn.seq);
        if (last?.warning == null || warn.warning === null) return [];
        const read = (row: StepRow | undefined): ReadExtract[] =>
          row === undefined ? [] : (JSON.parse(row.detail) as ReadExtract[]);
        const led = own.find((row) => row.step === 'openLeads' && row.seq > warn.seq);
        const change: EvaluationChange = {
          month: one,
          at: warn.at,
          because: differences(
            read(before('identify', last.seq)),
            read(before('identify', warn.seq)),
          ),
          warnings: [last.warning, warn.warning],
          span: [warn.seq, led?.seq ?? warn.seq],
        };
        return [change];
      });
  });
}

/** The SELECT of warnings gained and lost: change, rule, subject, person_id, household_id, county. */
export function changedWarnings({ home }: Store, { warnings }: EvaluationChange): string {
  const [before, after] = warnings.map((digest) => parquet(decisionFile(home, digest))) as [
    string,
    string,
  ];
  const same =
    'a.rule = b.rule AND a.person_id IS NOT DISTINCT FROM b.person_id AND a.household_id IS NOT DISTINCT FROM b.household_id';
  const only = (change: string, these: string, those: string): string =>
    `SELECT '${change}' AS change, a.rule, a.subject, a.person_id, a.household_id, a.county FROM ${these} a ANTI JOIN ${those} b ON ${same}`;
  return `${only('gained', after, before)} UNION ALL ${only('lost', before, after)}`;
}

export const changedLeadsOf = ({ month, span }: EvaluationChange): string =>
  changedLeads(month, ...span);

async function count(store: Store, select: string): Promise<GainedLost> {
  const [row] = await store.sql.rows<GainedLost>(
    `SELECT (count(*) FILTER (change = 'gained'))::INTEGER AS gained, (count(*) FILTER (change = 'lost'))::INTEGER AS lost FROM (${select})`,
  );
  return row ?? { gained: 0, lost: 0 };
}

export async function countChange(store: Store, change: EvaluationChange): Promise<Correction> {
  const { month, because } = change;
  return {
    month,
    because,
    warnings: await count(store, changedWarnings(store, change)),
    leads: await count(store, changedLeadsOf(change)),
  };
}
