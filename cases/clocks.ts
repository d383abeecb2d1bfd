/** Due dates of what runs on a case, from the notices' figures and the State Council's calendar. */
import { facts } from '../connectors/cross-check/facts.ts';
import { sourceName } from '../files/extract/contract.ts';
import { shanghaiMonth } from '../core/clock.ts';
import { standingVersions } from '../store/lake.ts';
import { literal, nullable, parquet } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { CLOCKS, runningOn, type CaseClock, type Running } from './running.ts';
import type { CaseState } from './state.ts';
import {
  confirmationDue,
  deathCheckDue,
  monitoredIdentificationDue,
} from '../warnings/calculators/deadlines.ts';
import { localityAt, type Locality } from '../warnings/calculators/locality.ts';
import { addWorkingDays } from '../warnings/calculators/working-days.ts';
import type { FigureName } from '../warnings/figure-names.ts';
import type { Deployment } from '../warnings/deployment.ts';

export interface DueDay {
  /** Last day, `YYYY-MM-DD`; null: the locality sets no deadline. */
  readonly due: string | null;
  /** Holidays of a year in this period are not published yet, so the day may still move. */
  readonly provisional: boolean;
}

function workingDays(here: Locality, name: FigureName, since: string): DueDay {
  const days = here.number(name);
  if (days === null) return { due: null, provisional: false };
  const { date, provisional } = addWorkingDays(since, days.value);
  return { due: date, provisional };
}

const DUE: Readonly<Record<CaseClock, (here: Locality, since: string, variant: string) => DueDay>> =
  {
    visit: (here, since) => workingDays(here, 'lead-visit-working-days', since),
    confirmation: (here, since, variant) => {
      const extension = variant === '' ? null : variant;
      const { date, provisional } = confirmationDue(here, { accepted: since, extension });
      return { due: date, provisional };
    },
    monitored: (here, since) => {
      const { date, provisional } = monitoredIdentificationDue(here, since);
      return { due: date, provisional };
    },
    papers: (here, since) => workingDays(here, 'first-aid-paper-days', since),
    death: (here, since) => {
      const { date, provisional } = deathCheckDue(here, since);
      return { due: date, provisional };
    },
    publicity: (_, since) => ({ due: since, provisional: false }),
    rebuttal: (_, since) => ({ due: since, provisional: false }),
  };

export interface Started {
  readonly county: string;
  readonly clock: CaseClock;
  readonly since: string;
  readonly variant: string;
}

/** @param since use the notices in force on this day */
export function dueOf(
  { rules, divisions }: Pick<Deployment, 'rules' | 'divisions'>,
  { county, clock, since, variant }: Started,
): DueDay {
  return DUE[clock](localityAt(rules.parameters, divisions, county, since), since, variant);
}

/** The leads whose clocks are requested. */
export type Whose = 'all' | { readonly county: string };

/** Creates `arrival` with `lead_id, day`: when each lead reached its county. */
const ARRIVAL = `CREATE OR REPLACE TEMP TABLE arrival AS
  SELECT lead_id, strftime(min(recorded_at::TIMESTAMPTZ), '%Y-%m-%d') AS day FROM lead_delivery
  WHERE outcome = 'done' AND channel <> 'webhook' GROUP BY lead_id;`;

/** The rule whose leads carry the death clock, and the location of the date of death. */
const DEATH_RULE = 'X-DTH';
const FACTS = sourceName(facts);

/** person_id and date of death from the newest extract, for persons on open leads about a death. */
async function deaths(store: Store): Promise<string> {
  const versions = await standingVersions(store, shanghaiMonth(store.clock));
  const files = versions.filter(({ source }) => source === FACTS);
  return files.length === 0
    ? 'SELECT NULL::UUID AS person_id, NULL::VARCHAR AS died WHERE false'
    : `SELECT person_id, arg_max(since, month)::VARCHAR AS died FROM (${files
        .map(
          ({ path, month }) =>
            `SELECT person_id, since, ${literal(month)} AS month FROM ${parquet(path)} WHERE kind = 'death'`,
        )
        .join(' UNION ALL ')}) GROUP BY person_id`;
}

/**
 * The running clocks, one row each: lead_id, county, township, stage, version, clock, since, variant. A lead nobody
 * has acted on has a visit due from the day it arrived, unless all its warnings have vanished. A lead about a death
 * also has the months after it.
 */
