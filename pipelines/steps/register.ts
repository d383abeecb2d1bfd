/** Records the result of a delivery: a new version in the lake, or a refusal. */
import { dirname, join } from 'node:path';
import type { BadRows } from '../../files/extract/bad-rows.ts';
import { factsOf } from '../../files/extract/columns.ts';
import { lakeSchema } from '../../files/extract/compile.ts';
import type { FoundDelivery } from '../../files/extract/folder.ts';
import { Refused } from '../../core/refused.ts';
import { MonitorError } from '../../core/errors.ts';
import { failpoint } from '../../core/failpoint.ts';
import { fileDigests } from '../../core/hash.ts';
import type { Month } from '../../core/month.ts';
import { settle } from '../../store/files.ts';
import { lakeFile } from '../../store/lake.ts';
import { identifier, literal, parquet, textList } from '../../store/sql.ts';
import { originOf } from '../../exchange/answers/origin.ts';
import { settleCopy } from '../../exchange/answers/place.ts';
import { refusalName, versionName } from '../../exchange/answers/report.ts';
import { writeCopy } from '../../exchange/answers/copy.ts';
import type { RunContext } from '../context.ts';
import type { FileReport } from '../report.ts';
import type { DeliveryResult } from './take-delivery.ts';

/**
 * Puts the copy of the bad rows into the home, before the record that refers to it.
 * @returns its number of rows; 0 if there is no copy
 */
async function keepCopy(
  { contracts, store }: Pick<RunContext, 'store' | 'contracts'>,
  { agency, dataset, month }: FoundDelivery,
  name: string,
  found: { readonly bad_rows: BadRows | null; readonly quarantined: number } | undefined,
  bad: string,
): Promise<number> {
  const contract = contracts.get(`${agency}/${dataset}`);
  if (contract === undefined) return 0;
  const rows = found?.bad_rows ?? null;
  if (found === undefined || rows === null || rows.copied === 0) {
    settleCopy(store.home, contract, name, null);
    return 0;
  }
  const draft = join(dirname(bad), 'bad.xlsx');
  const about = `${contract.title}（${agency}/${dataset}） ${month ?? ''}`;
  await writeCopy(store.sql, contract, bad, rows, { about, all: found.quarantined }, draft);
  settleCopy(store.home, contract, name, draft);
  failpoint('report-after-settle');
  return rows.copied;
}

