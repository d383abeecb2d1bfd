/** A job for the disposable child: one delivered file, and where to put the result. */
import type { Month } from '../../core/month.ts';
import type { FileFormat } from './formats.ts';

export interface ReadJob {
  readonly path: string;
  /** Format by the file's name; default CSV. */
  readonly format?: FileFormat;
  /** Most bytes that a compressed file may unpack to; defaults to the home's default. */
  readonly unpackedBytes?: number;
  readonly month: Month;
  readonly counties: readonly string[];
  readonly townships: readonly string[];
  readonly badRowShare: number;
  /** The job's own folder; the result is written to `out` in it. */
  readonly folder: string;
  readonly out: string;
  /** Where to write a copy of the bad rows, in the same folder; no copy when absent. */
  readonly bad?: string;
}
