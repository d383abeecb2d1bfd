/**
 * Files as they come on a bad day (test/support/corpus), all through the real ingest: each is refused or its rows are
 * quarantined with code, place and words; nothing of a refused file is seen, and what stood before still stands.
 * `DOUDI_CORPUS=all` takes every file of the corpus instead of a selection of every class and format.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBinary } from '../../files/extract/formats.ts';
import { addMonths, type Month } from '../../core/month.ts';
import { openHome } from '../../core/home.ts';
import { stateHash } from '../../store/dump.ts';
import { withScratch } from '../../store/database.ts';
import { literal } from '../../store/sql.ts';
import { openStore } from '../../store/store.ts';
import type { FileReport, RunReport } from '../../pipelines/report.ts';
import { corpus } from '../support/corpus/index.ts';
import type { Case } from '../support/corpus/case.ts';
import { csvOf, SHEETS, type Source } from '../support/corpus/sheets.ts';
import { CLOCK, doudi, withHome } from '../support/doudi.ts';
import { deliver } from '../support/inbox.ts';

const LAST = '2026-09' as Month;

/** How many of a class are taken; a reader of its own is started for every binary file. */
const MOST = { csv: 5, 'csv.gz': 1, binary: 1 } as const;

function selection(): Case[] {
  if (process.env['DOUDI_CORPUS'] === 'all') return corpus();
  const seen = new Map<string, number>();
  return corpus().filter(({ kind, format }) => {
    const group = isBinary(format) ? 'binary' : (format as 'csv' | 'csv.gz');
    const count = (seen.get(`${kind}/${group}`) ?? 0) + 1;
    seen.set(`${kind}/${group}`, count);
    return count <= MOST[group];
  });
}

const all = selection();
const isMalformed = ({ expected }: Case): boolean => expected.outcome !== 'loaded';
const refusedOnes = all.filter(({ expected }) =>
  ['refused', 'stranger'].includes(expected.outcome),
);
const takenOnes = all.filter((one) => !refusedOnes.includes(one));

interface Delivered {
  readonly one: Case;
  readonly source: string;
  readonly month: string;
  /** As the report names it. */
  readonly path: string;
}

/** Puts every case into a month of its own, backwards from the given one. */
async function deliverAll(
  inbox: string,
  cases: readonly Case[],
  from: Month,
): Promise<Delivered[]> {
  const months = new Map<string, Month>();
  const delivered: Delivered[] = [];
  for (const one of cases) {
    const source = one.source ?? 'education/enrolment';
    const month = one.month ?? addMonths(months.get(source) ?? from, -1);
    if (one.month === undefined && one.name === undefined) months.set(source, month as Month);
    const name = one.name ?? `${month}.${one.format}`;
    const content = typeof one.content === 'function' ? await one.content() : one.content;
    deliver(inbox, `${source}/${name}`, content);
    if (one.manifest !== undefined) {
      const said = typeof one.manifest === 'string' ? one.manifest : one.manifest(content);
      deliver(inbox, `${source}/${month}.manifest.json`, said);
    }
    delivered.push({ one, source, month, path: `${source}/${name}` });
  }
  return delivered;
}

async function run(home: string): Promise<RunReport> {
  const words = ['run', '--month', LAST, '--inbox', join(home, 'inbox'), '--json'];
  return JSON.parse(await doudi(home, words)) as RunReport;
}

/** What the ledger says but for the refusals that it notes down. */
async function standing(home: string): Promise<Readonly<Record<string, string>>> {
  const store = await openStore(openHome(home), CLOCK);
  try {
    const { tables } = await stateHash(store.sql, store.home.temporary);
    return Object.fromEntries(
      Object.entries(tables).filter(([name]) => name !== 'extract_refusal'),
    );
  } finally {
    await store.close();
  }
}

