/** All lists: every file in `lists/`. To add a list, add a file. */
import { readdirSync } from 'node:fs';
import { MonitorError } from '../core/errors.ts';
import type { List } from './shared/list.ts';

const folder = new URL('./lists/', import.meta.url);
/** `.ts` in a checkout, `.js` once built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

async function load(id: string): Promise<List> {
  const { default: list } = (await import(new URL(`${id}${extension}`, folder).href)) as {
    default: List;
  };
  if (list.id !== id)
    throw new MonitorError('list', `exchange/lists/${id}${extension} declares the id ${list.id}`, {
      fix: 'a list must have the name of its file',
    });
  return list;
}

let loaded: Promise<readonly List[]> | undefined;

/** The lists, ordered by name. */
export function loadLists(): Promise<readonly List[]> {
  loaded ??= Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length))
      .sort()
      .map(load),
  );
  return loaded;
}
