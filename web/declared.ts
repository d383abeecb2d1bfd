/** Every route of the interface, found in the files of `routes/`: to add a route, add a file. */
import { readdirSync } from 'node:fs';
import type { Route } from './route.ts';

const folder = new URL('./routes/', import.meta.url);

/** A route file's default export. */
export type RouteFile = Route | readonly Route[];

/** @returns sorted by file name, then in the file's order */
export async function declaredRoutes(): Promise<Route[]> {
  const files = readdirSync(folder).filter(
    (name) => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts'),
  );
  const found = await Promise.all(
    files
      .sort()
      .map(
        async (name) =>
          ((await import(new URL(name, folder).href)) as { default: RouteFile }).default,
      ),
  );
  return found.flat();
}
