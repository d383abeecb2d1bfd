/**
 * collect and ingest: takes every delivery up to the run's month, has it read in a throw-away child, checks what
 * came out, and registers it as a new version in the lake. Same bytes are skipped, a refused file leaves its month
 * as it was. Two agencies are read at a time.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withReader, type Read } from '../../connectors/kit/child.ts';
import { lakeSchema } from '../../connectors/kit/compile.ts';
import { sourceName } from '../../connectors/kit/contract.ts';
import { listInbox, type Delivery } from '../../connectors/kit/folder.ts';
import { land } from '../../connectors/kit/land.ts';
import {
  checkDigests,
  checkRows,
  readManifest,
  type Manifest,
} from '../../connectors/kit/manifest.ts';
import { Refused } from '../../connectors/kit/prepare.ts';
import type { ReadReport } from '../../connectors/kit/read-extract.ts';
import { MonitorError } from '../../core/errors.ts';
import { failpoint } from '../../core/failpoint.ts';
import { fileDigests } from '../../core/hash.ts';
import type { Month } from '../../core/month.ts';
import { settle } from '../../core/store/files.ts';
import { lakeFile } from '../../core/store/lake.ts';
import type { Reason } from '../../core/store/records.ts';
import { literal, parquet } from '../../core/store/sql.ts';
import type { RunContext } from '../context.ts';
import type { FileReport } from '../report.ts';

const AT_A_TIME = 2;

type Reading =
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reasons: readonly Reason[];
      readonly sha256: string;
    }
  | {
      readonly kind: 'skipped';
      readonly version: number;
      readonly rows: number;
      readonly quarantined: number;
    }
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'read';
      readonly report: ReadReport;
      readonly manifest: Manifest | null;
      readonly sha256: string;
      readonly out: string;
      readonly month: Month;
    };

export interface IngestReport {
  readonly files: readonly FileReport[];
  readonly strangers: readonly string[];
  readonly changed: boolean;
}

/** A month seen for the first time need not be digested before it is copied. */
async function hasVersions(
  context: RunContext,
  { agency, dataset, month }: Delivery,
): Promise<boolean> {
  const found = await context.store.sql.rows(
    `SELECT 1 AS found FROM extract_version WHERE agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(month ?? '')} LIMIT 1`,
  );
  return found.length > 0;
}

async function versionOf(
  context: RunContext,
  delivery: Delivery,
  sha256: string,
): Promise<{ version: number; rows: number; quarantined: number } | undefined> {
  const [row] = await context.store.sql.rows<{ version: number; n: number; q: number }>(
    `SELECT version, row_count::INTEGER AS n, quarantined::INTEGER AS q FROM extract_version
     WHERE agency = ${literal(delivery.agency)} AND dataset = ${literal(delivery.dataset)} AND month = ${literal(delivery.month ?? '')}
       AND sha256 = ${literal(sha256)}`,
  );
  return row === undefined ? undefined : { version: row.version, rows: row.n, quarantined: row.q };
}

async function read(
  context: RunContext,
  delivery: Delivery,
  folder: string,
  readFile: Read,
): Promise<Reading> {
  const { config, divisions } = context;
  let sha256 = '';
  try {
    const { month } = delivery;
    if (month === null)
      throw new Refused('wrong-month', 'the name of the file is no month', {
        accepts: 'YYYY-MM.csv',
      });
    const { size } = statSync(delivery.path);
    if (size > config.limits.fileBytes) {
      throw new Refused('too-large', `the file has ${size} bytes`, {
        accepts: `at most ${config.limits.fileBytes} bytes`,
      });
    }
    const manifest = readManifest(delivery.manifestPath);
    if (await hasVersions(context, delivery)) {
      ({ sha256 } = await fileDigests(delivery.path, ['sha256']));
      const known = await versionOf(context, delivery, sha256);
      if (known !== undefined) return { kind: 'skipped', ...known };
    }
    if (manifest === null && !context.signedOff) return { kind: 'waiting' };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const copy = join(folder, 'delivered');
    const digests = await land(delivery.path, copy, manifest?.sm3 !== undefined);
    ({ sha256 } = digests);
    checkDigests(manifest, digests);
    if (!delivery.file.endsWith('.csv')) {
      throw new Refused('unreadable', 'this kind of file is not read yet', { accepts: 'CSV' });
    }
    const out = join(folder, 'checked.parquet');
    const reply = await readFile({
      source: `${delivery.agency}/${delivery.dataset}`,
      path: copy,
      month,
      counties: divisions.counties.map(({ code }) => code),
      townships: divisions.townshipCodes,
      badRowShare: config.limits.badRowShare,
      folder,
      out,
    });
    if (reply.kind === 'refused') return { ...reply, sha256 };
    checkRows(manifest, reply.report.records);
    return { kind: 'read', report: reply.report, manifest, sha256, out, month };
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'changing') return { kind: 'waiting' };
    if (!(error instanceof Refused)) throw error;
    const { code, line, column, message, accepts } = error;
    return { kind: 'refused', code, reasons: [{ code, line, column, message, accepts }], sha256 };
  }
}

