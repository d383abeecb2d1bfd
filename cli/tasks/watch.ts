import { hexOf, literal } from '../../store/sql.ts';
import { lastDay, type Month } from '../../core/month.ts';
import type { Divisions } from '../../core/region.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { clauseEnds } from '../../warnings/clause-ends.ts';
import { moveDays, moveMonths } from '../../warnings/interpret.ts';
import { caseName, lookUp } from '../../warnings/parameters.ts';
import type { RuleBook } from '../../warnings/rule-book.ts';
import { splitRules } from '../../warnings/watch.ts';
import type { Invocation } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome } from '../open.ts';
import { requireMonth } from '../require.ts';

const COLUMNS = [
  'month',
  'due',
  'rule',
  'what',
  'subject',
  'person_id',
  'household_id',
  'county',
  'township',
  'evidence',
] as const;

/** Policy figures that end after the month and within the look-ahead: they concern a region, not a person in it. */
function endingClauses(
  { parameters }: RuleBook,
  divisions: Divisions,
  month: Month,
  county: string | null,
): object[] {
  const at = lastDay(month);
  const ahead = (code: string): number =>
    Number(lookUp(parameters, divisions, 'look-ahead-months', code, at, {})?.value ?? 0);
  const until = moveMonths(at, ahead(county ?? divisions.province.code));
  return clauseEnds(parameters, divisions, moveDays(at, 1), until)
    .filter(({ region }) => county === null || divisions.lineage(county).includes(region))
    .map(({ name, where = {}, title, region, to, value, unit, doc, clause }) => ({
      month,
      due: to,
      rule: caseName(name, where),
      what: `${title}：规定到期`,
      subject: 'clause',
      county: region,
      evidence: JSON.stringify({ value, unit, doc, clause }),
    }));
}

/** Items about people, then items about regions. */
async function* pagesOf(
  people: AsyncIterable<readonly object[]>,
  clauses: readonly object[],
): AsyncGenerator<readonly object[]> {
  yield* people;
  yield clauses;
}

export async function run(invocation: Invocation): Promise<void> {
  const month = requireMonth(invocation);
  const { county } = invocation.values;
  const there = typeof county === 'string' ? `AND county = ${literal(county)}` : '';
  await withHome(invocation, async ({ store, config, divisions }) => {
    const book = await openRuleBook(config);
    const { watching } = splitRules(book.rules);
    const titles = watching.flatMap(({ id, watch }) =>
      watch.dates.map(({ title }, what) => `(${[id, title].map(literal).join(', ')}, ${what})`),
    );
    const rows = `SELECT w.month, CAST(w.due AS VARCHAR) AS due, w.rule, t.title AS what, w.subject, ${hexOf('w.person_id')} AS person_id,
      ${hexOf('w.household_id')} AS household_id, w.county, w.township, w.evidence FROM watch_item w
      LEFT JOIN (VALUES ${titles.join(', ')}) t(rule, title, what) ON t.rule = w.rule AND t.what = w.what
      WHERE w.month = ${literal(month)} ${there} ORDER BY w.due, w.rule, w.county, w.household_id, w.person_id`;
    const clauses = endingClauses(
      book,
      divisions,
      month,
      typeof county === 'string' ? county : null,
    );
    await writeCsv(invocation, COLUMNS, pagesOf(store.sql.stream<object>(rows), clauses));
  });
}
