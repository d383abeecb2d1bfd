/** A home with nothing but a published file as large as that of 5 million persons over 24 months. */
import { readFileSync } from 'node:fs';
import { systemClock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import { copyPublished, openPublished, writePublished } from '../../store/published.ts';
import { openStore, type Store } from '../../store/store.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import { publish } from '../../published/publish.ts';

const MADE = new Map(
  readFileSync(new URL('tables.sql', import.meta.url), 'utf8')
    .split(/^-- table: /m)
    .slice(1)
    .map((part) => {
      const line = part.indexOf('\n');
      return [part.slice(0, line).trim(), part.slice(line + 1)] as const;
    }),
);

/** Tables that change as clerks work; the others change with a run. */
const WORKED =
  /^(case_|campaign_|visit_|spot_check_|work_item_|journal_|delivery|lead|urgent_|rule_outcome|info)/;

async function write(store: Store, names: readonly string[], worked: boolean): Promise<void> {
  const selects = names.map((name) => {
    const select = MADE.get(name) ?? `SELECT * FROM old_${name}`;
    return [
      name,
      worked && WORKED.test(name)
        ? `SELECT * FROM (${select}) UNION ALL (SELECT * FROM (${select}) LIMIT 1)`
        : select,
    ];
  });
  await writePublished(
    store.sql,
    store.home,
    Object.fromEntries(selects) as Record<string, string>,
  );
}

export interface PreparedFigures {
  /** Size of the published file. */
  readonly rows: number;
  /** Republishes, as after some minutes of clerks' work. */
  readonly work: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function prepare(folder: string, deployment: Deployment): Promise<PreparedFigures> {
  const home = openHome(folder);
  const store = await openStore(home, systemClock);
  // Real names, and every table in the program's own form.
  await publish(store, deployment);
  const published = openPublished(home);
  const tables = await published.rows<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'main' AND table_name <> 'digest'",
  );
  published.close();
  const names = tables.map(({ name }) => name);
  for (const name of names) await copyPublished(store.sql, home, name, `old_${name}`);
  await store.sql.run(`CREATE TEMP TABLE made_month AS ${MADE.get('month') ?? ''}`);
  await write(store, names, false);
  const made = openPublished(home);
  let rows = 0;
  for (const name of names) {
    const [counted] = await made.rows<{ n: number }>(
      `SELECT count(*)::INTEGER AS n FROM "${name}"`,
    );
    rows += counted?.n ?? 0;
  }
  made.close();
  return { rows, work: () => write(store, names, true), close: () => store.close() };
}
