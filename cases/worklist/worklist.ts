/**
 * The clerks' worklist: one row per lead with everything a queue is sorted and searched by, in memory beside the
 * ledger. It is computed from the ledger when a run or a report changes the cards, and a row is replaced when its
 * case moves; it is not a record, and a restart rebuilds it.
 */
import { existsSync } from 'node:fs';
import pLimit from 'p-limit';
import { sourceName } from '../../files/extract/contract.ts';
import { shanghaiDate, shanghaiMonth } from '../../core/clock.ts';
import { workFile } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { standingVersions } from '../../store/lake.ts';
import { among, literal, nullable, parquet, type Sql } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { scoredLeads } from '../lead/score.ts';
import type { CaseTransition } from '../book.ts';
import { COMPLAINT, readLeads, type KnownLead } from '../read.ts';
import { LATE } from '../running.ts';
import { lookUp } from '../../warnings/parameters.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import { scoreWeights } from '../lead/score-weights.ts';
import { homeDatasets } from '../../files/extract/belief.ts';
import { dueOf, workOutClocks } from '../clocks.ts';

const LOOK_EVERY_MS = 1_000;

export class Worklist {
  private readonly store: Store;
  private readonly deployment: Deployment;
  private readonly turn = pLimit(1);
  /** Journal number of the last record the cards reflect; -1: the worklist is not built yet. */
  private made = -1;
  /** Moves not yet reflected in the rows. */
  private readonly pending: CaseTransition[] = [];
  private attached = false;
  /** When the ledger was last checked for changed cards, milliseconds. */
  private looked = 0;
  private rest = LOOK_EVERY_MS;
  /** Day for which due days were computed: a calendar may have been published since. */
  private day = '';

  constructor(store: Store, deployment: Deployment) {
    this.store = store;
    this.deployment = deployment;
  }

