/** doudi rules backtest: a rule over past months, with other figures or another version. */
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usageError } from '../../core/errors.ts';
import { parseMonth } from '../../core/month.ts';
import { backtest, keepBacktest, type BacktestAnswer } from '../../warnings/backtest/backtest.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { refreshPublished } from '../../published/publish.ts';
import { readRule } from '../../warnings/rule-book.ts';
import { aboutPeople } from '../../warnings/schema.ts';
import { path, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireText } from '../require.ts';

/** `name=value`; a value is a number or true/false. */
function readSet(texts: unknown): Map<string, number | boolean> {
  const list = Array.isArray(texts) ? (texts as string[]) : [];
  return new Map(
    list.map((text) => {
      const [name = '', value = ''] = text.split('=');
      const read = value === 'true' ? true : value === 'false' ? false : Number(value);
      if (name === '' || value === '' || (typeof read === 'number' && !Number.isFinite(read)))
        throw usageError(`--set ${text}: not a figure`, '--set dibao-standard=6500');
      return [name, read];
    }),
  );
}

const OUTCOMES: Readonly<Record<string, string>> = {
  assisted: '已救助',
  not_eligible: '不符合条件',
  unfounded: '线索不实',
};

function print(
  { months, outcomes }: BacktestAnswer,
  title: string,
  name: (county: string) => string,
): string {
  const sum = (key: 'before' | 'after' | 'gained' | 'lost'): number =>
    months.reduce((n, month) => n + month[key], 0);
  const line = (
    label: string,
    row: { before: number; after: number; gained: number; lost: number },
  ): string =>
    `${String(row.before).padStart(8)} ${String(row.after).padStart(8)} ${`+${row.gained}`.padStart(8)} ${`-${row.lost}`.padStart(8)}  ${label}`;
  const counties = new Map<
    string,
    { before: number; after: number; gained: number; lost: number }
  >();
  for (const row of months.flatMap((month) => month.counties)) {
    const at = counties.get(row.county) ?? { before: 0, after: 0, gained: 0, lost: 0 };
    counties.set(row.county, {
      before: at.before + row.before,
      after: at.after + row.after,
      gained: at.gained + row.gained,
      lost: at.lost + row.lost,
    });
  }
  const changed = [...counties].filter(([, row]) => row.gained + row.lost > 0);
  return `${[
    title,
    '    现行     试算     增加     减少  （户）',
    ...months.map((month) => line(month.month, month)),
    line('合计', {
      before: sum('before'),
      after: sum('after'),
      gained: sum('gained'),
      lost: sum('lost'),
    }),
    ...(changed.length === 0 ? [] : ['', '有变化的县（各月合计）']),
    ...changed.map(([county, row]) => line(name(county), row)),
    '',
    outcomes.length === 0
      ? '这些月份还没有已办结的线索，看不出减少的户此前的核查结果。'
      : `核查结果（减少的户 / 保留的户）：${outcomes.map(({ outcome, lost, kept }) => `${OUTCOMES[outcome] ?? outcome} ${lost} / ${kept}`).join('；')}`,
  ].join('\n')}\n`;
}

export async function backtestRule(invocation: Invocation): Promise<void> {
  const [id = ''] = invocation.positionals;
  const from = parseMonth(requireText(invocation, 'from'));
  const to = parseMonth(requireText(invocation, 'to'));
  if (from > to) throw usageError('--from is after --to');
  const set = readSet(invocation.values['set']);
  const other = path(invocation, 'with');
  if (set.size === 0 && other === undefined)
    throw usageError(
      'backtest compares with something',
      '--set <parameter>=<value> or --with <rule file>',
    );
  await withHome(
    invocation,
    async ({ store, config, divisions, deployment }) => {
      const book = await openRuleBook(config);
      const rule = book.rules.find((one) => one.id === id);
      if (rule === undefined)
        throw usageError(`there is no rule '${id}'`, book.rules.map((one) => one.id).join(', '));
      if (!aboutPeople(rule)) throw usageError(`${id} speaks of no person or home`);
      if (rule.watch !== undefined) throw usageError(`${id} looks ahead and opens no leads`);
      const candidate =
        other === undefined ? rule : readRule(pathToFileURL(other), other, book.vocabulary);
      if (candidate.id !== id)
        throw usageError(`${basename(other ?? '')} is a version of ${candidate.id}, not of ${id}`);
      const answer = await backtest({ store, divisions, book, rule, candidate, from, to, set });
      const figures = [...set].map(([name, value]) => `${name}=${value}`);
      const version = `第${candidate.version}版`;
      if (invocation.values['keep'] === true) {
        const tried = [...(other === undefined ? [] : [version]), ...figures].join('，');
        await keepBacktest(store, rule, tried, answer);
        await refreshPublished(store, await deployment());
      }
      if (invocation.json) return invocation.out(`${JSON.stringify(answer, null, 2)}\n`);
      const what = [
        ...(other === undefined ? [] : [`${version}（${basename(other)}）`]),
        ...figures,
      ].join('，');
      await invocation.out(
        print(
          answer,
          `${id} ${rule.title} · 第${rule.version}版 与 ${what}`,
          (county) => divisions.find(county)?.name ?? county,
        ),
      );
    },
    { long: true },
  );
}
