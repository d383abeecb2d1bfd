/**
 * The answer to a department about one file it delivered: made only from the journal's record of the file, so it
 * can be reproduced verbatim at any time. It names lines and columns, never a value.
 */
import { z } from 'zod';
import type { Contract } from '../../files/extract/contract.ts';
import { showName } from '../../transport/names.ts';
import { sha256 as digestOf } from '../../core/hash.ts';
import type { JournalRecord } from '../../store/journal.ts';
import { acceptsOf, meaningOf, titleOf } from './words.ts';

const count = z.number().int().nonnegative();

const reasonSchema = z.strictObject({
  code: z.string().describe('e.g. format, enum, identity-number (docs/answers.md)'),
  meaning: z.string().describe('The code in Chinese.'),
  line: count.describe('Line of the file, the header is line 1; 0: the file as a whole.'),
  column: z.string().describe('Column by the name of the contract; empty: the row or the file.'),
  title: z.string().describe('The column with its Chinese name.'),
  message: z.string().describe('In English, with the figures of the case.'),
  accepts: z.string().describe('What would be accepted, in English.'),
  accepts_zh: z.string().describe('What would be accepted, in Chinese.'),
});

export const reportSchema = z
  .strictObject({
    format: z.literal(1),
    agency: z.string(),
    dataset: z.string(),
    title: z.string().describe('Agency and dataset in Chinese.'),
    month: z.string().describe('YYYY-MM as in the file name; empty: the name is not a month.'),
    file: z.string().describe('Name of the file; a long number in it is written as #.'),
    sha256: z.string().nullable().describe('Digest of the file; null: it was refused unread.'),
    received_at: z.string().describe('2026-11-05T09:00:00+08:00'),
    outcome: z.enum(['accepted', 'refused']),
    version: count.nullable().describe('Version of the month; null when refused.'),
    code: z.string().nullable().describe('Why the file was refused; null when accepted.'),
    records: count.nullable().describe('Rows of the file; null: it was refused before its rows.'),
    rows: count.describe('Accepted rows; none for a refused file.'),
    quarantined: count.nullable().describe('Bad rows; null: refused before its rows.'),
    reason_counts: z.record(z.string(), count).describe('Findings per code, all of them.'),
    reasons: z.array(reasonSchema).max(100).describe('The first hundred findings.'),
    copied: count.describe('Bad rows in the XLSX copy; 0: no copy.'),
    ignored_columns: z.array(z.string()).describe('Columns not in any contract.'),
    unknown_places: count.describe('Rows taken in with an unknown township or village code.'),
  })
  .describe('doudi’s answer to a department about one file it delivered.');

export type Report = z.infer<typeof reportSchema>;

/** The published JSON Schema of a report. */
export function reportJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema);
  return { $schema, $id: 'report.schema.json', title: 'Report to a department', ...rest };
}

export type ExtractRecord = Extract<
  JournalRecord,
  { type: 'extract.registered' | 'extract.refused' }
>;

export const isExtract = (record: JournalRecord): record is ExtractRecord =>
  record.type === 'extract.registered' || record.type === 'extract.refused';

/** Name of a report without extension, below `reports/<agency>/<dataset>/`. */
export function refusalName(month: string, file: string, code: string, sha256: string): string {
  // A file refused unread has no digest.
  const digest = sha256 === '' ? digestOf(`${file}\n${code}`) : sha256;
  return `${month === '' ? 'no-month' : month}-refused-${digest.slice(0, 8)}`;
}

export const versionName = (month: string, version: number): string => `${month}-v${version}`;

export function nameOf(record: ExtractRecord): string {
  const { data } = record;
  return 'version' in data
    ? versionName(data.month, data.version)
    : refusalName(data.month, data.file, data.code, data.sha256);
}

function chinaTime(at: string): string {
  const shifted = new Date(new Date(at).getTime() + 8 * 3_600_000);
  return `${shifted.toISOString().slice(0, 19)}+08:00`;
}

export function reportOf(record: ExtractRecord, contract: Contract | undefined): Report {
  const { data } = record;
  const { agency, dataset } = data;
  const base = {
    format: 1 as const,
    agency,
    dataset,
    title: contract?.title ?? `${agency}/${dataset}`,
    month: data.month,
    file: showName(data.file),
    sha256: data.sha256 === '' ? null : data.sha256,
    received_at: chinaTime(record.at),
    reasons: data.reasons.map((reason) => ({
      code: reason.code,
      meaning: meaningOf(reason.code),
      line: reason.line,
      column: reason.column,
      title: reason.column === '' ? '' : titleOf(contract, reason.column),
      message: reason.message,
      accepts: reason.accepts,
      accepts_zh: acceptsOf(contract, reason),
    })),
  };
  if ('version' in data)
    return {
      ...base,
      outcome: 'accepted',
      version: data.version,
      code: null,
      records: data.rows + data.quarantined,
      rows: data.rows,
      quarantined: data.quarantined,
      reason_counts: { ...data.reason_counts },
      copied: data.copied ?? 0,
      ignored_columns: [...data.ignored_columns],
      unknown_places: data.unknown_places,
    };
  const { findings = null } = data;
  return {
    ...base,
    outcome: 'refused',
    version: null,
    code: data.code,
    records: findings?.records ?? null,
    rows: 0,
    quarantined: findings?.quarantined ?? null,
    reason_counts: { ...findings?.reason_counts },
    copied: findings?.copied ?? 0,
    ignored_columns: [],
    unknown_places: 0,
  };
}
