/** One subject's values and comparisons as text, with the clause of every figure; Chinese and English. */
import type { Parameter } from '../core/parameter.ts';
import { partsOf } from './check.ts';
import { caseFor, evaluateValue, type KnownValue, type Situation } from './interpret.ts';
import { COMPARISONS, type Comparison, type Test, type ValueExpression } from './schema.ts';
import { SIGNS, type RuleLanguage } from './words.ts';

/** The value of a parameter's case in force for the subject, or null. */
export type Cite = (name: string) => Parameter | null;

const MADE_OF = {
  times: { zh: '×', en: '×' },
  plus: { zh: '+', en: '+' },
  add_years: { zh: '加年数', en: 'plus years' },
  add_months: { zh: '加月数', en: 'plus months' },
  add_days: { zh: '加天数', en: 'plus days' },
} as const;

export function shown(value: KnownValue | null, language: RuleLanguage): string {
  if (value === null) return language === 'zh' ? '未知' : 'unknown';
  if (typeof value === 'boolean')
    return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  return typeof value === 'object' ? value.toString() : value;
}

function citation(found: Parameter | null, language: RuleLanguage): string {
  if (found === null) return language === 'zh' ? '（本地无规定）' : ' (no figure here)';
  const where = [found.doc, found.clause].filter((text) => text !== '-').join(' ');
  return language === 'zh' ? `（${where}，${found.from} 起）` : ` (${where}, since ${found.from})`;
}

/** A value's name, without its figure. */
export function titleOfValue(
  value: ValueExpression,
  situation: Situation,
  language: RuleLanguage,
): string {
  if (typeof value !== 'object') return shown(value as KnownValue, language);
  const thing =
    'field' in value
      ? situation.fields.get(value.field)
      : 'parameter' in value
        ? situation.definitions.get(value.parameter)
        : undefined;
  if (thing !== undefined) return language === 'zh' ? thing.title : thing.title_en;
  if ('month' in value) return language === 'zh' ? '月末' : 'end of the month';
  const key = (Object.keys(MADE_OF) as (keyof typeof MADE_OF)[]).find((word) => word in value);
  const [a = '', b = ''] = partsOf(value).map((part) => titleOfValue(part, situation, language));
  return key === undefined ? '' : `${a} ${MADE_OF[key][language]} ${b}`;
}

/** A value's name with its figure and source. */
export function describeValue(
  value: ValueExpression,
  situation: Situation,
  cite: Cite,
  language: RuleLanguage,
): string {
  const result = shown(evaluateValue(value, situation), language);
  if (typeof value !== 'object') return result;
  const title = titleOfValue(value, situation, language);
  if ('field' in value || 'month' in value) return `${title} ${result}`;
  if ('parameter' in value) {
    const name = caseFor(value, situation);
    return `${title} ${result}${name === null ? '' : citation(cite(name), language)}`;
  }
  const key = (Object.keys(MADE_OF) as (keyof typeof MADE_OF)[]).find((word) => word in value);
  const parts = partsOf(value)
    .map((part) => describeValue(part, situation, cite, language))
    .join(` ${key === undefined ? '' : MADE_OF[key][language]} `);
  return language === 'zh' ? `${result}（${parts}）` : `${result} (${parts})`;
}

export function comparisonOf(test: Test): Comparison {
  return COMPARISONS.find((name) => test[name] !== undefined) ?? 'equals';
}

export function describeTest(
  test: Test,
  situation: Situation,
  cite: Cite,
  language: RuleLanguage,
): string {
  const left = describeValue(test.value ?? { field: test.field ?? '' }, situation, cite, language);
  const zh = language === 'zh';
  if (test.is !== undefined)
    return zh
      ? `${left}，要求为${shown(test.is, 'zh')}`
      : `${left}, must be ${shown(test.is, 'en')}`;
  if (test.known !== undefined)
    return zh
      ? `${left}，要求${test.known ? '已知' : '未知'}`
      : `${left}, must be ${test.known ? 'known' : 'unknown'}`;
  if (test.in !== undefined)
    return zh
      ? `${left}，要求为 ${test.in.join('、')} 之一`
      : `${left}, must be one of ${test.in.join(', ')}`;
  const op = comparisonOf(test);
  return `${left} ${SIGNS.en[op]} ${describeValue(test[op] ?? '', situation, cite, language)}`;
}
