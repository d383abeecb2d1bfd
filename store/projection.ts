/**
 * Turns journal records into ledger rows. The live commit and the replay at start-up both use this, so a rebuilt ledger
 * equals the original.
 */
import { join } from 'node:path';
import type { Home } from '../core/home.ts';
import type { JournalRecord } from './journal.ts';
import type { JournalType } from './records.ts';
import { literal, nullable, textList, type Sql, parquet } from './sql.ts';

type Of<T extends JournalType> = Extract<JournalRecord, { type: T }>;
type Project<T extends JournalType> = (sql: Sql, record: Of<T>, home: Home) => Promise<void>;

function tail(record: JournalRecord): string {
  return `${record.seq}, ${literal(record.at)}`;
}

/** Path of a bulk decision. */
export function decisionFile(home: Home, digest: string): string {
  return join(home.decisions, `${digest}.parquet`);
}

/** The rule shown on the card of a reported home. */
export const REPORTED = 'REPORT-';

/** The answer that revokes an earlier one. */
const REOPENED = 'reopened';

/** Actions that revoke a case's answer or its previous action. */
export const TAKING_BACK: ReadonlySet<string> = new Set(['appeal', 'undo']);

function uuid(hex: string | null): string {
  return hex === null ? 'NULL::UUID' : `${literal(hex)}::UUID`;
}

/** Tables in which a step replaces its month. */
const REPLACED = [
  'warning',
  'not_evaluated',
  'watch_item',
  'segment_member',
  'segment_missing',
] as const;

/** Append-only tables that a step adds to. */
const APPENDED = ['lead', 'lead_event', 'lead_dispatch', 'list_version'] as const;