  /** The current worklist, for a SELECT over `worklist.card`. */
  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await this.turn(() => this.refresh());
    return this.store.task(({ sql }) => work(sql));
  }

  /** What is known about these leads; those not on the worklist are looked up in the ledger. */
  async leads(sql: Sql, ids: readonly string[]): Promise<readonly KnownLead[]> {
    if (this.made < 0) return readLeads(sql, ids);
    // The county the lead was opened in, where its actions start.
    const known = await sql.rows<KnownLead>(`
      SELECT lead_id, direction, opened_county AS county, opened_township AS township, opened_month, village,
        CASE WHEN rules = '' THEN []::VARCHAR[] ELSE string_split(rules, ';') END AS rules,
        list_contains(string_split(rules, ';'), ${literal(COMPLAINT)}) AS complaint
      FROM worklist.card WHERE ${among('lead_id', ids)}`);
    const there = new Set(known.map(({ lead_id }) => lead_id));
    const others = ids.filter((id) => !there.has(id));
    return others.length === 0 ? known : [...known, ...(await readLeads(sql, others))];
  }

  /** Replaces the rows of cases that moved, all pending ones at once. */
  async moved(cases: readonly CaseTransition[]): Promise<void> {
    this.pending.push(...cases);
    await this.turn(async () => {
      // Only the last move of a case counts.
      const last = new Map(this.pending.splice(0).map((one) => [one.lead_id, one]));
      // A worklist that is not built yet will be built from the ledger anyway.
      if (last.size === 0 || this.made < 0) return;
      const rows = [...last.values()].map((one) => this.row(one));
      await this.store.task(({ sql }) =>
        sql.run(`
          WITH moved(lead_id, stage, version, county, township, day, due, due_clock, provisional, visit) AS (VALUES ${rows.join(', ')})
          UPDATE worklist.card SET stage = m.stage, version = m.version, county = m.county, township = m.township, moved_on = m.day,
            due = ${FIRST_DUE},
            due_clock = CASE ${FIRST_DUE} WHEN m.due THEN m.due_clock WHEN ${VISIT_DUE} THEN 'visit' WHEN ${DEATH_DUE} THEN 'death' END,
            provisional = CASE ${FIRST_DUE} WHEN m.due THEN m.provisional WHEN ${VISIT_DUE} THEN card.visit_provisional ELSE false END
          FROM moved m WHERE card.lead_id = m.lead_id`),
      );
    });
  }

  /** A move as a row of literals, with the first of the clocks whose start is known. */
  private row({ lead_id, stage, version, county, township, day, running }: CaseTransition): string {
    const dues = running
      .flatMap(({ clock, since, variant }) =>
        since === null || !LATE.has(clock)
          ? []
          : [{ clock, ...dueOf(this.deployment, { county, clock, since, variant }) }],
      )
      .filter(({ due }) => due !== null)
      .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
    const first = dues[0];
    const visit = running.some(({ clock }) => clock === 'visit');
    return `(${literal(lead_id)}, ${literal(stage)}, ${version}, ${literal(county)}, ${nullable(township)}::VARCHAR, ${literal(day)},
      ${nullable(first?.due)}::VARCHAR, ${nullable(first?.clock)}::VARCHAR, ${String(first?.provisional ?? false)}, ${String(visit)})`;
  }

  /** What the cards depend on besides the cases: runs and reports. */
  private async head(sql: Sql): Promise<number> {
    const [row] = await sql.rows<{ seq: number }>(`SELECT greatest(
      (SELECT coalesce(max(seq), 0) FROM step_record WHERE step IN ('openLeads', 'pushLeads')),
      (SELECT coalesce(max(seq), 0) FROM lead_report), (SELECT coalesce(max(seq), 0) FROM lead_delivery))::INTEGER AS seq`);
    return row?.seq ?? 0;
  }

  /** A report changed a lead: until its row is rebuilt, the ledger is asked. */
  async drop(lead: string): Promise<void> {
    await this.turn(async () => {
      if (this.made < 0) return;
      await this.store.task(({ sql }) =>
        sql.run(`DELETE FROM worklist.card WHERE lead_id = ${literal(lead)}`),
      );
    });
  }

  /** lead_id, the day it reached its county, and the day its visit is due; reads `arrival` (clocks.ts). */
  private async visits(sql: Sql): Promise<string> {
    const starts = await sql.rows<{ county: string; arrived: string }>(
      'SELECT DISTINCT l.county, a.day AS arrived FROM arrival a JOIN lead l ON l.lead_id = a.lead_id',
    );
    const rows = starts.map(({ county, arrived }) => {
      const { due, provisional } = dueOf(this.deployment, {
        county,
        clock: 'visit',
        since: arrived,
        variant: '',
      });
      return `(${literal(county)}, ${literal(arrived)}, ${nullable(due)}, ${String(provisional)})`;
    });
    return rows.length === 0
      ? 'SELECT NULL::VARCHAR AS lead_id, NULL::VARCHAR AS arrived, NULL::VARCHAR AS due, false AS provisional WHERE false'
      : `WITH d(county, arrived, due, provisional) AS (VALUES ${rows.join(', ')})
         SELECT a.lead_id, a.day AS arrived, d.due, d.provisional FROM arrival a JOIN lead l ON l.lead_id = a.lead_id
         JOIN d ON d.county = l.county AND d.arrived = a.day`;
  }

  private async refresh(): Promise<void> {
    const { store, deployment } = this;
    // Runs, deliveries and reports may show up slightly late; clerks' acts show up at once.
    if (Date.now() - this.looked < this.rest) return;
    this.looked = Date.now();
    await store.task(async (own) => {
      const { sql } = own;
      const head = await this.head(sql);
      const day = shanghaiDate(store.clock);
      if (head === this.made && day === this.day) return;
      if (!this.attached)
        await sql.run("ATTACH IF NOT EXISTS ':memory:' AS worklist (ROW_GROUP_SIZE 2048)");
      this.attached = true;
      const month = shanghaiMonth(store.clock);
      await workOutClocks(own, deployment);
      await sql.run(`SET VARIABLE month = ${literal(month)}`);
      const counties = deployment.divisions.counties.map(({ code }) => code);
      await sql.run(`CREATE OR REPLACE TEMP TABLE village_of AS ${await villages(own, this.deployment.contracts, month)};
        CREATE OR REPLACE TEMP TABLE gain_of AS ${await gains(own, deployment, day)};
        ${standing}
        CREATE OR REPLACE TEMP TABLE visit_of AS ${await this.visits(sql)};
        CREATE OR REPLACE TABLE worklist.card AS
        SELECT l.* EXCLUDE (county, township, status),
          l.county AS opened_county, l.township AS opened_township, coalesce(s.county, l.county) AS county,
          coalesce(s.township, l.township) AS township, v.village, a.due AS visit_due, coalesce(a.provisional, false) AS visit_provisional,
          a.arrived, z.since AS died, z.due AS death_due,
          coalesce(g.gain, 0) AS gain, coalesce(s.stage, CASE WHEN l.status = 'closed' THEN 'closed' ELSE 'dispatched' END) AS stage, coalesce(s.version, 0) AS version,
          s.due, s.due_clock, coalesce(s.provisional, false) AS provisional, s.day AS moved_on
        FROM (${scoredLeads(scoreWeights(deployment, month, counties))}) l
        LEFT JOIN standing s ON s.lead_id = l.lead_id LEFT JOIN village_of v ON v.household_id = l.household_id
        LEFT JOIN gain_of g ON g.household_id = l.household_id LEFT JOIN visit_of a ON a.lead_id = l.lead_id
        LEFT JOIN (SELECT lead_id, since, due FROM due_clock WHERE clock = 'death') z ON z.lead_id = l.lead_id
        -- No visit is due if every warning vanished before anybody began.
        WHERE s.version IS NOT NULL OR l.status <> 'struck'
        -- Small row groups, ordered by place: a township's queue reads only its own.
        ORDER BY county, township, lead_id;
        -- For opening a case by id.
        CREATE INDEX card_by_lead ON worklist.card (lead_id)`);
      this.made = head;
      this.day = day;
      // Takes a small share of the time, however many leads there are.
      this.rest = Math.max(LOOK_EVERY_MS, 10 * (Date.now() - this.looked));
      this.looked = Date.now();
    });
  }
}

