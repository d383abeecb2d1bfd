import { hexOf, literal } from '../../core/store/sql.ts';
import { splitRules } from '../../warnings/watch.ts';
import { openRuleBook } from '../../pipelines/office.ts';
import type { Command } from '../command.ts';
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

export default {
  name: 'watch',
  summary:
    'the dates to come of a month as CSV: birthdays, graduations, ends of certificates and of grace',
  usage: 'doudi watch --month YYYY-MM [--county CODE]',
  options: { month: { type: 'string' }, county: { type: 'string' } },
  async run(invocation) {
    const month = requireMonth(invocation);
    const { county } = invocation.values;
    const there = typeof county === 'string' ? `AND county = ${literal(county)}` : '';
    await withHome(invocation, async ({ store, config }) => {
      const { watching } = splitRules((await openRuleBook(config)).rules);
      const titles = watching.flatMap(({ id, watch }) =>
        watch.dates.map(({ title }, what) => `(${[id, title].map(literal).join(', ')}, ${what})`),
      );
      const rows = `SELECT w.month, CAST(w.due AS VARCHAR) AS due, w.rule, t.title AS what, w.subject, ${hexOf('w.person_id')} AS person_id,
        ${hexOf('w.household_id')} AS household_id, w.county, w.township, w.evidence FROM watch_item w
        LEFT JOIN (VALUES ${titles.join(', ')}) t(rule, title, what) ON t.rule = w.rule AND t.what = w.what
        WHERE w.month = ${literal(month)} ${there} ORDER BY w.due, w.rule, w.county, w.household_id, w.person_id`;
      await writeCsv(invocation, COLUMNS, store.sql.stream(rows));
    });
  },
} satisfies Command;
