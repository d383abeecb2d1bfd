/** The folder transport: lists an inbox in the layout of contracts.md section 1. */
import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import { isMonth, type Month } from '../../core/month.ts';
import { isReportName } from './report-name.ts';

export interface FoundDelivery {
  readonly agency: string;
  readonly dataset: string;
  /** null: the file's name is not a month. */
  readonly month: Month | null;
  readonly file: string;
  readonly path: string;
  readonly manifestPath: string;
}

export interface Inbox {
  readonly deliveries: readonly FoundDelivery[];
  /** Manifests of months without a file: not here yet, or withdrawn. */
  readonly manifests: readonly FoundDelivery[];
  /** Paths in the inbox that belong to no connector. */
  readonly unrecognised: readonly string[];
}

const DATA = /^(.+)\.(csv\.gz|csv|parquet|arrow|xlsx)$/;
const MANIFEST = '.manifest.json';

const entries = (path: string): Dirent[] =>
  readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

/**
 * Lists the deliveries of the known sources, months ascending. Links are not followed.
 * @throws MonitorError `inbox` when the folder does not exist
 */
export function listInbox(root: string, sources: ReadonlySet<string>): Inbox {
  if (!existsSync(root))
    throw new MonitorError('inbox', `no folder ${root}`, {
      severity: 'retry',
      fix: 'check --inbox',
    });
  const deliveries: FoundDelivery[] = [];
  const manifests: FoundDelivery[] = [];
  const unrecognised: string[] = [];
  for (const agency of entries(root).filter((entry) => entry.isDirectory())) {
    for (const dataset of entries(join(root, agency.name)).filter((entry) => entry.isDirectory())) {
      const folder = join(root, agency.name, dataset.name);
      const known = sources.has(`${agency.name}/${dataset.name}`);
      for (const { name } of entries(folder).filter(
        (entry) => entry.isFile() && !entry.name.startsWith('.') && !isReportName(entry.name),
      )) {
        const manifest = name.endsWith(MANIFEST);
        const stem = manifest ? name.slice(0, -MANIFEST.length) : DATA.exec(name)?.[1];
        if (stem === undefined || !known) {
          unrecognised.push(`${agency.name}/${dataset.name}/${name}`);
          continue;
        }
        (manifest ? manifests : deliveries).push({
          agency: agency.name,
          dataset: dataset.name,
          month: isMonth(stem) ? stem : null,
          file: name,
          path: join(folder, name),
          manifestPath: join(folder, `${stem}${MANIFEST}`),
        });
      }
    }
  }
  const described = new Set(deliveries.map(({ manifestPath }) => manifestPath));
  const order = (d: FoundDelivery): string => `${d.month ?? ''}/${d.agency}/${d.dataset}/${d.file}`;
  const ordered = (list: FoundDelivery[]): FoundDelivery[] =>
    list.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return {
    deliveries: ordered(deliveries),
    manifests: ordered(manifests.filter(({ path }) => !described.has(path))),
    unrecognised,
  };
}
