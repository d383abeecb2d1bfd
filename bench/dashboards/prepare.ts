/** A home whose published file is as large as that of 5 million persons over 24 months; nothing else is in it. */
import { readFileSync } from 'node:fs';
import { systemClock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import { copyPublished, openPublished, writePublished } from '../../core/store/published.ts';
import { openStore } from '../../core/store/store.ts';
import type { Office } from '../../pipelines/office.ts';
import { publish } from '../../pipelines/steps/publish.ts';

const MADE = new Map(
  readFileSync(new URL('tables.sql', import.meta.url), 'utf8')
    .split(/^-- table: /m)
    .slice(1)
    .map((part) => {
      const line = part.indexOf('\n');
      return [part.slice(0, line).trim(), part.slice(line + 1)] as const;
    }),
);

/** @returns rows of the published file */
export async function prepare(folder: string, office: Office): Promise<number> {
  const home = openHome(folder);
  const store = await openStore(home, systemClock);
  // Real names, and every table in the form that the program gives it.
  await publish(store, office);
  const published = openPublished(home);
  const tables = await published.rows<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'main'",
  );
  published.close();
  for (const { name } of tables) await copyPublished(store.sql, home, name, `old_${name}`);
  await store.sql.run(`CREATE TEMP TABLE made_month AS ${MADE.get('month') ?? ''}`);
  const selects = tables.map(({ name }) => [name, MADE.get(name) ?? `SELECT * FROM old_${name}`]);
  await writePublished(store.sql, home, Object.fromEntries(selects) as Record<string, string>);
  await store.close();
  const made = openPublished(home);
  let rows = 0;
  for (const { name } of tables) {
    const [counted] = await made.rows<{ n: number }>(
      `SELECT count(*)::INTEGER AS n FROM "${name}"`,
    );
    rows += counted?.n ?? 0;
  }
  made.close();
  return rows;
}