function runningClocks(whose: Whose, died: string): string {
  // Use the case's current county: it may have been handed over from another one.
  const standing = whose === 'all' ? 'true' : `county = ${literal(whose.county)}`;
  return `WITH acted AS (
      SELECT lead_id, county, township, stage, version, running FROM case_act
      QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY version DESC) = 1
    ), latest AS (SELECT * FROM acted WHERE ${standing}), warned AS (
      SELECT lead_id, rule, person_id FROM (
        SELECT lead_id, rule, person_id, action FROM lead_event
        QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
      ) WHERE action = 'attached'
    ), open_lead AS (SELECT lead_id, county, township FROM lead ANTI JOIN lead_outcome USING (lead_id)), untouched AS (
      SELECT lead_id, county, township FROM open_lead ANTI JOIN acted USING (lead_id) SEMI JOIN warned USING (lead_id) WHERE ${standing}
    ), told AS (
      SELECT lead_id, county, township, stage, version,
        unnest(from_json(running, '[{"clock":"VARCHAR","since":"VARCHAR","variant":"VARCHAR"}]'), recursive := true)
      FROM latest
      UNION ALL BY NAME
      SELECT *, 'dispatched' AS stage, 0 AS version, 'visit' AS clock, NULL AS since, '' AS variant FROM untouched
      UNION ALL BY NAME
      SELECT o.lead_id, coalesce(a.county, o.county) AS county, coalesce(a.township, o.township) AS township,
        coalesce(a.stage, 'dispatched') AS stage, coalesce(a.version, 0) AS version, 'death' AS clock, min(d.died) AS since, '' AS variant
      FROM open_lead o JOIN warned w ON w.lead_id = o.lead_id AND w.rule = ${literal(DEATH_RULE)}
      JOIN (${died}) d ON d.person_id = w.person_id LEFT JOIN acted a ON a.lead_id = o.lead_id
      WHERE ${standing.replace('county', 'coalesce(a.county, o.county)')}
      GROUP BY ALL
    )
    SELECT t.lead_id, t.county, t.township, t.stage, t.version, t.clock, coalesce(t.since, a.day) AS since, t.variant
    FROM told t LEFT JOIN arrival a USING (lead_id) WHERE coalesce(t.since, a.day) IS NOT NULL`;
}

/**
 * Creates `arrival`, and the temporary table `due_clock` with the due days of all running clocks: the columns of
 * `runningClocks` plus due and provisional. Days are computed once per county, clock and first day, however many
 * cases there are.
 */
export async function workOutClocks(
  store: Store,
  deployment: Pick<Deployment, 'rules' | 'divisions'>,
  whose: Whose = 'all',
): Promise<void> {
  const { sql } = store;
  const died = await deaths(store);
  await sql.run(
    `${ARRIVAL} CREATE OR REPLACE TEMP TABLE running_clock AS ${runningClocks(whose, died)}`,
  );
  const starts = await sql.rows<Started>(
    'SELECT DISTINCT county, clock, since, variant FROM running_clock',
  );
  const rows = starts.map((start) => {
    const { due, provisional } = dueOf(deployment, start);
    return `(${[start.county, start.clock, start.since, start.variant].map(literal).join(', ')}, ${nullable(due)}, ${String(provisional)})`;
  });
  const values =
    rows.length === 0
      ? 'SELECT NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, false WHERE false'
      : `VALUES ${rows.join(', ')}`;
  await sql.run(`CREATE OR REPLACE TEMP TABLE due_clock AS
    WITH d(county, clock, since, variant, due, provisional) AS (${values})
    SELECT r.*, d.due, d.provisional FROM running_clock r JOIN d USING (county, clock, since, variant)`);
}

/** One clock of a case, for display. */
export interface ShownClock extends DueDay {
  readonly clock: CaseClock;
  readonly title: string;
  /** First day, `YYYY-MM-DD`; for publicity and rebuttal the last day. */
  readonly since: string;
}

/**
 * The clocks running on one case.
 * @param days not derivable from its acts: when the lead reached its county, and the date of death; null: unknown
 * or not applicable
 */
export function clocksOf(
  deployment: Pick<Deployment, 'rules' | 'divisions'>,
  state: CaseState,
  { arrived, died }: { readonly arrived: string | null; readonly died: string | null },
): ShownClock[] {
  const death: Running[] =
    state.outcome === null && died !== null ? [{ clock: 'death', since: died, variant: '' }] : [];
  return [...runningOn(state), ...death].flatMap(({ clock, since, variant }) => {
    const from = since ?? arrived;
    if (from === null) return [];
    const started = { county: state.county, clock, since: from, variant };
    return [{ clock, title: CLOCKS[clock], since: from, ...dueOf(deployment, started) }];
  });
}