const PROJECTIONS = {
  'extract.registered': async (sql, record) => {
    const {
      agency,
      dataset,
      month,
      version,
      file,
      sha256,
      lake_sha256,
      rows,
      quarantined,
      counties,
      ...report
    } = record.data;
    await sql.run(`INSERT INTO extract_version VALUES (${[agency, dataset, month].map(literal).join(', ')}, ${version},
      ${literal(file)}, ${literal(sha256)}, ${literal(lake_sha256)}, ${rows}, ${quarantined},
      ${counties === null ? 'NULL' : textList(counties)}, ${literal(JSON.stringify(report))}, ${tail(record)})`);
  },
  'extract.refused': async (sql, record) => {
    const { agency, dataset, month, file, sha256, code, reasons, origin, findings } = record.data;
    const found = findings === undefined || findings === null ? null : JSON.stringify(findings);
    await sql.run(`INSERT INTO extract_refusal VALUES (${[agency, dataset, month, file, sha256, code].map(literal).join(', ')},
      ${literal(JSON.stringify(reasons))}, ${tail(record)}, ${nullable(origin)}, ${nullable(found)})`);
  },
  'extract.withdrawn': async (sql, record) => {
    const { agency, dataset, month, version, withdrawn, reason, by } = record.data;
    await sql.run(`INSERT INTO extract_withdrawal VALUES (${[agency, dataset, month].map(literal).join(', ')}, ${version},
      ${withdrawn}, ${literal(reason)}, ${literal(by)}, ${tail(record)})`);
  },
  'step.done': async (sql, record, home) => {
    const { month, step, fingerprint, rows, counts, files, detail, seconds } = record.data;
    const rowsOf = (digest: string): string => parquet(decisionFile(home, digest));
    // Up to `segment` a month is replaced; leads are append-only.
    for (const table of REPLACED) {
      const file = files[table];
      if (file !== undefined)
        await sql.run(`DELETE FROM ${table} WHERE month = ${literal(month)};
          INSERT INTO ${table} BY NAME SELECT * FROM ${rowsOf(file)}`);
    }
    for (const table of APPENDED) {
      const file = files[table];
      if (file !== undefined)
        await sql.run(
          `INSERT INTO ${table} BY NAME SELECT *, ${record.seq} AS seq FROM ${rowsOf(file)}`,
        );
    }
    await sql.run(`INSERT INTO step_record VALUES (${[month, step, fingerprint].map(literal).join(', ')}, ${rows},
      ${literal(JSON.stringify(counts))}, ${literal(JSON.stringify(files))}, ${literal(JSON.stringify(detail))}, ${tail(record)}, ${seconds ?? 'NULL'})`);
  },
  'lead.outcome': async (sql, record) => {
    const { lead_id, month, outcome, reason, clause, by } = record.data;
    await sql.run(`INSERT INTO lead_answer VALUES (${[lead_id, month, outcome, reason, clause].map(literal).join(', ')},
      ${nullable(by)}, ${tail(record)})`);
  },
  'lead.reported': async (sql, record) => {
    const { lead_id, opened, direction, county, township, month, kind, priority } = record.data;
    const { household_id, person_id, note, by, key } = record.data;
    const who = `${uuid(household_id)}, ${uuid(person_id)}`;
    if (opened)
      await sql.run(`INSERT INTO lead VALUES (${literal(lead_id)}, ${literal(direction)}, ${who},
        ${[county, township, month].map(literal).join(', ')}, ${record.seq});
        INSERT INTO lead_dispatch VALUES (${[lead_id, county, month].map(literal).join(', ')}, ${record.seq})`);
    await sql.run(`INSERT INTO lead_event VALUES (${[lead_id, month, `${REPORTED}${kind}`].map(literal).join(', ')}, NULL,
      ${priority}, NULL, 'attached', ${record.seq});
      INSERT INTO lead_report VALUES (${[lead_id, kind, note, by.name, by.role, by.region, key].map(literal).join(', ')}, ${tail(record)})`);
  },
  'case.acted': async (sql, record) => {
    // One statement for all acts: 200 clerks act at once, and a statement costs more than a row.
    const rows = record.data.acts.map((act) => {
      const { outcome, diverges } = act;
      return `(${[
        literal(act.lead_id),
        String(act.version),
        ...[act.action, act.by.name, act.by.role, act.by.region, act.day].map(literal),
        literal(JSON.stringify(act.form)),
        literal(JSON.stringify(act.fixed)),
        ...[act.key, act.body].map(literal),
        nullable(act.batch),
        literal(act.stage),
        literal(JSON.stringify(act.running)),
        literal(act.county),
        nullable(act.township),
        ...[outcome?.kind, outcome?.civil, outcome?.rural, outcome?.code].map(nullable),
        textList(diverges),
        tail(record),
      ].join(', ')})`;
    });
    await sql.run(`INSERT INTO case_act VALUES ${rows.join(', ')}`);
    // The first act with an outcome closes the lead; one that revokes it (a review requested, a batch undone) reopens
    // it.
    for (const { lead_id, action, day, outcome, by } of record.data.acts) {
      if (outcome === null && !TAKING_BACK.has(action)) continue;
      await sql.run(`INSERT INTO lead_answer SELECT ${[lead_id, day.slice(0, 7), outcome?.kind ?? REOPENED, outcome?.reason ?? '', outcome?.clause ?? '', by.name].map(literal).join(', ')}, ${tail(record)}
        WHERE ${outcome === null ? '' : 'NOT '}EXISTS (FROM lead_outcome WHERE lead_id = ${literal(lead_id)})`);
    }
  },
  'cases.reminded': async (sql, record) => {
    const { county, day, reminders } = record.data;
    const rows = reminders.map(
      ({ lead_id, township, clock, due, level }) =>
        `(${[lead_id, clock, due, level, county].map(literal).join(', ')}, ${nullable(township)}, ${literal(day)}, ${tail(record)})`,
    );
    await sql.run(`INSERT INTO case_reminder VALUES ${rows.join(', ')}`);
  },
  'sample.seeded': async (sql, record) => {
    const { county, month, seed, by } = record.data;
    await sql.run(
      `INSERT INTO sample_seed VALUES (${[county, month, seed, by.name].map(literal).join(', ')}, ${tail(record)})`,
    );
  },
  'leads.delivered': async (sql, record) => {
    // One statement for all groups: 88 counties deliver at once, and a statement costs more than a row.
    const { groups } = record.data;
    const each = (of: (group: (typeof groups)[number]) => string): string =>
      textList(groups.flatMap((group) => group.leads.map(() => of(group))));
    await sql.run(`INSERT INTO lead_delivery SELECT unnest(${textList(groups.flatMap(({ leads }) => leads))}),
      unnest(${each(({ county }) => county)}), unnest(${each(({ channel }) => channel)}),
      unnest(${each(({ outcome }) => outcome)}), unnest(${each(({ code }) => code)}), ${tail(record)}`);
  },
  'job.done': async (sql, record) => {
    const { job, month, counts } = record.data;
    await sql.run(
      `INSERT INTO job_run VALUES (${[job, month, JSON.stringify(counts)].map(literal).join(', ')}, ${tail(record)})`,
    );
  },
  'report.delivery': async (sql, record) => {
    const { record: answered, origin, channel, outcome, code } = record.data;
    await sql.run(
      `INSERT INTO report_delivery VALUES (${answered}, ${[origin, channel, outcome, code].map(literal).join(', ')}, ${tail(record)})`,
    );
  },
  'month.signed': async (sql, record) => {
    const { month, by, note, alarms } = record.data;
    await sql.run(
      `INSERT INTO month_sign_off VALUES (${[month, by, note, JSON.stringify(alarms)].map(literal).join(', ')}, ${tail(record)})`,
    );
  },
  'list.acknowledged': async (sql, record) => {
    const { month, list, county, recipient, version, by } = record.data;
    await sql.run(
      `INSERT INTO list_acknowledgement VALUES (${[month, list, county, recipient].map(literal).join(', ')}, ${version}, ${literal(by)}, ${tail(record)})`,
    );
  },
  'account.set': async (sql, record) => {
    const { name, role, region, expires, active, by } = record.data;
    await sql.run(
      `INSERT INTO account VALUES (${[name, role, region].map(literal).join(', ')}, ${nullable(expires)}, ${active}, ${literal(by)}, ${tail(record)})`,
    );
  },
  'rule.backtest': async (sql, record) => {
    const { rule, version, tried, months } = record.data;
    await sql.run(
      `INSERT INTO rule_backtest VALUES (${literal(rule)}, ${version}, ${literal(tried)}, ${literal(JSON.stringify(months))}, ${tail(record)})`,
    );
  },
} satisfies { [T in JournalType]: Project<T> };

/** Applies one record and stores the journal number, inside the caller's transaction. */
export async function project(sql: Sql, record: JournalRecord, home: Home): Promise<void> {
  const apply = PROJECTIONS[record.type] as Project<JournalType>;
  await apply(sql, record, home);
  await sql.run(`INSERT INTO position VALUES (${record.seq}, ${literal(record.hash)})`);
}
