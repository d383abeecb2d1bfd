/** Updates every source that delivers a dataset, and returns the folders of its deliveries. */
import { existsSync } from 'node:fs';
import { datasetsOf, folderOf, gather } from '../transport/gather.ts';
import { MonitorError } from '../core/errors.ts';
import type { Month } from '../core/month.ts';
import type { Source } from '../core/sources.ts';
import type { Store } from '../store/store.ts';
import type { Deployment } from '../warnings/deployment.ts';

export interface Gathered {
  /** The inbox and every source; missing ones are left out. */
  readonly folders: readonly string[];
  /** The first source that could not be used; its earlier deliveries are still in its folder. */
  readonly failed: MonitorError | null;
}

/** @throws MonitorError only if this machine is at fault; a source that is down does not affect the others */
export async function gatherSources(
  { config, log }: Pick<Deployment, 'config' | 'log'>,
  store: Store,
  dataset: string,
  month: Month,
): Promise<Gathered> {
  let failed: MonitorError | null = null;
  const bring = async (source: Source): Promise<void> => {
    try {
      const report = await gather(source, new Set([dataset]), {
        home: store.home.root,
        until: month,
        fileBytes: config.limits.fileBytes,
        clock: store.clock,
      });
      // Names come from outside and stay in the report; the log has counts and codes.
      if (report !== null)
        log.info(
          {
            source: source.name,
            dataset,
            fetched: report.fetched,
            refused: report.refused.length,
            codes: [...new Set(report.refused.map(({ code }) => code))].join(' '),
          },
          'a source was mirrored',
        );
    } catch (error) {
      if (!(error instanceof MonitorError) || error.severity !== 'retry') throw error;
      log.warn({ source: source.name, dataset, code: error.code }, 'a source cannot be used');
      failed ??= error;
    }
  };
  const sources = config.sources.filter((source) => datasetsOf(source, [dataset]).has(dataset));
  for (const source of sources) await bring(source);
  const folders = [
    ...(config.inbox === undefined ? [] : [config.inbox]),
    ...sources.map((source) => folderOf(source, store.home.root)),
  ];
  const there = folders.filter((folder) => existsSync(folder));
  if (there.length < folders.length)
    failed ??= new MonitorError('inbox', 'a folder to collect from is missing', {
      severity: 'retry',
      fix: 'check inbox: and sources: in doudi.yaml, and what is mounted',
    });
  return { folders: there, failed };
}
