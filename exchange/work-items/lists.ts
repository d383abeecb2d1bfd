/**
 * The subject `list`: what was sent to whom, who acknowledged it, and how many people on it are waiting to be
 * screened.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLists } from '../index.ts';
import { ASSISTANCE, type List } from '../shared/list.ts';
import { listVersions, type ListVersion } from '../version.ts';
import { fileDigests } from '../../core/hash.ts';
import type { Standing } from '../../store/lake.ts';
import { literal, parquet, textList } from '../../store/sql.ts';
import { fill, type WorkQuestion } from './asked.ts';

const SQL = readFileSync(new URL('lists.sql', import.meta.url), 'utf8');

/**
 * Recipients whose screening is visible in this home: civil affairs answers leads and delivers the assistance
 * extract.
 */
const SCREENER = 'civil-affairs';

const isScreened = ({ kind, recipients }: List): boolean =>
  kind === 'new' && recipients.some((recipient) => recipient === SCREENER);

/** A list moved or altered since it was sent is ignored. */
async function isWhole(path: string, sha256: string): Promise<boolean> {
  return existsSync(path) && (await fileDigests(path, ['sha256'])).sha256 === sha256;
}

/** Creates `work_listed`, the people on the screened lists, and `work_readable`, the versions that can be read. */
async function readListed({ store, month }: WorkQuestion, lists: readonly List[]): Promise<void> {
  const { sql, home } = store;
  const screened = new Set(lists.filter(isScreened).map(({ id }) => id));
  const versions: ListVersion[] = [];
  for (const version of await listVersions(sql, month)) {
    if (!screened.has(version.list) || version.recipient !== SCREENER) continue;
    if (await isWhole(join(home.root, version.file), version.sha256)) versions.push(version);
  }
  await fill(
    store,
    'work_readable',
    'list VARCHAR, recipient VARCHAR, county VARCHAR, version INTEGER, file VARCHAR',
    versions.map(({ list, recipient, county, version, file }) => [
      ...[list, recipient, county].map(literal),
      String(version),
      literal(join(home.root, file)),
    ]),
  );
  await sql.run(`CREATE OR REPLACE TEMP TABLE work_listed
    (list VARCHAR, recipient VARCHAR, county VARCHAR, version INTEGER, person_id UUID, household_id UUID)`);
  if (versions.length === 0) return;
  const files = textList(versions.map(({ file }) => join(home.root, file)));
  await sql.run(`INSERT INTO work_listed
    SELECT DISTINCT r.list, r.recipient, r.county, r.version, c.person_id::UUID, c.household_id::UUID
    FROM read_csv(${files}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', strict_mode = true,
      union_by_name = true, filename = true) c JOIN work_readable r ON r.file = c.filename`);
}

/**
 * Creates `work_screened`, the homes and persons screened since the month began: a lead of theirs was closed, or
 * they have a status dated since then in an assistance extract.
 * @param assistance the assistance extracts of the month and of later ones
 */
async function readScreened(
  { store, month }: WorkQuestion,
  assistance: readonly Standing[],
): Promise<void> {
  const parts = assistance.map(
    ({ path }) => `SELECT unnest([person_id, household_id]) AS id FROM ${parquet(path)}
      WHERE status_date >= getvariable('month_start') AND status_date <= getvariable('work_day')
        AND (person_id IN (SELECT person_id FROM work_listed) OR household_id IN (SELECT household_id FROM work_listed))`,
  );
  const closed = `SELECT unnest([l.person_id, l.household_id]) AS id FROM lead l JOIN lead_outcome o ON o.lead_id = l.lead_id
    WHERE o.month >= ${literal(month)} AND work_date(o.recorded_at) <= getvariable('work_day')`;
  await store.sql.run(
    `CREATE OR REPLACE TEMP TABLE work_screened AS SELECT DISTINCT id FROM (${[closed, ...parts].join(' UNION ALL ')}) WHERE id IS NOT NULL`,
  );
}

/**
 * Fills `work_list`.
 * @param standing every extract that counts
 */
export async function fillLists(asked: WorkQuestion, standing: readonly Standing[]): Promise<void> {
  const lists = await loadLists();
  await fill(
    asked.store,
    'work_route',
    'list VARCHAR, recipient VARCHAR',
    lists.flatMap(({ id, recipients }) => recipients.map((one) => [literal(id), literal(one)])),
  );
  await readListed(asked, lists);
  await readScreened(
    asked,
    standing.filter(({ source, month }) => source === ASSISTANCE && month >= asked.month),
  );
  await asked.store.sql.run(SQL);
}
