/** All dashboards as files: name and text of each. */
import { loadQueries } from '../shared/load.ts';
import type { Dashboard } from '../shared/panel.ts';
import campaign from '../campaign/dashboard.ts';
import county from '../county/dashboard.ts';
import exchange from '../exchange/dashboard.ts';
import operations from '../operations/dashboard.ts';
import province from '../province/dashboard.ts';
import quality from '../quality/dashboard.ts';
import rules from '../rules/dashboard.ts';
import threeSynchronous from '../three-synchronous/dashboard.ts';
import { dashboardOf } from './build.ts';
import type { Options } from './panels.ts';

export const DASHBOARDS: Readonly<Record<string, Dashboard>> = {
  campaign,
  county,
  exchange,
  operations,
  province,
  quality,
  rules,
  'three-synchronous': threeSynchronous,
};

/** @returns the JSON of each by its file's name */
export async function allDashboards(options: Options): Promise<ReadonlyMap<string, string>> {
  const metrics = await loadQueries();
  return new Map(
    Object.entries(DASHBOARDS).map(([name, definition]) => [
      `${name}.json`,
      `${JSON.stringify(dashboardOf(definition, metrics, options), null, 2)}\n`,
    ]),
  );
}