/** The earliest due item of a card and a move: clocks started by an act, the visit, the months after a death. */
const VISIT_DUE = 'CASE WHEN m.visit THEN card.visit_due END';
const DEATH_DUE = "CASE WHEN m.stage <> 'closed' THEN card.death_due END";
const FIRST_DUE = `least(m.due, ${VISIT_DUE}, ${DEATH_DUE})`;

/** Creates `standing`: the stage of each case and its first clock to expire. */
const standing = `CREATE OR REPLACE TEMP TABLE standing AS
    WITH latest AS (
      SELECT lead_id, stage, version, county, township, day FROM case_act
      QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY version DESC) = 1
    ), first_due AS (
      SELECT lead_id, min(due) AS due, arg_min(clock, due) AS due_clock, arg_min(provisional, due) AS provisional
      FROM due_clock WHERE ${among('clock', LATE)} AND due IS NOT NULL GROUP BY lead_id
    )
    SELECT coalesce(l.lead_id, d.lead_id) AS lead_id, l.stage, l.version, l.county, l.township, l.day, d.due, d.due_clock, d.provisional
    FROM latest l FULL JOIN first_due d ON d.lead_id = l.lead_id;`;

/** household_id and its village from the newest extracts. */
async function villages(
  store: Store,
  contracts: Deployment['contracts'],
  month: Month,
): Promise<string> {
  const versions = await standingVersions(store, month);
  const known = homeDatasets(contracts).filter(({ row }) => 'village' in row.shape);
  const newest = known.map(sourceName).flatMap((source, rank) => {
    const last = versions.filter((version) => version.source === source).at(-1);
    return last === undefined
      ? []
      : [
          `SELECT household_id, village, ${rank} AS rank FROM ${parquet(last.path)} WHERE village IS NOT NULL`,
        ];
  });
  return newest.length === 0
    ? 'SELECT NULL::UUID AS household_id, NULL::VARCHAR AS village WHERE false'
    : `SELECT household_id, arg_min(village, rank) AS village FROM (${newest.join(' UNION ALL ')}) GROUP BY household_id`;
}

/**
 * household_id and its shortfall to the standard, yuan per month, in the last month run: what it may stand to gain.
 * It orders a queue and promises nothing; unknown income or standard counts as no gain.
 */
async function gains(
  { sql, home }: Store,
  { rules, divisions }: Deployment,
  day: string,
): Promise<string> {
  const [last] = await sql.rows<{ month: Month | null }>(
    "SELECT max(month) AS month FROM step_record WHERE step = 'profile'",
  );
  const file =
    last === undefined || last.month === null ? null : workFile(home, last.month, 'household');
  const standards = divisions.counties.flatMap(({ code }) =>
    (['urban', 'rural'] as const).flatMap((residence) => {
      const found = lookUp(rules.parameters, divisions, 'dibao-standard', code, day, { residence });
      return found === null ? [] : [`('${code}', '${residence}', ${Number(found.value)})`];
    }),
  );
  if (file === null || !existsSync(file) || standards.length === 0)
    return 'SELECT NULL::UUID AS household_id, NULL::DOUBLE AS gain WHERE false';
  return `WITH standard(county, residence, yuan) AS (VALUES ${standards.join(', ')})
    SELECT h.household_id, greatest(s.yuan - h."household.income", 0) * h."household.size" / 12 AS gain
    FROM ${parquet(file)} h JOIN standard s ON s.county = h.county AND s.residence = coalesce(h."household.residence", 'rural')`;
}

/** Days of a lead not given by its actions; null: in transit, or not about a death. */
export interface LeadDays {
  readonly arrived: string | null;
  readonly died: string | null;
}

export async function daysOf(sql: Sql, lead: string): Promise<LeadDays> {
  const [card] = await sql.rows<LeadDays>(
    `SELECT arrived, died FROM worklist.card WHERE lead_id = ${literal(lead)}`,
  );
  return card ?? { arrived: null, died: null };
}
