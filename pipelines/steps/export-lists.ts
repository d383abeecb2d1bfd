/** exportLists: prepares what the lists read, and determines which lists cannot be made. */
import { existsSync } from 'node:fs';
import { exportLists, type Exported } from '../../exchange/export.ts';
import {
  ASSISTANCE,
  MEMBERS,
  MONITORED,
  type List,
  type Relations,
} from '../../exchange/shared/list.ts';
import { MonitorError } from '../../core/errors.ts';
import { workFile } from '../../core/home.ts';
import { addMonths, firstDay, lastDay, type Month } from '../../core/month.ts';
import { literal, parquet } from '../../store/sql.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import type { RunContext } from '../context.ts';
import { differences, evaluatedFrom, noteOf } from '../../warnings/evaluated.ts';
import { identify } from './identify.ts';
import { profile } from './profile.ts';
import {
  checkLake,
  coverage,
  createViews,
  findSources,
  type Sources,
} from '../../warnings/sources.ts';
import { readSql } from './step.ts';
import { fingerprint, lastRecord } from '../../store/step-record.ts';

/** Extracts of the month covered by the lists. */
const LISTED: ReadonlySet<string> = new Set([ASSISTANCE, MEMBERS, MONITORED]);

/** A list withheld from a county, because missing data would look like zero. */
export interface NotExported {
  readonly list: string;
  readonly county: string;
  readonly missing: string;
}

function notRun(month: Month, why: string): MonitorError {
  return new MonitorError('not-run', why, { fix: `doudi run --month ${month}` });
}

/**
 * The lists reflect the month as evaluated: extracts that came in afterwards wait for its next run.
 * @throws MonitorError `not-run`
 */
async function checkRun(
  context: Pick<RunContext, 'month' | 'store'>,
  sources: Sources,
): Promise<void> {
  const { month } = context;
  const warned = await lastRecord(context, 'warn');
  const read = await evaluatedFrom(context);
  if (warned === undefined || read === null) throw notRun(month, `${month} has not been run`);
  const late = differences(read, sources.read.map(noteOf)).filter(
    ({ source, month: of }) => of === month && LISTED.has(source),
  );
  if (late.length > 0)
    throw notRun(
      month,
      `${late.map(({ source }) => source).join(', ')} of ${month} arrived after the month was run`,
    );
}

/** Roster and profile of the month; rebuilt if they were deleted. */
async function workFiles(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules' | 'progress' | 'steps'
  >,
  sources: Sources,
): Promise<void> {
  const file = (name: string): string => workFile(context.store.home, context.month, name);
  if (!existsSync(file('roster')) || !existsSync(file('household'))) {
    const roster = await identify(context, sources);
    await profile(context, sources, roster.print);
  }
  for (const name of ['roster', 'household'])
    await context.store.sql.run(
      `CREATE OR REPLACE TEMP VIEW ${name}_of_month AS SELECT * FROM ${parquet(file(name))}`,
    );
}

/** The extracts of one month as separate views: `v_assistance_before` beside `v_assistance`. */
async function extractViews(
  context: Pick<RunContext, 'month' | 'store' | 'contracts'>,
  sources: Sources,
  month: Month,
  suffix: string,
): Promise<void> {
  const renamed = [ASSISTANCE, MONITORED].flatMap((source) => {
    const contract = context.contracts.get(source);
    return contract === undefined
      ? []
      : [{ source, contract: { ...contract, dataset: `${contract.dataset}${suffix}` } }];
  });
  const files = renamed.map(({ source }) => sources.at(source, month) ?? []).flat();
  await checkLake(files);
  await createViews(
    {
      ...context,
      month,
      contracts: new Map(renamed.map(({ source, contract }) => [source, contract])),
    },
    {
      ...sources,
      files: (contract) =>
        files.filter(({ source }) =>
          renamed.some((one) => one.source === source && one.contract === contract),
        ),
    },
  );
}

async function createRelations(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules' | 'progress' | 'steps'
  >,
  sources: Sources,
): Promise<Relations> {
  const { store, month, divisions } = context;
  const before = addMonths(month, -1);
  const stands = coverage(sources);
  const known = [ASSISTANCE, MONITORED].flatMap((source) =>
    divisions.counties
      .filter(({ code }) => stands(source, before, code))
      .map(({ code }) => `(${literal(source)}, ${literal(code)})`),
  );
  await extractViews(context, sources, before, '_before');
  await extractViews(context, sources, month, '');
  await workFiles(context, sources);
  await store.sql.run(`SET VARIABLE month = ${literal(month)};
    CREATE OR REPLACE TEMP TABLE list_known_before (source VARCHAR, county VARCHAR);
    ${known.length === 0 ? '' : `INSERT INTO list_known_before VALUES ${known.join(', ')};`}
    ${readSql('export-lists.sql')}`);
  return {
    assistance: 'v_assistance',
    monitored: 'v_monitored',
    assistanceBefore: 'v_assistance_before',
    monitoredBefore: 'v_monitored_before',
    knownBefore: 'list_known_before',
    member: 'list_member',
    home: 'list_home',
    warning: 'list_warning',
    answer: 'list_answer',
    monthStart: `DATE ${literal(firstDay(month))}`,
    monthEnd: `DATE ${literal(lastDay(month))}`,
  };
}

