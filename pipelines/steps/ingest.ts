/**
 * collect and ingest: takes every delivery up to the run's month, has it read in a throw-away child, checks the
 * result, and registers it as a new version in the lake. Identical bytes are skipped; a refused file leaves its
 * month unchanged. Two files are read at a time, each by a child of its own lane; a small inbox has one lane.
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withReader } from '../../connectors/reader/child.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { listInbox, type FoundDelivery } from '../../files/extract/folder.ts';
import { failpoint } from '../../core/failpoint.ts';
import { deliverAnswers } from '../../exchange/answers/deliver.ts';
import { settleReports } from '../../exchange/answers/place.ts';
import type { RunContext } from '../context.ts';
import type { FileReport } from '../report.ts';
import { conclude } from './register.ts';
import { takeDelivery, type DeliveryResult } from './take-delivery.ts';
import { takeWithdrawals } from './withdrawals.ts';

const AT_A_TIME = 2;
/** Below this size, starting a second reader takes longer than reading. */
const SMALL_INBOX_BYTES = 20_000_000;

export interface IngestReport {
  readonly files: readonly FileReport[];
  readonly strangers: readonly string[];
  readonly changed: boolean;
}

const orderOf = ({ month, agency, dataset, file }: FileReport): string =>
  [month, agency, dataset, file].join('/');

interface Sized {
  readonly delivery: FoundDelivery;
  readonly bytes: number;
}

/** Largest first, so that the lanes finish together. */
function bySize(due: readonly FoundDelivery[]): Sized[] {
  return due
    .map((delivery) => ({ delivery, bytes: statSync(delivery.path).size }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Number of readers worth starting. */
function lanesFor(sized: readonly Sized[]): number {
  const bytes = sized.reduce((sum, file) => sum + file.bytes, 0);
  return bytes < SMALL_INBOX_BYTES ? 1 : AT_A_TIME;
}

/**
 * @returns the result of every file in the inbox up to the run's month
 * @throws MonitorError `inbox` if the folder is missing, `disk-full` if there is no space for a copy
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
  const {
    deliveries,
    manifests,
    unrecognised: strangers,
  } = listInbox(context.inbox, new Set([...context.contracts.values()].map(sourceName)));
  const upToNow = ({ month }: FoundDelivery): boolean => month === null || month <= context.month;
  const withdrawn = await takeWithdrawals(
    context,
    deliveries.filter(upToNow),
    manifests.filter(upToNow),
  );
  const due = withdrawn.rest;
  context.progress.step(`ingest · ${due.length} files`);
  const files = withdrawn.reports;
  let { changed } = withdrawn;
  let done = 0;
  let turn = Promise.resolve();
  // Files are read in parallel but recorded one after the other: the ledger has one writer.
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work);
    return turn;
  };
  const finish = async (delivery: FoundDelivery, reading: DeliveryResult): Promise<void> => {
    const result = await conclude(context, delivery, reading);
    files.push(result.report);
    changed ||= result.changed;
    const { outcome, rows } = result.report;
    done += 1;
    const what = `${delivery.agency}/${delivery.dataset} ${delivery.month ?? delivery.file}`;
    const said = outcome === 'loaded' ? `${outcome} ${rows} rows` : outcome;
    context.progress.item(done, due.length, `${what} · ${said}`);
  };
  const queue = bySize(due);
  const lanes = lanesFor(queue);
  const lane = (): Promise<void> =>
    withReader(context.store.home.temporary, async (readFile) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { delivery } = next;
        const folder = join(context.store.home.temporary, `job-${due.indexOf(delivery)}`);
        const reading = await takeDelivery(context, delivery, folder, readFile);
        await inTurn(() => finish(delivery, reading));
        rmSync(folder, { recursive: true, force: true });
      }
    });
  await Promise.all(Array.from({ length: lanes }, lane));
  failpoint('reports-before-text');
  settleReports(context.store, context.contracts);
  await deliverAnswers(context, context.store);
  files.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return note({ files, strangers, changed });
}
