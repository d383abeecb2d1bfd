/**
 * Runs floor.sql for one month on one database file and prints the time of its two halves and its counts.
 * One process per month, like `doudi run`, so that time and memory are measured alike.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addMonths, parseMonth } from '../core/month.ts';
import { openDatabase } from '../store/database.ts';

/** The JSON argument passed by monthly.ts. */
export interface FloorJob {
  readonly database: string;
  readonly inbox: string;
  readonly month: string;
  /** Yuan per year. */
  readonly figures: {
    readonly rural: number;
    readonly urban: number;
    readonly pcdi: number;
    readonly line: number;
  };
}

export interface FloorReport {
  /** Seconds for reading the extracts, and for the rules. */
  readonly read: number;
  readonly rules: number;
  readonly rows: number;
  readonly warnings: Readonly<Record<string, number>>;
}

/** The extracts as the script has just read them. */
const OF_MONTH = [
  ...['assistance', 'members', 'monitored', 'enrolment', 'insured', 'certificates'],
  ...['employment', 'affected'],
];
const READ_ASIDE = ['bills', 'findings'];

/** The two halves of the script with its placeholders filled in. */
function script({ inbox, month, figures }: FloorJob): readonly [string, string] {
  const values: Readonly<Record<string, string>> = {
    inbox: inbox.replaceAll("'", "''"),
    month,
    previous: addMonths(parseMonth(month), -1),
    rural: String(figures.rural),
    urban: String(figures.urban),
    pcdi: String(figures.pcdi),
    line: String(figures.line),
  };
  const text = readFileSync(new URL('floor.sql', import.meta.url), 'utf8').replaceAll(
    /(?<!:):(inbox|month|previous|rural|urban|pcdi|line)\b/g,
    (_, name: string) => values[name] ?? '',
  );
  const cut = text.indexOf('\n-- rules:');
  if (cut === -1) throw new Error('floor.sql has no line that starts with "-- rules:"');
  return [text.slice(0, cut), text.slice(cut)];
}

const job = JSON.parse(process.argv[2] ?? '') as FloorJob;
const [reading, deciding] = script(job);
const temporary = join(dirname(job.database), 'spill');
const database = await openDatabase(job.database, { temporary });
const started = performance.now();
await database.run(reading);
const read = performance.now();
await database.run(deciding);
const decided = performance.now();
const counts = [
  ...OF_MONTH.map((table) => `(SELECT count(*) FROM ${table} WHERE month = '${job.month}')`),
  ...READ_ASIDE.map((table) => `(SELECT count(*) FROM ${table})`),
  `(SELECT count(*) FROM reports WHERE month_of_file = '${job.month}')`,
];
const [size] = await database.rows<{ n: number }>(`SELECT (${counts.join(' + ')})::INTEGER AS n`);
const warnings = await database.rows<{ rule: string; n: number }>(
  `SELECT rule, count(*)::INTEGER AS n FROM warning WHERE month = '${job.month}' GROUP BY rule ORDER BY rule`,
);
await database.run('CHECKPOINT');
database.close();
const report: FloorReport = {
  read: (read - started) / 1000,
  rules: (decided - read) / 1000,
  rows: size?.n ?? 0,
  warnings: Object.fromEntries(warnings.map(({ rule, n }) => [rule, n])),
};
process.stdout.write(JSON.stringify(report));
