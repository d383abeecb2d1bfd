/** One connector's fixtures through a whole run, and what became of them; for the tests in the connectors' folders. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadConnectors } from '../../connectors/index.ts';
import { openHome, workFile } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal, parquet } from '../../store/sql.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { CONFIG, doudi, ROOT, withHome } from './doudi.ts';

const MONTH = '2025-08' as Month;

export interface FixtureRun {
  /** What became of each file of the agency. */
  readonly files: readonly {
    readonly dataset: string;
    readonly outcome: string;
    readonly rows: number;
    readonly quarantined: number;
  }[];
  /** The agency's own fields of a subject: one row per home of a person, one of a home. */
  readonly fieldsOf: (
    subject: 'person' | 'household',
    id: string,
  ) => Promise<Record<string, unknown>[]>;
  /** A further command on the home of the run, without `--month`. */
  readonly command: (words: readonly string[]) => Promise<string>;
}

interface Options {
  /** Agencies whose fixtures are handed in as well. */
  readonly beside?: readonly string[];
  /** Lines of doudi.yaml after the trial figures. */
  readonly config?: string;
}

/** Hands in the fixtures as the extracts of August 2025 and runs the month in a home of its own. */
export async function withFixtures(
  agency: string,
  work: (run: FixtureRun) => Promise<void>,
  { beside = [], config = '' }: Options = {},
): Promise<void> {
  const connectors = await loadConnectors();
  const own = (connectors.find((one) => one.agency === agency)?.fields ?? []).flatMap(
    (table) => table.fields,
  );
  await withHome(async (home) => {
    const inbox = join(home, 'inbox');
    for (const name of [agency, ...beside]) {
      const folder = join(ROOT, 'connectors', name, 'fixtures');
      for (const file of readdirSync(folder)) {
        const to = join(inbox, name, file.replace(/\.csv$/, ''));
        mkdirSync(to, { recursive: true });
        copyFileSync(join(folder, file), join(to, `${MONTH}.csv`));
      }
    }
    const month = ['--month', MONTH];
    const report = JSON.parse(
      await doudi(home, ['run', ...month, '--inbox', inbox, '--json']),
    ) as RunReport;
    await work({
      files: report.files
        .filter((file) => file.agency === agency)
        .map(({ dataset, outcome, rows, quarantined }) => ({
          dataset,
          outcome,
          rows,
          quarantined,
        })),
      fieldsOf: (subject, id) => {
        const names = own
          .filter(({ of }) => of === subject || of === 'both')
          .map(({ name }) => identifier(name));
        const file = parquet(workFile(openHome(home), MONTH, subject));
        return withScratch({ threads: 1 }, (sql) =>
          sql.rows(
            `SELECT ${names.join(', ')} FROM ${file} WHERE ${subject}_id = ${literal(id)}::UUID ORDER BY household_id`,
          ),
        );
      },
      command: (words) => doudi(home, [...words, ...month]),
    });
  }, `${CONFIG}${config}`);
}
