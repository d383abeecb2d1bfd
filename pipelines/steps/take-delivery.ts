/**
 * Takes one delivery: a copy with its digests, the manifest's statement about it, and what the throw-away child
 * reads.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Read } from '../../connectors/reader/child.ts';
import type { FoundDelivery } from '../../files/extract/folder.ts';
import { FORMATS, formatOf } from '../../files/extract/formats.ts';
import { land } from '../../files/extract/land.ts';
import {
  checkDigests,
  checkRows,
  readManifest,
  type Manifest,
} from '../../files/extract/manifest.ts';
import { Refused } from '../../core/refused.ts';
import type { Findings } from '../../files/extract/refused-rows.ts';
import type { ReadReport } from '../../files/extract/read-extract.ts';
import { MonitorError } from '../../core/errors.ts';
import { fileDigests } from '../../core/hash.ts';
import type { Month } from '../../core/month.ts';
import type { RowReason } from '../../store/records.ts';
import { literal } from '../../store/sql.ts';
import type { RunContext } from '../context.ts';
import { lookWithoutManifest, waitsFor, weighWithoutManifest } from './without-manifest.ts';

/** The result of a delivery before anything is recorded. */
export type DeliveryResult =
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reasons: readonly RowReason[];
      readonly sha256: string;
      /** Findings in the rows, if they are the reason. */
      readonly findings?: Omit<Findings, 'reasons'>;
      /** Copy of the bad rows referred to by `findings`. */
      readonly bad?: string;
    }
  | {
      readonly kind: 'skipped';
      readonly version: number;
      readonly rows: number;
      readonly quarantined: number;
    }
  | { readonly kind: 'waiting'; readonly reason: RowReason }
  | {
      readonly kind: 'read';
      readonly report: ReadReport;
      readonly manifest: Manifest | null;
      readonly sha256: string;
      readonly out: string;
      /** Copy of the bad rows referred to by the report. */
      readonly bad: string;
      readonly month: Month;
    };

/** For a month seen for the first time the file need not be digested before it is copied. */
async function hasVersions(
  context: Pick<RunContext, 'store'>,
  { agency, dataset, month }: FoundDelivery,
): Promise<boolean> {
  const found = await context.store.sql.rows(
    `SELECT 1 AS found FROM extract_version WHERE agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(month ?? '')} LIMIT 1`,
  );
  return found.length > 0;
}

async function versionOf(
  context: Pick<RunContext, 'store'>,
  delivery: FoundDelivery,
  sha256: string,
): Promise<{ version: number; rows: number; quarantined: number } | undefined> {
  const [row] = await context.store.sql.rows<{ version: number; n: number; q: number }>(
    `SELECT version, row_count::INTEGER AS n, quarantined::INTEGER AS q FROM extract_version
     WHERE agency = ${literal(delivery.agency)} AND dataset = ${literal(delivery.dataset)} AND month = ${literal(delivery.month ?? '')}
       AND sha256 = ${literal(sha256)}`,
  );
  return row === undefined ? undefined : { version: row.version, rows: row.n, quarantined: row.q };
}

/**
 * @param folder for this delivery alone
 * @throws MonitorError if the machine, not the file, is at fault
 */
export async function takeDelivery(
  context: Pick<RunContext, 'store' | 'config' | 'divisions' | 'signedOff'>,
  delivery: FoundDelivery,
  folder: string,
  readFile: Read,
): Promise<DeliveryResult> {
  const { config, divisions } = context;
  let sha256 = '';
  try {
    const { month } = delivery;
    if (month === null)
      throw new Refused('wrong-month', 'the file name is not a month', {
        accepts: `YYYY-MM.${FORMATS.join(', YYYY-MM.')}`,
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
    const withoutManifest = manifest === null && !context.signedOff;
    const early = withoutManifest ? await lookWithoutManifest(context, delivery) : null;
    if (early !== null) return { kind: 'waiting', reason: early };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const copy = join(folder, 'delivered');
    const digests = await land(delivery.path, copy, manifest?.sm3 !== undefined);
    ({ sha256 } = digests);
    checkDigests(manifest, digests);
    const format = formatOf(delivery.file);
    if (format === null)
      throw new Refused('unreadable', 'this kind of file is not supported', {
        accepts: FORMATS.join(', '),
      });
    const out = join(folder, 'checked.parquet');
    const bad = join(folder, 'bad.parquet');
    const reply = await readFile({
      source: `${delivery.agency}/${delivery.dataset}`,
      path: copy,
      format,
      unpackedBytes: config.limits.fileBytes,
      month,
      counties: divisions.counties.map(({ code }) => code),
      townships: divisions.townshipCodes,
      badRowShare: config.limits.badRowShare,
      folder,
      out,
      bad,
    });
    if (reply.kind === 'refused') return { ...reply, sha256, bad };
    checkRows(manifest, reply.report.records);
    const late = withoutManifest
      ? await weighWithoutManifest(context, delivery, statSync(copy).size, reply.report.rows)
      : null;
    if (late !== null) return { kind: 'waiting', reason: late };
    return { kind: 'read', report: reply.report, manifest, sha256, out, bad, month };
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'changing')
      return { kind: 'waiting', reason: waitsFor(error.code, error.message) };
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', code: error.code, reasons: [error.reason], sha256 };
  }
}
