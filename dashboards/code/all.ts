/** All dashboards as files: every folder of `dashboards/` with a `dashboard.ts` is one. */
import { existsSync, readdirSync } from 'node:fs';
import { loadQueries } from '../shared/load.ts';
import type { Dashboard } from '../shared/panel.ts';
import { dashboardOf } from './build.ts';
import type { Options } from './panels.ts';

const root = new URL('../', import.meta.url);

/** @returns the definition of each by its folder's name, in the order of the names */
export async function loadDashboards(): Promise<ReadonlyMap<string, Dashboard>> {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, file: new URL(`${name}/dashboard.ts`, root) }))
    .filter(({ file }) => existsSync(file))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(
    await Promise.all(
      folders.map(async ({ name, file }) => {
        const { default: definition } = (await import(file.href)) as { default: Dashboard };
        return [name, definition] as const;
      }),
    ),
  );
}

/** @returns the JSON of each by file name */
export async function allDashboards(options: Options): Promise<ReadonlyMap<string, string>> {
  const queries = await loadQueries();
  return new Map(
    [...(await loadDashboards())].map(([name, definition]) => [
      `${name}.json`,
      `${JSON.stringify(dashboardOf(definition, queries, options), null, 2)}\n`,
    ]),
  );
}
