/** One file through the reader, without a home around it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '../../../connectors/index.ts';
import { withReader, type ReadResult } from '../../../connectors/reader/child.ts';
import type { FileFormat } from '../../../files/extract/formats.ts';
import type { ChildJob } from '../../../connectors/reader/read-child.ts';
import { readExtract } from '../../../files/extract/read-extract.ts';
import { Refused } from '../../../core/refused.ts';
import type { Month } from '../../../core/month.ts';
import { withFolder } from '../doudi.ts';

export interface ReadOptions {
  readonly source?: string;
  readonly unpackedBytes?: number;
  readonly badRowShare?: number;
}

/** Without a process of its own: quick, and any error that is no refusal fails the test. */
export async function readHere(job: ChildJob): Promise<ReadResult> {
  const contract = (await loadContracts()).get(job.source);
  if (contract === undefined) throw new Error(`no connector reads ${job.source}`);
  try {
    return { kind: 'read', report: await readExtract(contract, job) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', code: error.code, reasons: [error.reason] };
  }
}

/** Puts the file into the folder. @returns what its reader is asked */
export function jobOf(
  folder: string,
  format: FileFormat,
  content: Buffer,
  options: ReadOptions = {},
): ChildJob {
  const path = join(folder, 'delivered');
  writeFileSync(path, content);
  return {
    source: options.source ?? 'education/enrolment',
    path,
    format,
    ...(options.unpackedBytes === undefined ? {} : { unpackedBytes: options.unpackedBytes }),
    month: '2026-10' as Month,
    counties: ['520102', '520103'],
    townships: [],
    badRowShare: options.badRowShare ?? 0.05,
    folder,
    out: join(folder, 'checked.parquet'),
  };
}

export const readFile = (
  format: FileFormat,
  content: Buffer,
  options: ReadOptions = {},
): Promise<ReadResult> => withFolder((folder) => readHere(jobOf(folder, format, content, options)));

/** In the throw-away child, as a run does it: for files that may end their reader. */
export const readApart = (
  format: FileFormat,
  content: Buffer,
  options: ReadOptions = {},
): Promise<ReadResult> =>
  withFolder((folder) =>
    withReader(folder, (read) => read(jobOf(folder, format, content, options))),
  );

/** Code, line and column of the first reason of a refusal; what was read otherwise. */
export function verdictOf(reading: ReadResult): readonly (string | number)[] {
  if (reading.kind === 'read') return ['read', reading.report.rows, reading.report.quarantined];
  const [reason] = reading.reasons;
  return [reading.code, reason?.line ?? -1, reason?.column ?? ''];
}

export const verdict = async (
  format: FileFormat,
  content: Buffer,
  options: ReadOptions = {},
): Promise<readonly (string | number)[]> => verdictOf(await readFile(format, content, options));
