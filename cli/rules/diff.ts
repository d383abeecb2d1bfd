/** doudi rules diff: what changed in a place's law between two days, and how many people or homes it affects. */
import { usageError } from '../../core/errors.ts';
import type { Parameter } from '../../core/parameter.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { rulesDiff, type RulesDiff } from '../../warnings/backtest/rules-diff.ts';
import type { Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireText } from '../require.ts';

function shown(value: Parameter | null): string {
  if (value === null) return '无规定';
  const { doc, clause, from, to } = value;
  return `${String(value.value)}（${doc} ${clause}，${from} 起${to === null ? '' : `，${to} 止`}）`;
}

function print({ figures, moved }: RulesDiff, title: string): string {
  return `${[
    title,
    ...(figures.length === 0 ? ['没有变化。'] : []),
    ...figures.map(
      ({ name, title: of, unit, before, after }) =>
        `${of} ${name}（${unit}）\n  ${shown(before)}\n  → ${shown(after)}`,
    ),
    '',
    ...(moved === null
      ? ['还没有运行过任何月份，无法估算影响人数。']
      : [
          `按 ${moved.month} 的数据（人员规则数人，家庭规则数户）：${moved.rules.length === 0 ? '没有预警因此增减。' : ''}`,
          ...moved.rules.map(
            ({ rule, gained, lost }) => `  ${rule.padEnd(8)} 增加 ${gained}，减少 ${lost}`,
          ),
        ]),
  ].join('\n')}\n`;
}

export async function diffRules(invocation: Invocation): Promise<void> {
  const given = invocation.values['at'];
  const days = Array.isArray(given) ? (given as string[]) : [];
  const [before, after] = days;
  if (
    before === undefined ||
    after === undefined ||
    days.length !== 2 ||
    !days.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))
  )
    throw usageError('diff needs two days to compare', '--at 2025-12-31 --at 2026-01-01');
  const region = requireText(invocation, 'region');
  await withHome(
    invocation,
    async ({ store, config, divisions }) => {
      const place = divisions.find(region);
      if (place === undefined)
        throw usageError(`there is no region ${region} in this province`, divisions.province.code);
      const book = await openRuleBook(config);
      const of = { divisions, book, region, days: [before, after] as const };
      const answer = await rulesDiff(store, of, null);
      if (invocation.json) return invocation.out(`${JSON.stringify(answer, null, 2)}\n`);
      await invocation.out(print(answer, `${place.name} · ${before} 与 ${after}`));
    },
    { long: true },
  );
}