const lakeOf = (home: string): string[] =>
  readdirSync(join(home, 'lake'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const journalOf = (home: string): string => readFileSync(join(home, 'journal.jsonl'), 'utf8');

/** What became of a file, in the words of the corpus. */
function verdictOf(report: FileReport | undefined): Case['expected'] | { outcome: string } {
  if (report === undefined) return { outcome: 'stranger' };
  const places = report.reasons.map(({ code, line, column }) => [code, line, column] as const);
  if (report.outcome === 'refused')
    return { outcome: 'refused', first: places[0] ?? ['', -1, 'no reason'] };
  if (report.outcome !== 'loaded') return { outcome: report.outcome };
  return report.quarantined === 0
    ? { outcome: 'loaded', rows: report.rows }
    : { outcome: 'quarantined', rows: report.rows, reasons: places };
}

/** Values shorter than this stand in digests by chance. */
const TELLING = 10;

/** Compares all verdicts at once, so that one look shows every file that fared otherwise. */
function judge(
  home: string,
  delivered: readonly Delivered[],
  { files, strangers }: RunReport,
): void {
  const byPath = new Map(
    files.map((file) => [`${file.agency}/${file.dataset}/${file.file}`, file]),
  );
  const journal = journalOf(home);
  const odd = delivered.flatMap(({ one, path }) => {
    const report = byPath.get(path);
    const wrong: unknown[] = [];
    const verdict = verdictOf(report);
    if (JSON.stringify(verdict) !== JSON.stringify(one.expected))
      wrong.push({ expected: one.expected, got: verdict });
    if (one.expected.outcome === 'stranger' && !strangers.includes(path)) wrong.push('not named');
    const reasons = report?.reasons ?? [];
    if (report?.outcome === 'refused' && report.code !== reasons[0]?.code) wrong.push('two codes');
    for (const { message, accepts } of reasons)
      if (message.length < 5 || (accepts === '' && report?.code !== 'header-missing'))
        wrong.push({ without: 'words', message, accepts });
    const said = JSON.stringify(reasons);
    for (const secret of one.secrets ?? [])
      if (said.includes(secret) || (secret.length >= TELLING && journal.includes(secret)))
        wrong.push({ quoted: secret });
    if (/[0-9a-f]{32}/.test(said)) wrong.push({ quoted: 'a pseudonym' });
    return wrong.length === 0 ? [] : [{ class: one.kind, what: one.what, wrong }];
  });
  expect(odd).toEqual([]);
}

describe('malformed extracts', { timeout: 1_800_000 }, () => {
  it('are more than 300 files in more than 40 classes, of every format', () => {
    const malformed = all.filter(isMalformed);
    const formats = new Set(malformed.map(({ format }) => format));
    expect(malformed.length).toBeGreaterThanOrEqual(300);
    expect(new Set(malformed.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(40);
    expect([...formats].sort()).toEqual(['arrow', 'csv', 'csv.gz', 'parquet', 'xlsx']);
  });

  it('are refused with code, place and words, and leave everything as it was', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      for (const [source, sheet] of Object.entries(SHEETS))
        deliver(inbox, `${source}/${LAST}.csv`, csvOf(sheet));
      const before = await run(home);
      expect(before.files.map(({ outcome }) => outcome)).toEqual(
        Object.keys(SHEETS).map(() => 'loaded'),
      );
      const [stood, lake] = [await standing(home), lakeOf(home)];
      const delivered = await deliverAll(inbox, refusedOnes, LAST);
      // Of each dataset one comes as a new issue of the month that stands.
      for (const source of Object.keys(SHEETS) as Source[]) {
        const again = delivered.find(
          ({ one, source: its }) =>
            its === source && one.format === 'csv' && one.expected.outcome === 'refused',
        );
        if (again !== undefined)
          deliver(inbox, `${source}/${LAST}.csv`, again.one.content as Buffer);
      }
      const report = await run(home);
      judge(home, delivered, report);
      expect(report.files.filter(({ outcome }) => outcome === 'loaded')).toEqual([]);
      expect(lakeOf(home)).toEqual(lake);
      expect(await standing(home)).toEqual(stood);
    });
  });

  it('with single bad rows load without them', async () => {
    await withHome(async (home) => {
      const delivered = await deliverAll(join(home, 'inbox'), takenOnes, LAST);
      judge(home, delivered, await run(home));
      const files = delivered.map(({ source, month }) =>
        join(home, 'lake', source, `month=${month}`, 'v1.parquet'),
      );
      const rows = await withScratch({}, async (sql) => {
        const found = new Map<string, number[]>();
        for (const file of files) {
          const lines = await sql.rows<{ line: number }>(
            `SELECT line::INTEGER AS line FROM read_parquet(${literal(file)}, hive_partitioning = false)`,
          );
          found.set(
            file,
            lines.map(({ line }) => line),
          );
        }
        return found;
      });
      delivered.forEach(({ one: { expected } }, index) => {
        const lines = rows.get(files[index] ?? '') ?? [];
        const wanted = 'rows' in expected ? expected.rows : -1;
        expect(lines).toHaveLength(wanted);
        const bad =
          expected.outcome === 'quarantined' ? expected.reasons.map(([, line]) => line) : [];
        expect(lines.filter((line) => bad.includes(line))).toEqual([]);
      });
    });
  });
});