/** Looks at the child's Parquet again before it is believed: schema, count, required columns, counties. */
async function recheck(
  context: RunContext,
  source: string,
  reading: Extract<Reading, { kind: 'read' }>,
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
  const inProvince =
    'county' in contract.row.shape
      ? `count(*) FILTER (county IS NULL OR county NOT IN (SELECT unnest([${context.divisions.counties.map(({ code }) => literal(code)).join(', ')}])))::INTEGER`
      : '0';
  const [row] = await sql.rows<{ n: number; outside: number }>(
    `SELECT count(*)::INTEGER AS n, ${inProvince} AS outside FROM ${file}`,
  );
  if (!same || row?.n !== reading.report.rows || row.outside !== 0) {
    throw new Refused(
      'unreadable',
      'what the reading process handed over does not fit its report',
      { accepts: 'a file that is read the same twice' },
    );
  }
}

async function register(
  context: RunContext,
  delivery: Delivery,
  reading: Extract<Reading, { kind: 'read' }>,
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

/** Writes a refusal down unless the same bytes were refused for the same reason before. */
async function refuse(
  context: RunContext,
  delivery: Delivery,
  code: string,
  reasons: readonly Reason[],
  sha256: string,
): Promise<{ report: FileReport; changed: boolean }> {
  const { agency, dataset, file } = delivery;
  const month = delivery.month ?? ('' as Month);
  const [known] = await context.store.sql.rows(
    `SELECT 1 AS known FROM extract_refusal WHERE agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(month)}
     AND file = ${literal(file)} AND sha256 = ${literal(sha256)} AND code = ${literal(code)} LIMIT 1`,
  );
  if (known === undefined)
    await context.store.commit('extract.refused', {
      agency,
      dataset,
      month,
      file,
      sha256,
      code,
      reasons,
    });
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

async function conclude(
  context: RunContext,
  delivery: Delivery,
  reading: Reading,
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
          reasons: [],
        },
        changed: false,
      };
    case 'refused':
      return refuse(context, delivery, reading.code, reading.reasons, reading.sha256);
    case 'read':
      try {
        return { report: await register(context, delivery, reading), changed: true };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { code, line, column, message, accepts } = error;
        return refuse(
          context,
          delivery,
          code,
          [{ code, line, column, message, accepts }],
          reading.sha256,
        );
      }
  }
}

const orderOf = ({ month, agency, dataset, file }: FileReport): string =>
  [month, agency, dataset, file].join('/');

/** Deliveries by agency, the agency with most bytes first, so that the two lanes end together. */
function byAgency(due: readonly Delivery[]): Delivery[][] {
  const groups = new Map<string, { bytes: number; deliveries: Delivery[] }>();
  for (const delivery of due) {
    const group = groups.get(delivery.agency) ?? { bytes: 0, deliveries: [] };
    groups.set(delivery.agency, group);
    group.bytes += statSync(delivery.path).size;
    group.deliveries.push(delivery);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes).map(({ deliveries }) => deliveries);
}

/**
 * @returns what became of every file of the inbox up to the run's month
 * @throws MonitorError `inbox` when the folder is missing, `disk-full` when there is no space for a copy
 */
export async function ingest(context: RunContext): Promise<IngestReport> {
  const begun = performance.now();
  const note = (report: IngestReport): IngestReport => {
    const loaded = report.files.filter(({ outcome }) => outcome === 'loaded');
    const rows = loaded.reduce((sum, file) => sum + file.rows, 0);
    const seconds = Math.round(performance.now() - begun) / 1000;
    const count = (wanted: FileReport['outcome']): number =>
      report.files.filter(({ outcome }) => outcome === wanted).length;
    const counts = {
      loaded: loaded.length,
      skipped: count('skipped'),
      waiting: count('waiting'),
      refused: count('refused'),
    };
    context.steps.push({ step: 'ingest', seconds, rows, changed: report.changed, counts });
    return report;
  };
  if (context.inbox === null) return note({ files: [], strangers: [], changed: false });
  const { deliveries, strangers } = listInbox(
    context.inbox,
    new Set([...context.contracts.values()].map(sourceName)),
  );
  const due = deliveries.filter(({ month }) => month === null || month <= context.month);
  context.progress.step(`ingest · ${due.length} files`);
  const files: FileReport[] = [];
  let changed = false;
  let turn = Promise.resolve();
  // Files are read side by side but written down one after the other: the ledger has one writer.
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work);
    return turn;
  };
  const finish = async (delivery: Delivery, reading: Reading): Promise<void> => {
    const result = await conclude(context, delivery, reading);
    files.push(result.report);
    changed ||= result.changed;
    const { outcome, rows } = result.report;
    const what = `${delivery.agency}/${delivery.dataset} ${delivery.month ?? delivery.file}`;
    const said = outcome === 'loaded' ? `${outcome} ${rows} rows` : outcome;
    context.progress.item(files.length, due.length, `${what} · ${said}`);
  };
  const takeAgency = (deliveries: readonly Delivery[]): Promise<void> =>
    withReader(context.store.home.temporary, async (readFile) => {
      for (const delivery of deliveries) {
        const folder = join(context.store.home.temporary, `job-${due.indexOf(delivery)}`);
        const reading = await read(context, delivery, folder, readFile);
        await inTurn(() => finish(delivery, reading));
        rmSync(folder, { recursive: true, force: true });
      }
    });
  const agencies = byAgency(due);
  const lane = async (): Promise<void> => {
    for (let next = agencies.shift(); next !== undefined; next = agencies.shift())
      await takeAgency(next);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  files.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return note({ files, strangers, changed });
}
