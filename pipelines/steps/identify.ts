/** identify: the month's roster of persons and homes, counting disagreements between sources. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workFile } from '../../core/home.ts';
import { settle } from '../../store/files.ts';
import { literal, type Sql } from '../../store/sql.ts';
import type { RunContext } from '../context.ts';
import { noteOf } from '../../warnings/evaluated.ts';
import { makeRoster, rosterPrint } from './make.ts';
import { checkLake, type Sources } from '../../warnings/sources.ts';
import { runStep } from './step.ts';

/** Writes a relation's rows as a work file of the month, atomically. */
export async function keepWork(
  context: Pick<RunContext, 'month' | 'store'>,
  name: string,
  select: string,
): Promise<void> {
  const target = workFile(context.store.home, context.month, name);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const draft = join(context.store.home.temporary, `${name}.parquet`);
  await context.store.sql.run(
    `COPY (${select}) TO ${literal(draft)} (FORMAT parquet, COMPRESSION snappy)`,
  );
  settle(draft, target);
}

export async function countOf(sql: Sql, text: string): Promise<Record<string, number>> {
  const [row] = await sql.rows<Record<string, number>>(text);
  return row ?? {};
}

/** @returns the fingerprint for the next step */
export async function identify(
  context: Pick<RunContext, 'month' | 'store' | 'contracts' | 'progress' | 'steps'>,
  sources: Sources,
): Promise<{ changed: boolean; print: string }> {
  const { store, month } = context;
  const { read } = sources;
  const print = rosterPrint(sources);
  const roster = workFile(store.home, month, 'roster');
  const { changed } = await runStep(
    context,
    'identify',
    print,
    async () => {
      await checkLake(read);
      await makeRoster(context, sources);
      await keepWork(context, 'roster', 'SELECT * FROM roster');
      const counts = await countOf(
        store.sql,
        `SELECT (SELECT count(*)::INTEGER FROM known_person) + (SELECT count(*)::INTEGER FROM other_person) AS persons,
           (SELECT count(*)::INTEGER FROM home_place) AS homes,
           (SELECT count(*)::INTEGER FROM known_person WHERE homes > 1) AS persons_in_two_homes,
           (SELECT count(*)::INTEGER FROM known_person WHERE counties > 1) AS persons_in_two_counties,
           (SELECT count(*)::INTEGER FROM home_place WHERE counties > 1) AS homes_in_two_counties,
           (SELECT count(*)::INTEGER FROM birth WHERE births > 1) AS persons_with_two_birth_months`,
      );
      return { rows: counts['persons'] ?? 0, counts, files: {}, detail: read.map(noteOf) };
    },
    () => existsSync(roster),
  );
  return { changed, print };
}
