/** Loads the named queries: every folder of `dashboards/` with a `queries.ts`, and one `.sql` per declared query. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';
import type { NamedQuery, Queries } from './metric.ts';

const root = new URL('../', import.meta.url);

/** `queries.ts` in the sources, `.js` once compiled. */
const declaration = (folder: string): URL | undefined =>
  ['queries.ts', 'queries.js']
    .map((name) => new URL(`${folder}/${name}`, root))
    .find((file) => existsSync(file));

/** Exports of a folder's `queries.ts`. */
interface QueryModule {
  readonly default: Queries;
  /** Prefix of its query names where it differs from the folder's name. */
  readonly prefix?: string;
}

/** @throws MonitorError `dashboards` for a query without its SQL, or the reverse */
async function loadFolder(folder: string, file: URL): Promise<NamedQuery[]> {
  const { default: queries, prefix = folder } = (await import(file.href)) as QueryModule;
  const texts = readdirSync(new URL(`${folder}/`, root))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length));
  const lost = [
    ...texts.filter((name) => !(name in queries)).map((name) => `${name}.sql is not declared`),
    ...Object.keys(queries)
      .filter((name) => !texts.includes(name))
      .map((name) => `'${name}' has no ${name}.sql`),
  ];
  if (lost.length > 0)
    throw new MonitorError('dashboards', `dashboards/${folder}: ${lost.join('; ')}`);
  return Object.entries(queries).map(([name, query]) => ({
    ...query,
    name: `${prefix}_${name}`,
    folder,
    // Without comments: a table mentioned in one is not read by the query.
    sql: readFileSync(new URL(`${folder}/${name}.sql`, root), 'utf8').replace(/^--.*\n/gm, ''),
  }));
}

/** All queries, sorted by name. */
export async function loadQueries(): Promise<ReadonlyMap<string, NamedQuery>> {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const found = await Promise.all(
    folders.map(async (folder) => {
      const file = declaration(folder);
      return file === undefined ? [] : loadFolder(folder, file);
    }),
  );
  const prefixOf = ({ name }: NamedQuery): string => name.slice(0, name.indexOf('_'));
  const byPrefix = found
    .flat()
    .sort((a, b) => (prefixOf(a) < prefixOf(b) ? -1 : Number(prefixOf(a) > prefixOf(b))));
  return new Map(byPrefix.map((query) => [query.name, query]));
}
