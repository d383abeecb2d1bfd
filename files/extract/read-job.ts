/** What the owner asks of the throw-away child: one delivered file, and where its result is to be put. */
import type { Month } from '../../core/month.ts';
import type { FileFormat } from './formats.ts';

export interface ReadJob {
  readonly path: string;
  /** What the file's name says it is; CSV otherwise. */
  readonly format?: FileFormat;
  /** Most bytes that a packed file may unpack to; the default of the home otherwise. */
  readonly unpackedBytes?: number;
  readonly month: Month;
  readonly counties: readonly string[];
  readonly townships: readonly string[];
  readonly badRowShare: number;
  /** A folder of the job's own; the result is written to `out` in it. */
  readonly folder: string;
  readonly out: string;
  /** Where a copy of the bad rows is put, in the same folder; without it none is made. */
  readonly bad?: string;
}
