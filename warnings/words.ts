/** Rules and their hits as sentences for clerks; Chinese, and English for the page's language switch. */
import { unitInChinese } from '../core/parameter.ts';
import { partsOf } from './check.ts';
import {
  COMPARISONS,
  type Condition,
  type Rule,
  type Test,
  type ValueExpression,
} from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

export type RuleLanguage = 'zh' | 'en';

export const SIGNS = {
  zh: {
    at_least: '不低于',
    more_than: '高于',
    at_most: '不高于',
    less_than: '低于',
    equals: '等于',
  },
  en: { at_least: '≥', more_than: '>', at_most: '≤', less_than: '<', equals: '=' },
} as const;

/** Dates use earlier and later, not lower and higher. */
export const DATE_SIGNS = {
  at_least: '不早于',
  more_than: '晚于',
  at_most: '不晚于',
  less_than: '早于',
  equals: '等于',
} as const;

/** Clerks' names for parameter cases and values of text fields. */
const CASES_ZH: Readonly<Record<string, string>> = {
  urban: '城市',
  rural: '农村',
  state_employment: '国有单位就业',
  flexible_employment: '灵活就业',
  other: '其他',
};

/** Families of rules, by the id's part before the hyphen. */
const FAMILIES_ZH: Readonly<Record<string, string>> = {
  ILL: '疾病',
  DIS: '残疾',
  EDU: '就学',
  EMP: '就业',
  EXP: '支出',
  INC: '收入',
  DSR: '受灾',
  FAM: '家庭',
};

/** A case or text value in Chinese; unchanged if it has no name. */
export function caseInWords(name: string): string {
  return CASES_ZH[name] ?? name;
}

function titleOf(
  thing: { title: string; title_en: string } | undefined,
  language: RuleLanguage,
  name: string,
): string {
  return (language === 'zh' ? thing?.title : thing?.title_en) ?? name;
}

/** 11759.5 as 11,759.50; whole numbers without decimals. */
function figure(text: string): string {
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return number.toLocaleString('en-US', {
    minimumFractionDigits: Number.isInteger(number) ? 0 : 2,
    maximumFractionDigits: 2,
  });
}

function isDate(value: ValueExpression, { fields }: Vocabulary): boolean {
  if (typeof value !== 'object') return false;
  if ('field' in value) return fields.get(value.field)?.type === 'date';
  return ['month', 'add_years', 'add_months', 'add_days'].some((key) => key in value);
}

/** A value's expression in Chinese, without a subject's figures. */
export function valueInWords(value: ValueExpression, vocabulary: Vocabulary): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return caseInWords(value);
  if (typeof value === 'number') return String(value);
  // Both sides of a comparison have the same unit: name it once.
  if ('field' in value)
    return titleOf(vocabulary.fields.get(value.field), 'zh', value.field).replace(/（元）$/, '');
  if ('parameter' in value) {
    const cases = Object.values(value.where ?? {}).map(caseInWords);
    const title = titleOf(vocabulary.definitions.get(value.parameter), 'zh', value.parameter);
    return cases.length === 0 ? title : `${title}（${cases.join('、')}）`;
  }
  if ('month' in value) return '月末';
  const [first, second] = partsOf(value);
  if (first === undefined || second === undefined) return '';
  const [a, b] = [valueInWords(first, vocabulary), valueInWords(second, vocabulary)];
  if ('times' in value) return `${a} × ${b}`;
  if ('plus' in value) return `（${a} + ${b}）`;
  const unit = 'add_years' in value ? '年' : 'add_months' in value ? '个月' : '天';
  return `（${a} + ${b}${typeof second === 'number' ? unit : ''}）`;
}

function testInWords(test: Test, vocabulary: Vocabulary): string {
  const left = valueInWords(test.value ?? { field: test.field ?? '' }, vocabulary);
  if (test.is !== undefined) return test.is ? left : `不符合“${left}”`;
  if (test.known !== undefined) return `${left}${test.known ? '已知' : '未知'}`;
  if (test.in !== undefined)
    return `${left}为${test.in.map((item) => valueInWords(item, vocabulary)).join('、')}之一`;
  const op = COMPARISONS.find((name) => test[name] !== undefined) ?? 'equals';
  const signs = isDate(test.value ?? { field: test.field ?? '' }, vocabulary)
    ? DATE_SIGNS
    : SIGNS.zh;
  return `${left}${signs[op]}${valueInWords(test[op] ?? '', vocabulary)}`;
}

