/** Why a rule holds or not for one subject: every condition with its value, threshold and citation. */
import type { Divisions } from '../core/region.ts';
import { lastDay } from '../core/month.ts';
import { partsOf } from './check.ts';
import {
  caseFor,
  evaluate,
  evaluateValue,
  type Known,
  type Situation,
  type Truth,
} from './interpret.ts';
import { lookUp, type ParameterBook } from './parameters.ts';
import { COMPARISONS, type Condition, type Rule, type Test, type Value } from './schema.ts';

export interface Reasoning {
  readonly holds: Truth;
  readonly text: string;
  readonly parts: readonly Reasoning[];
}

const SIGNS = { at_least: '≥', more_than: '>', at_most: '≤', less_than: '<', equals: '=' } as const;

const SIGN_OF = {
  times: '×',
  plus: '+',
  add_years: '加年数',
  add_months: '加月数',
  add_days: '加天数',
} as const;
const WORDS = ['times', 'plus', 'add_years', 'add_months', 'add_days'] as const;

function show(value: Known | null): string {
  if (value === null) return '未知';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'object' ? value.toString() : value;
}

/** A value in words, with where it comes from. */
function describe(value: Value, situation: Situation, cite: (name: string) => string): string {
  const result = show(evaluateValue(value, situation));
  if (typeof value !== 'object') return result;
  if ('field' in value)
    return `${situation.fields.get(value.field)?.title ?? value.field} ${result}`;
  if ('parameter' in value) {
    const name = caseFor(value, situation);
    return `${situation.definitions.get(value.parameter)?.title ?? value.parameter} ${result}${name === null ? '' : cite(name)}`;
  }
  if ('month' in value) return `月末 ${result}`;
  const sign = SIGN_OF[WORDS.find((word) => word in value) ?? 'times'];
  return `${result}（${partsOf(value)
    .map((part) => describe(part, situation, cite))
    .join(` ${sign} `)}）`;
}

function describeTest(test: Test, situation: Situation, cite: (name: string) => string): string {
  const left = describe(test.value ?? { field: test.field ?? '' }, situation, cite);
  if (test.is !== undefined) return `${left}，要求为${test.is ? '是' : '否'}`;
  if (test.known !== undefined) return `${left}，要求${test.known ? '已知' : '未知'}`;
  if (test.in !== undefined) return `${left}，要求为 ${test.in.join('、')} 之一`;
  const op = COMPARISONS.find((name) => test[name] !== undefined) ?? 'equals';
  return `${left} ${SIGNS[op]} ${describe(test[op] ?? '', situation, cite)}`;
}

function reason(
  condition: Condition,
  situation: Situation,
  cite: (name: string) => string,
): Reasoning {
  const holds = evaluate(condition, situation);
  const under = (text: string, parts: readonly Condition[]): Reasoning => ({
    holds,
    text,
    parts: parts.map((part) => reason(part, situation, cite)),
  });
  if ('all' in condition) return under('以下全部成立', condition.all);
  if ('any' in condition) return under('以下至少一项成立', condition.any);
  if ('not' in condition) return under('以下不成立', [condition.not]);
  if ('holding' in condition) {
    const { families, except } = condition.holding;
    const rules = [...situation.holding]
      .filter((id) => !except.includes(id))
      .sort()
      .join('、');
    return {
      holds,
      text: `家庭或成员触发的预警（${families.join('、')} 类）至少 ${condition.at_least} 类；现有：${rules === '' ? '无' : rules}`,
      parts: [],
    };
  }
  return { holds, text: describeTest(condition, situation, cite), parts: [] };
}

/** @param county whose parameters hold for the subject */
export function explainRule(
  rule: Rule,
  situation: Situation,
  book: ParameterBook,
  divisions: Divisions,
  county: string,
): Reasoning {
  const cite = (name: string): string => {
    const [plain = '', ...cases] = name.split('|');
    const found = lookUp(
      book,
      divisions,
      plain,
      county,
      lastDay(situation.month),
      Object.fromEntries(cases.map((c) => c.split('=') as [string, string])),
    );
    return found === null ? '（本地无规定）' : `（${found.doc} ${found.clause}，${found.from} 起）`;
  };
  return reason(rule.when, situation, cite);
}

/** Lines of text, indented, each with ✓ ✗ or ?. */
export function printReasoning({ holds, text, parts }: Reasoning, depth = 0): string[] {
  const mark = holds === null ? '?' : holds ? '✓' : '✗';
  return [
    `${'  '.repeat(depth)}${mark} ${text}`,
    ...parts.flatMap((part) => printReasoning(part, depth + 1)),
  ];
}
