/**
 * The clerks' desk: one row per lead with everything that a queue is ordered and searched by, in memory beside the ledger.
 * It is worked out from the ledger when a run or a report changes the cards, and a row is set anew when its case moves;
 * it is no record, and a restart makes it again.
 */
import { existsSync } from 'node:fs';
import pLimit from 'p-limit';
import { shanghaiDate, shanghaiMonth } from '../../core/clock.ts';
import { workFile } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { standingVersions } from '../../core/store/lake.ts';
import { literal, parquet, textList, type Sql } from '../../core/store/sql.ts';
import type { Store } from '../../core/store/store.ts';
import { scoredLeads } from '../../leads/score.ts';
import { LATE } from '../../leads/case/running.ts';
import { lookUp } from '../../warnings/parameters.ts';
import type { Office } from '../office.ts';
import { scoreWeights } from '../score-weights.ts';
import { workOutClocks } from './clocks.ts';

/** Datasets that say in which village a home lives, the better one first. */
const VILLAGES = ['civil-affairs/assistance', 'rural-revitalization/monitored'] as const;

const LOOK_EVERY_MS = 1_000;

export class Desk {
  private readonly store: Store;
  private readonly office: Office;
  private readonly turn = pLimit(1);
  /** Journal number of the last record that the cards were made of; -1: the desk is not made yet. */
  private made = -1;
  /** Leads whose rows are to be set anew. */
  private readonly pending: string[] = [];
  private attached = false;
  /** When the ledger was last asked whether the cards have changed, milliseconds. */
  private looked = 0;
  /** Day for which the due days were worked out: a calendar may have been published since. */
  private day = '';

  constructor(store: Store, office: Office) {
    this.store = store;
    this.office = office;
  }

  /** The desk as it stands now, for a SELECT over `desk.card`. */
  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await this.turn(() => this.refresh());
    return this.store.task(({ sql }) => work(sql));
  }

  /** Villages of these leads, where the desk knows them. */
  async villages(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (this.made < 0) return new Map();
    const rows = await sql.rows<{ lead_id: string; village: string }>(
      `SELECT lead_id, village FROM desk.card WHERE village IS NOT NULL AND lead_id IN (SELECT unnest(${textList(ids)}))`,
    );
    return new Map(rows.map(({ lead_id, village }) => [lead_id, village]));
  }

  /** Cases moved: their rows are set anew, those of all who wait in one go. */
  async moved(leads: readonly string[]): Promise<void> {
    this.pending.push(...leads);
    await this.turn(async () => {
      const ids = [...new Set(this.pending.splice(0))];
      // A desk that is not made yet is made of what stands in the ledger.
      if (ids.length === 0 || this.made < 0) return;
      await this.store.task(async ({ sql }) => {
        await workOutClocks(sql, this.office, { leads: ids });
        await sql.run(`${standing(`lead_id IN (${ids.map(literal).join(', ')})`)}
          UPDATE desk.card SET stage = s.stage, version = s.version, township = coalesce(s.township, card.township),
            county = s.county, due = s.due, due_clock = s.due_clock, provisional = coalesce(s.provisional, false), moved_on = s.day
          FROM standing s WHERE card.lead_id = s.lead_id`);
      });
    });
  }

  /** What the cards depend on beside the cases: runs and reports. */
  private async head(sql: Sql): Promise<number> {
    const [row] = await sql.rows<{ seq: number }>(`SELECT greatest(
      (SELECT coalesce(max(seq), 0) FROM step_record WHERE step IN ('openLeads', 'pushLeads')),
      (SELECT coalesce(max(seq), 0) FROM lead_report), (SELECT coalesce(max(seq), 0) FROM lead_delivery))::INTEGER AS seq`);
    return row?.seq ?? 0;
  }

  /** A report was made: whoever looks next sees it. */
  stale(): void {
    this.looked = 0;
  }

  private async refresh(): Promise<void> {
    const { store, office } = this;
    // Runs and deliveries may be seen a second late; what clerks do is seen at once.
    if (Date.now() - this.looked < LOOK_EVERY_MS) return;
    this.looked = Date.now();
    await store.task(async (own) => {
      const { sql } = own;
      const head = await this.head(sql);
      const day = shanghaiDate(store.clock);
      if (head === this.made && day === this.day) return;
      if (!this.attached) await sql.run("ATTACH IF NOT EXISTS ':memory:' AS desk");
      this.attached = true;
      const month = shanghaiMonth(store.clock);
      await workOutClocks(sql, office);
      await sql.run(`SET VARIABLE month = ${literal(month)}`);
      const counties = office.divisions.counties.map(({ code }) => code);
      await sql.run(`CREATE OR REPLACE TEMP TABLE village_of AS ${await villages(own, month)};
        CREATE OR REPLACE TEMP TABLE gain_of AS ${await gains(own, office, day)};
        ${standing('true')}
        CREATE OR REPLACE TABLE desk.card AS
        SELECT l.* EXCLUDE (county, township, status),
          coalesce(s.county, l.county) AS county, coalesce(s.township, l.township) AS township, v.village,
          coalesce(g.gain, 0) AS gain, coalesce(s.stage, 'dispatched') AS stage, coalesce(s.version, 0) AS version,
          s.due, s.due_clock, coalesce(s.provisional, false) AS provisional, s.day AS moved_on
        FROM (${scoredLeads(scoreWeights(office, month, counties))}) l
        LEFT JOIN standing s ON s.lead_id = l.lead_id LEFT JOIN village_of v ON v.household_id = l.household_id
        LEFT JOIN gain_of g ON g.household_id = l.household_id
        ORDER BY county, lead_id`);
      this.made = head;
      this.day = day;
    });
  }
}

/** Leaves `standing`: where each case stands and which of its clocks rings first. */
function standing(only: string): string {
  const late = [...LATE].map(literal).join(', ');
  return `CREATE OR REPLACE TEMP TABLE standing AS
    WITH latest AS (
      SELECT lead_id, stage, version, county, township, day FROM case_act WHERE ${only}
      QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY version DESC) = 1
    ), first_due AS (
      SELECT lead_id, min(due) AS due, arg_min(clock, due) AS due_clock, arg_min(provisional, due) AS provisional
      FROM due_clock WHERE clock IN (${late}) AND due IS NOT NULL GROUP BY lead_id
    )
    SELECT coalesce(l.lead_id, d.lead_id) AS lead_id, l.stage, l.version, l.county, l.township, l.day, d.due, d.due_clock, d.provisional
    FROM latest l FULL JOIN first_due d ON d.lead_id = l.lead_id;`;
}

/** household_id and its village by the newest extracts. */
async function villages(store: Store, month: Month): Promise<string> {
  const versions = await standingVersions(store, month);
  const newest = VILLAGES.flatMap((source, rank) => {
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
 * household_id and what the home lacks to the standard, yuan a month, by the last month that was run: what it may stand to
 * gain. It orders a queue and promises nothing; unknown income or standard is no gain.
 */
async function gains(
  { sql, home }: Store,
  { rules, divisions }: Office,
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
