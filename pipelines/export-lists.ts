/** The monthly exchange of lists: once a month has been run, each county's lists for its departments. */
import { loadLists } from '../exchange/index.ts';
import type { Damage } from '../exchange/export.ts';
import { listVersions, newestOf } from '../exchange/version.ts';
import type { RunContext } from './context.ts';
import { requireSignOff } from '../warnings/alarms.ts';
import { exportStep, type NotExported } from './steps/export-lists.ts';

interface ListReport {
  readonly list: string;
  readonly title: string;
  readonly recipient: string;
  /** Counties with a current list, including empty lists. */
  readonly counties: number;
  /** Rows of the newest versions. */
  readonly rows: number;
  /** New versions sent now. */
  readonly changed_files: number;
}

/** The answer of `doudi lists export --json`. */
export interface ListsReport {
  readonly month: string;
  readonly changed: boolean;
  readonly lists: readonly ListReport[];
  readonly not_exported: readonly NotExported[];
  /** Files of earlier exports that were restored to their place. */
  readonly put_back: number;
  /** Files of the month that are lost, or were altered since they were sent. */
  readonly damaged: readonly Damage[];
}

/**
 * @returns the answer of `doudi lists export --json`
 * @throws MonitorError `not-run` if the month was not run or its extracts have changed since, `lake-damaged`,
 * `alarm` if a rule's count was unusual and nobody has signed the month off
 */
export async function exportMonth(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules' | 'progress' | 'steps'
  >,
): Promise<ListsReport> {
  const { month } = context;
  const lists = await loadLists();
  return context.store.task(async (store) => {
    await requireSignOff({ ...context, store });
    const { exported, notExported } = await exportStep({ ...context, store }, lists);
    const without = new Set(notExported.map(({ list, county }) => `${list} ${county}`));
    const standing = [...newestOf(await listVersions(store.sql, month)).values()].filter(
      ({ list, county }) => !without.has(`${list} ${county}`),
    );
    return {
      month,
      changed: exported.made.length > 0 || exported.putBack > 0,
      lists: lists.flatMap(({ id, title, recipients }) =>
        recipients.map((recipient) => {
          const ours = (v: { list: string; recipient: string }): boolean =>
            v.list === id && v.recipient === recipient;
          const newest = standing.filter(ours);
          return {
            list: id,
            title,
            recipient,
            counties: newest.length,
            rows: newest.reduce((sum, { rows }) => sum + rows, 0),
            changed_files: exported.made.filter(ours).length,
          };
        }),
      ),
      not_exported: notExported,
      put_back: exported.putBack,
      damaged: exported.damaged,
    };
  });
}
