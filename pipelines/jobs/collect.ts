/** collect: takes in what one source has delivered; past months that read it are re-evaluated. */
import { sourceName, type Contract } from '../../files/extract/contract.ts';
import type { Month } from '../../core/month.ts';
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { exportMonth } from '../export-lists.ts';
import { gatherSources } from '../gather-sources.ts';
import { correctMonths } from '../corrections.ts';
import { evaluateMonth } from '../monthly.ts';
import { runContext } from '../deployment.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import type { Progress } from '../progress.ts';
import type { FileReport } from '../report.ts';
import type { Job } from '../schedule.ts';
import { ingest } from '../steps/ingest.ts';
import { refreshPublished } from '../../published/publish.ts';

async function stands(store: Store, contract: Contract, month: Month): Promise<boolean> {
  const rows = await store.sql.rows(
    `SELECT 1 AS there FROM extract_standing WHERE agency = ${literal(contract.agency)} AND dataset = ${literal(contract.dataset)} AND month = ${literal(month)} LIMIT 1`,
  );
  return rows.length > 0;
}

/**
 * Months whose scheduled lists went out before their data were re-evaluated, or before an extract they compare with
 * came in: their next versions are due. Derived from the ledger, so it also holds after a crash in between.
 */
async function listsBehind(store: Store): Promise<Month[]> {
  const rows = await store.sql.rows<{ month: Month }>(`
    WITH sent AS (
      SELECT j.month, strftime((j.month || '-01')::DATE - INTERVAL 1 MONTH, '%Y-%m') AS before,
        coalesce((SELECT max(seq) FROM step_record s WHERE s.month = j.month AND s.step = 'exportLists'), 0) AS seq
      FROM job_run j WHERE j.job = 'lists'
    ), news AS (
      SELECT month, seq FROM step_record WHERE step = 'warn'
      UNION ALL SELECT month, seq FROM extract_version UNION ALL SELECT month, seq FROM extract_withdrawal
    )
    SELECT DISTINCT sent.month FROM sent JOIN news ON news.month IN (sent.month, sent.before) AND news.seq > sent.seq ORDER BY sent.month`);
  return rows.map(({ month }) => month);
}

export function collectJob(
  contract: Contract,
  store: Store,
  deployment: Deployment,
  progress: Progress,
): Job {
  const source = sourceName(contract);
  const { collect, collectOf } = deployment.config.schedule;
  return {
    name: `collect ${source}`,
    title: `收取${contract.title}`,
    pattern: collectOf[source] ?? collect,
    again: true,
    async work(month) {
      const context = runContext(deployment, store, month, undefined, progress);
      const { folders, failed } = await gatherSources(deployment, store, source, month);
      const contracts = new Map([[source, contract]]);
      const files: FileReport[] = [];
      for (const inbox of folders)
        files.push(...(await ingest({ ...context, inbox, contracts })).files);
      // Late or corrected data must not wait for next month's run: someone is waiting for a visit.
      await correctMonths({ ...context, inbox: null, steps: [] }, evaluateMonth);
      await refreshPublished(store, deployment);
      for (const behind of await listsBehind(store))
        await exportMonth({ ...context, month: behind, steps: [] });
      if (!(await stands(store, contract, month))) {
        if (failed !== null) throw failed;
        return null;
      }
      return { files: files.filter(({ outcome }) => outcome === 'loaded').length };
    },
  };
}