/** A list lacking one of its datasets, or a rule that was not evaluated, would look like zero. */
async function findMissing(
  {
    store,
    month,
    divisions,
    rules: book,
  }: Pick<RunContext, 'month' | 'store' | 'divisions' | 'rules'>,
  sources: Sources,
  lists: readonly List[],
): Promise<NotExported[]> {
  const stands = coverage(sources);
  const open = await store.sql.rows<{ rule: string; county: string; missing: string }>(
    `SELECT rule, county, missing FROM not_evaluated WHERE month = ${literal(month)}`,
  );
  const inForce = new Set(rulesInForce(book).map(({ id }) => id));
  return lists.flatMap((list) =>
    divisions.counties.flatMap(({ code: county }) => {
      const rules = list.rules ?? [];
      const missing = new Set([
        ...list.needs
          .filter((source) => !stands(source, month, county))
          .map((source) => `${source} ${month}`),
        ...open
          .filter((gap) => gap.county === county && rules.includes(gap.rule))
          .map((gap) => gap.missing),
        ...rules.filter((rule) => !inForce.has(rule)).map((rule) => `rule ${rule}`),
      ]);
      return [...missing].sort().map((what) => ({ list: list.id, county, missing: what }));
    }),
  );
}

/** Everything the lists are made from. */
async function fingerprintOf(
  context: Pick<RunContext, 'month' | 'store' | 'divisions'>,
  sources: Sources,
  lists: readonly List[],
  relations: Relations,
  notExported: readonly NotExported[],
): Promise<string> {
  const { store, month, divisions } = context;
  const read = [addMonths(month, -1), month].flatMap((m) =>
    [ASSISTANCE, MONITORED].map((source) => sources.at(source, m) ?? null),
  );
  const [profiled, warned] = [
    await lastRecord(context, 'profile'),
    await lastRecord(context, 'warn'),
  ];
  const [answers] = await store.sql.rows<{ seq: string }>(
    'SELECT coalesce(max(seq), 0)::VARCHAR AS seq FROM lead_outcome',
  );
  return fingerprint([
    read.map((file) => file && [file.source, file.month, file.lake_sha256, file.counties]),
    [profiled?.fingerprint, warned?.files, answers?.seq],
    lists.map((list) => [list.id, list.recipients, list.columns, list.select(relations)]),
    [divisions.counties.map(({ code }) => code), notExported],
  ]);
}

/**
 * @returns what was sent, and the lists withheld from counties
 * @throws MonitorError `not-run`, `lake-damaged`
 */
export async function exportStep(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules' | 'progress' | 'steps'
  >,
  lists: readonly List[],
): Promise<{ readonly exported: Exported; readonly notExported: readonly NotExported[] }> {
  const { store, month, divisions, progress } = context;
  const begun = performance.now();
  const sources = await findSources(context);
  await checkRun(context, sources);
  const relations = await createRelations(context, sources);
  const notExported = await findMissing(context, sources, lists);
  const impossible = new Set(notExported.map(({ list, county }) => `${list} ${county}`));
  const print = await fingerprintOf(context, sources, lists, relations, notExported);
  const exported = await exportLists(store, {
    month,
    lists,
    relations,
    counties: divisions.counties,
    fingerprint: print,
    possible: (list, county) => !impossible.has(`${list.id} ${county}`),
    onProgress: (done, total, text) => {
      progress.item(done, total, text);
    },
  });
  const rows = exported.made.reduce((sum, version) => sum + version.rows, 0);
  const seconds = Math.round(performance.now() - begun) / 1000;
  const changed = exported.made.length > 0 || exported.putBack > 0;
  const counts = { made: exported.made.length, put_back: exported.putBack };
  context.steps.push({ step: 'exportLists', seconds, rows, changed, counts });
  progress.step(
    `exportLists · ${exported.made.length} new versions · ${seconds.toFixed(1)} s${changed ? '' : ' · nothing new'}`,
  );
  return { exported, notExported };
}
