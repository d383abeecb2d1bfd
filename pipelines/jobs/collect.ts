/** collect: takes in what one source has delivered; when that changes a month already run, the month is run again. */
import { sourceName, type Contract } from '../../connectors/kit/contract.ts';
import type { Month } from '../../core/month.ts';
import { literal } from '../../core/store/sql.ts';
import type { Store } from '../../core/store/store.ts';
import { exportMonth } from '../export-lists.ts';
import { gatherSources } from '../gather-sources.ts';
import { runMonth } from '../monthly.ts';
import { runContext, type Office } from '../office.ts';
import type { Progress } from '../progress.ts';
import type { FileReport } from '../report.ts';
import type { Job } from '../schedule.ts';
import { ingest } from '../steps/ingest.ts';

async function stands(store: Store, contract: Contract, month: Month): Promise<boolean> {
  const rows = await store.sql.rows(
    `SELECT 1 AS there FROM extract_version WHERE agency = ${literal(contract.agency)} AND dataset = ${literal(contract.dataset)} AND month = ${literal(month)} LIMIT 1`,
  );
  return rows.length > 0;
}

/** Whether the month was run before what now stands of the source came in; the ledger knows, also after a crash. */
async function isBehind(store: Store, contract: Contract, month: Month): Promise<boolean> {
  const rows = await store.sql.rows(`
    SELECT 1 AS behind FROM (SELECT max(seq) AS seq FROM step_record WHERE step = 'warn' AND month = ${literal(month)}) run
    JOIN extract_version v ON v.seq > run.seq
    WHERE v.agency = ${literal(contract.agency)} AND v.dataset = ${literal(contract.dataset)} AND v.month <= ${literal(month)} LIMIT 1`);
  return rows.length > 0;
}

/** Whether the month's lists have gone out by the calendar: then a correction sends the next version after them. */
async function listsWent(store: Store, month: Month): Promise<boolean> {
  const rows = await store.sql.rows(
    `SELECT 1 AS went FROM job_run WHERE job = 'lists' AND month = ${literal(month)} LIMIT 1`,
  );
  return rows.length > 0;
}

export function collectJob(
  contract: Contract,
  store: Store,
  office: Office,
  progress: Progress,
): Job {
  const source = sourceName(contract);
  const { collect, collectOf } = office.config.schedule;
  return {
    name: `collect ${source}`,
    title: `收取${contract.title}`,
    pattern: collectOf[source] ?? collect,
    again: true,
    async work(month) {
      const context = runContext(office, store, month, undefined, progress);
      const { folders, failed } = await gatherSources(office, store, source, month);
      const contracts = new Map([[source, contract]]);
      const files: FileReport[] = [];
      for (const inbox of folders)
        files.push(...(await ingest({ ...context, inbox, contracts })).files);
      // Late or corrected data must not wait for next month's run: someone is waiting for a visit.
      if (await isBehind(store, contract, month)) {
        await runMonth({ ...context, inbox: null, steps: [] });
        if (await listsWent(store, month))
          await exportMonth({ ...context, inbox: null, steps: [] });
      }
      if (!(await stands(store, contract, month))) {
        if (failed !== null) throw failed;
        return null;
      }
      return { files: files.filter(({ outcome }) => outcome === 'loaded').length };
    },
  };
}