function conditionInWords(condition: Condition, vocabulary: Vocabulary, inner: boolean): string {
  const join = (parts: readonly Condition[], word: string): string => {
    const text = parts.map((part) => conditionInWords(part, vocabulary, true)).join(word);
    return inner && parts.length > 1 ? `（${text}）` : text;
  };
  if ('all' in condition) return join(condition.all, '，且');
  if ('any' in condition) return join(condition.any, '，或');
  if ('not' in condition) return `不符合：${conditionInWords(condition.not, vocabulary, true)}`;
  if ('holding' in condition) {
    const families = condition.holding.families.map((name) => FAMILIES_ZH[name] ?? name);
    const { except } = condition.holding;
    const but = except.length === 0 ? '' : `（${except.join('、')}除外）`;
    return `家庭或其成员触发${families.join('、')}类中至少${condition.at_least}类预警${but}`;
  }
  return testInWords(condition, vocabulary);
}

/** A rule's condition in Chinese, without a subject's figures. */
export function ruleInWords({ when }: Pick<Rule, 'when'>, vocabulary: Vocabulary): string {
  return conditionInWords(when, vocabulary, false);
}

/** The evidence of a warning as `evaluate.ts` writes it. */
interface Evidence {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly string[];
}

function fieldInWords(
  name: string,
  value: unknown,
  vocabulary: Vocabulary,
  language: RuleLanguage,
): string {
  const field = vocabulary.fields.get(name);
  // The title of an amount includes its unit; remove it because the amount shows it.
  const title = titleOf(field, language, name).replace(/（元）$|, yuan$/, '');
  if (value === true) return title;
  if (value === false) return language === 'zh' ? `${title}：否` : `${title}: no`;
  const unit = field?.type === 'money' ? (language === 'zh' ? '元' : ' yuan') : '';
  const text = field?.type === 'date' ? String(value) : figure(String(value));
  return `${title} ${text}${unit}`;
}

function parameterInWords(
  name: string,
  value: unknown,
  vocabulary: Vocabulary,
  language: RuleLanguage,
): string {
  const definition = vocabulary.definitions.get(name.split('|')[0] ?? name);
  const title = titleOf(definition, language, name);
  if (typeof value === 'boolean') return title;
  if (definition?.type === 'text' || definition?.type === 'date')
    return `${title} ${String(value)}`;
  const unit = definition?.unit ?? '';
  const shown = language === 'zh' ? unitInChinese(unit) : unit === 'share' ? '' : ` ${unit}`;
  return `${title} ${unit === 'share' ? `${figure(String(Number(value) * 100))}%` : figure(String(value))}${shown}`;
}

/**
 * The reason for a warning, in one sentence.
 * @param evidence the warning's JSON text; unknown values are left out
 */
export function warningInWords(
  rule: Rule,
  evidence: string,
  vocabulary: Vocabulary,
  language: RuleLanguage,
): string {
  const { fields = {}, parameters = {}, rules = [] } = JSON.parse(evidence) as Evidence;
  const comma = language === 'zh' ? '，' : ', ';
  const found = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => fieldInWords(name, value, vocabulary, language));
  if (rules.length > 0)
    found.push(`${language === 'zh' ? '已触发' : 'rules that hold: '}${rules.join('、')}`);
  const held = Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => parameterInWords(name, value, vocabulary, language));
  const against =
    held.length === 0
      ? ''
      : language === 'zh'
        ? `（对照：${held.join('；')}）`
        : ` (against: ${held.join('; ')})`;
  const title = language === 'zh' ? rule.title : rule.title_en;
  // A rule on a single yes/no field has the field's name: do not repeat it.
  const facts = found.filter((fact) => fact !== title).join(comma);
  return language === 'zh'
    ? `${title}${facts === '' ? '' : `：${facts}`}${against}。`
    : `${title}${facts === '' ? '' : `: ${facts}`}${against}.`;
}
