/** Entry point of the disposable child: one job in, one answer out, until it is discarded. */
import { describeError, MonitorError } from '../../core/errors.ts';
import type { RowReason } from '../../store/records.ts';
import { loadContracts } from '../index.ts';
import { Refused } from '../../core/refused.ts';
import { RefusedRows, type Findings } from '../../files/extract/refused-rows.ts';
import { readExtract, type ReadReport } from '../../files/extract/read-extract.ts';
import type { ReadJob } from '../../files/extract/read-job.ts';

export interface ChildJob extends ReadJob {
  readonly source: string;
}

export type ChildAnswer =
  | { readonly kind: 'read'; readonly report: ReadReport }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reasons: readonly RowReason[];
      /** Findings in the rows, if they are the reason. */
      readonly findings?: Omit<Findings, 'reasons'>;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

async function answer(job: ChildJob): Promise<ChildAnswer> {
  try {
    const contract = (await loadContracts()).get(job.source);
    if (contract === undefined)
      throw new MonitorError('unknown-source', `no connector reads ${job.source}`);
    return { kind: 'read', report: await readExtract(contract, job) };
  } catch (error) {
    if (error instanceof Refused) {
      const { reasons, ...findings } =
        error instanceof RefusedRows ? error.findings : { reasons: [] };
      return {
        kind: 'refused',
        code: error.code,
        reasons: [error.reason, ...reasons].slice(0, 100),
        ...('records' in findings ? { findings } : {}),
      };
    }
    const { code, message } = describeError(error);
    return { kind: 'failed', code, message };
  }
}

process.on('message', (job: ChildJob) => {
  void answer(job).then((reply) => process.send?.(reply));
});
process.once('disconnect', () => process.exit(0));
