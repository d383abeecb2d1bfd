/**
 * Delivers answers to the departments: the newest for each month handed in, recorded as delivered at most once.
 * What cannot be delivered stays due, and the calendar retries it.
 */
import { putInFolder, putOnServer, type Enclosure } from '../../transport/beside.ts';
import { isOfWholeSource } from '../../transport/fault.ts';
import { reportName } from '../../files/extract/report-name.ts';
import type { Config } from '../../core/config.ts';
import { describeError, MonitorError } from '../../core/errors.ts';
import { failpoint } from '../../core/failpoint.ts';
import type { Log } from '../../core/log.ts';
import type { ReportDelivery } from '../../store/records.ts';
import { literal, type Sql } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { sendSigned } from '../../transport/webhook.ts';
import { originsOf, type Origin } from './origin.ts';
import { KINDS, readReport } from './place.ts';
import { isExtract, type ExtractRecord } from './report.ts';

/** Includes a workbook of fifty thousand rows where requested. */
const ANSWER_MS = 60_000;

/** After one of these errors the receiver's other answers are not tried. */
const UNREACHED = new Set(['webhook-unreachable', 'webhook-silent', 'webhook-secret']);

export interface DueAnswer {
  readonly record: ExtractRecord;
  readonly origin: Origin & { readonly answer: NonNullable<Origin['answer']> };
  /** Error code of the last attempt; null: not attempted yet. */
  readonly failed: string | null;
}

/** Last delivery result per answer, keyed by the journal number of the record it answers. */
export async function readDeliveries(
  sql: Sql,
): Promise<Map<number, ReportDelivery & { readonly at: string }>> {
  const rows = await sql.rows<ReportDelivery & { readonly at: string }>(
    `SELECT record::INTEGER AS record, origin, channel, outcome, code, recorded_at AS at FROM report_delivery
     QUALIFY row_number() OVER (PARTITION BY record ORDER BY seq DESC) = 1`,
  );
  return new Map(rows.map((row) => [row.record, row]));
}

/** The newest extract of each month that came from a source; older answers would only mislead. */
function newest(store: Store): ExtractRecord[] {
  const found = new Map<string, ExtractRecord>();
  for (const record of store.records.filter(isExtract)) {
    const { agency, dataset, month, file, origin = null } = record.data;
    // Files whose name is not a month are unrelated to each other.
    const key = [origin, agency, dataset, month === '' ? file : month].join('/');
    // Delete and set again, to keep the order of the journal.
    found.delete(key);
    if (origin !== null) found.set(key, record);
  }
  return [...found.values()];
}

/** What is due for delivery, oldest first. */
export async function dueAnswers(config: Config, store: Store): Promise<DueAnswer[]> {
  const origins = originsOf(config);
  const deliveries = await readDeliveries(store.sql);
  return newest(store).flatMap((record) => {
    const origin = origins.find(({ name }) => name === record.data.origin);
    if (origin === undefined || origin.answer === null) return [];
    const last = deliveries.get(record.seq);
    if (last?.outcome === 'done') return [];
    return [
      { record, origin: { ...origin, answer: origin.answer }, failed: last?.code ?? null } as const,
    ];
  });
}

async function send(
  store: Store,
  { record, origin }: DueAnswer,
  signal: AbortSignal,
): Promise<void> {
  const { home, clock } = store;
  const { agency, dataset, file } = record.data;
  const { answer, place } = origin;
  const bytes = (kind: (typeof KINDS)[number]): Buffer | null => readReport(home, record, kind);
  if (answer.to === 'webhook') {
    const report = JSON.parse(bytes('json')?.toString('utf8') ?? '{}') as object;
    const rows = answer.withRows ? bytes('xlsx') : null;
    const body = rows === null ? report : { ...report, xlsx_base64: rows.toString('base64') };
    // The record's digest is unique: a receiver serving several homes can tell their answers apart.
    return sendSigned(answer, `answer-${record.hash.slice(0, 32)}`, body, clock, ANSWER_MS);
  }
  const enclosures = KINDS.map((kind): Enclosure => ({
    name: reportName(file, kind),
    bytes: bytes(kind),
  }));
  const beside = { file, source: `${agency}/${dataset}`, enclosures };
  if (place.kind === 'folder') putInFolder(place.path, beside);
  else if (place.kind === 'sftp') await putOnServer(place, beside, signal);
  else throw new MonitorError('config', 'a web server cannot be written to');
}

/** Records the result unless it equals the last one. */
async function note(
  store: Store,
  { record, origin }: DueAnswer,
  outcome: ReportDelivery['outcome'],
  code: string,
): Promise<void> {
  await store.alone(async ({ sql, commit }) => {
    const [last] = await sql.rows<{ outcome: string; code: string }>(
      `SELECT outcome, code FROM report_delivery WHERE record = ${record.seq} AND origin = ${literal(origin.name)}
       ORDER BY seq DESC LIMIT 1`,
    );
    if (last?.outcome === outcome && last.code === code) return;
    const channel = origin.answer.to;
    await commit('report.delivery', {
      record: record.seq,
      origin: origin.name,
      channel,
      outcome,
      code,
    });
  });
}

/**
 * @returns number delivered, and number still due
 * @throws MonitorError only if this machine is at fault
 */
export async function deliverAnswers(
  { config, log }: { readonly config: Config; readonly log: Log },
  store: Store,
  signal = new AbortController().signal,
): Promise<{ readonly delivered: number; readonly failed: number }> {
  const counts = { delivered: 0, failed: 0 };
  // An unreachable receiver is not tried again for its remaining answers.
  const down = new Map<string, string>();
  for (const due of await dueAnswers(config, store)) {
    const { name } = due.origin;
    const { agency, dataset, month } = due.record.data;
    let code = down.get(name) ?? '';
    try {
      if (code === '') {
        await send(store, due, signal);
        failpoint('answer-after-send');
      }
    } catch (error) {
      if (!(error instanceof MonitorError) || error.severity !== 'retry') throw error;
      ({ code } = describeError(error));
      if (isOfWholeSource(error) || UNREACHED.has(code)) down.set(name, code);
      log.warn({ source: name, agency, dataset, month, code }, 'an answer cannot be delivered');
    }
    await note(store, due, code === '' ? 'done' : 'failed', code);
    if (code === '') counts.delivered += 1;
    else counts.failed += 1;
  }
  return counts;
}