/** Rechecks the child's Parquet before trusting it: schema, count, required columns, counties. */
async function recheck(
  context: Pick<RunContext, 'store' | 'divisions' | 'contracts'>,
  source: string,
  reading: Extract<DeliveryResult, { kind: 'read' }>,
): Promise<void> {
  const contract = context.contracts.get(source);
  if (contract === undefined)
    throw new MonitorError('unknown-source', `no connector reads ${source}`);
  const { sql } = context.store;
  const file = parquet(reading.out);
  const schema = await sql.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${file}`,
  );
  const expected = lakeSchema(contract, reading.month);
  const same =
    schema.length === expected.length &&
    schema.every(
      ({ column_name, column_type }, i) =>
        column_name === expected[i]?.name && column_type === expected[i].type,
    );
  const required = Object.entries(contract.row.shape).filter(
    ([, column]) => factsOf(column).required,
  );
  const counties = textList(context.divisions.counties.map(({ code }) => code));
  const wrong = [
    ...required.map(([name]) => `${identifier(name)} IS NULL`),
    ...('county' in contract.row.shape ? [`county NOT IN (SELECT unnest(${counties}))`] : []),
  ];
  const [row] = await sql.rows<{ n: number; wrong: number }>(
    `SELECT count(*)::INTEGER AS n, (count(*) FILTER (${wrong.join(' OR ')}))::INTEGER AS wrong FROM ${file}`,
  );
  if (!same || row?.n !== reading.report.rows || row.wrong !== 0) {
    throw new Refused('unreadable', 'the reading process’s output does not match its report', {
      accepts: 'a file that is read the same twice',
    });
  }
}

async function register(
  context: Pick<RunContext, 'store' | 'config' | 'divisions' | 'contracts' | 'log' | 'inbox'>,
  delivery: FoundDelivery,
  reading: Extract<DeliveryResult, { kind: 'read' }>,
): Promise<FileReport> {
  const { store } = context;
  const { agency, dataset, file } = delivery;
  const { report, month } = reading;
  await recheck(context, `${agency}/${dataset}`, reading);
  const [last] = await store.sql.rows<{ version: number }>(
    `SELECT max(version) AS version FROM extract_version WHERE agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(month)} HAVING count(*) > 0`,
  );
  const version = (last?.version ?? 0) + 1;
  const { sha256: lake_sha256 } = await fileDigests(reading.out, ['sha256']);
  settle(reading.out, lakeFile(store.home, { agency, dataset, month }, version));
  failpoint('lake-after-settle');
  const { rows, quarantined, reason_counts, reasons, ignored_columns, unknown_places } = report;
  const name = versionName(month, version);
  const copied = await keepCopy(context, delivery, name, report, reading.bad);
  await store.commit('extract.registered', {
    agency,
    dataset,
    month,
    version,
    file,
    sha256: reading.sha256,
    lake_sha256,
    rows,
    quarantined,
    reason_counts,
    reasons,
    ignored_columns,
    counties: reading.manifest?.counties ?? null,
    unknown_places,
    origin: originOf(context),
    copied,
  });
  context.log.info({ agency, dataset, month, version, rows, quarantined }, 'extract registered');
  return {
    agency,
    dataset,
    month,
    file,
    version,
    outcome: 'loaded',
    rows,
    quarantined,
    reasons,
    reason_counts,
    ignored_columns,
    unknown_places,
  };
}

type Refusal = Extract<DeliveryResult, { kind: 'refused' }>;

/** Records a refusal unless the same bytes were refused for the same reason before. */
async function refuse(
  context: Pick<RunContext, 'store' | 'config' | 'contracts' | 'log' | 'inbox'>,
  delivery: FoundDelivery,
  { code, reasons, sha256, findings, bad = '' }: Omit<Refusal, 'kind'>,
): Promise<{ report: FileReport; changed: boolean }> {
  const { agency, dataset, file } = delivery;
  const month = delivery.month ?? ('' as Month);
  const [known] = await context.store.sql.rows(
    `SELECT 1 AS known FROM extract_refusal WHERE agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(month)}
     AND file = ${literal(file)} AND sha256 = ${literal(sha256)} AND code = ${literal(code)} LIMIT 1`,
  );
  if (known === undefined) {
    const name = refusalName(month, file, code, sha256);
    const copied = await keepCopy(context, delivery, name, findings, bad);
    const { records = 0, quarantined = 0, reason_counts = {} } = findings ?? {};
    await context.store.commit('extract.refused', {
      agency,
      dataset,
      month,
      file,
      sha256,
      code,
      reasons,
      origin: originOf(context),
      findings: findings === undefined ? null : { records, quarantined, reason_counts, copied },
    });
  }
  context.log.warn({ agency, dataset, month, code }, 'extract refused');
  return {
    report: {
      agency,
      dataset,
      month,
      file,
      version: null,
      outcome: 'refused',
      rows: 0,
      quarantined: 0,
      code,
      reasons,
    },
    changed: known === undefined,
  };
}

/** @returns the file's line in the report, and whether anything new was recorded */
export async function conclude(
  context: Pick<RunContext, 'store' | 'config' | 'divisions' | 'contracts' | 'log' | 'inbox'>,
  delivery: FoundDelivery,
  reading: DeliveryResult,
): Promise<{ report: FileReport; changed: boolean }> {
  const { agency, dataset, file } = delivery;
  const base = { agency, dataset, month: delivery.month ?? '', file };
  switch (reading.kind) {
    case 'skipped':
      return {
        report: {
          ...base,
          version: reading.version,
          outcome: 'skipped',
          rows: reading.rows,
          quarantined: reading.quarantined,
          reasons: [],
        },
        changed: false,
      };
    case 'waiting':
      return {
        report: {
          ...base,
          version: null,
          outcome: 'waiting',
          rows: 0,
          quarantined: 0,
          code: reading.reason.code,
          reasons: [reading.reason],
        },
        changed: false,
      };
    case 'refused':
      return refuse(context, delivery, reading);
    case 'read':
      try {
        return { report: await register(context, delivery, reading), changed: true };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { code, reason } = error;
        return refuse(context, delivery, { code, reasons: [reason], sha256: reading.sha256 });
      }
  }
}
