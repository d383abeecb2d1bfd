/** segment: the homes of each saved segment, and their status in the ledger of reasons. They open no lead. */
import { workFile } from '../../core/home.ts';
import { literal, parquet, textRows } from '../../store/sql.ts';
import { findMissing } from '../../warnings/missing.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import { evaluateSegments } from '../../warnings/segments.ts';
import type { RunContext } from '../context.ts';
import { coverage, type Sources } from '../../warnings/sources.ts';
import { runStep } from './step.ts';
import { monthVariables } from '../../warnings/month-variables.ts';
import { fingerprint } from '../../store/step-record.ts';

/** @param before digest of the inputs of the month's warnings: includes the profile and every figure */
export async function segment(
  context: Pick<RunContext, 'month' | 'store' | 'divisions' | 'rules' | 'progress' | 'steps'>,
  sources: Sources,
  before: string,
): Promise<{ changed: boolean }> {
  const { store, month, rules: book, divisions } = context;
  const { segments, reasons } = book;
  const covers = coverage(sources);
  const { notEvaluated } = findMissing({ book, divisions, month, covers }, [
    ...segments,
    ...reasons,
  ]);
  const print = fingerprint([before, segments, reasons, notEvaluated]);
  return runStep(context, 'segment', print, async () => {
    const file = (name: string): string => parquet(workFile(store.home, month, name));
    await store.sql.run(monthVariables(month));
    await evaluateSegments({
      sql: store.sql,
      month,
      rules: rulesInForce(book),
      segments,
      reasons,
      fields: book.vocabulary.fields,
      parameters: book.parameters,
      divisions,
      notEvaluated,
      persons: file('person'),
      homes: file('household'),
      roster: file('roster'),
      hits: `(SELECT rule, person_id, household_id FROM warning WHERE month = ${literal(month)})`,
      covers,
    });
    const segment_member = await store.decide(
      `SELECT ${literal(month)} AS month, * FROM segmented ORDER BY segment, county, household_id`,
    );
    const ids = new Set(segments.map(({ id }) => id));
    const rows = notEvaluated
      .filter(({ rule }) => ids.has(rule))
      .map(({ rule, county, missing }) => [month, rule, county, missing]);
    await store.sql.run(
      'CREATE OR REPLACE TEMP TABLE undecided (month VARCHAR, segment VARCHAR, county VARCHAR, missing VARCHAR)',
    );
    await store.sql.run(
      `INSERT INTO undecided SELECT cells[1], cells[2], cells[3], cells[4] FROM ${textRows(rows)}`,
    );
    const segment_missing = await store.decide(
      'SELECT * FROM undecided ORDER BY segment, county, missing',
    );
    const counted = await store.sql.rows<{ segment: string; n: number }>(
      'SELECT segment, count(*)::INTEGER AS n FROM segmented GROUP BY segment ORDER BY segment',
    );
    const found = new Map(counted.map((row) => [row.segment, row.n]));
    return {
      rows: counted.reduce((sum, { n }) => sum + n, 0),
      counts: Object.fromEntries(segments.map(({ id }) => [id, found.get(id) ?? 0])),
      files: { segment_member, segment_missing },
      detail: [],
    };
  });
}
