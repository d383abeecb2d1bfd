/**
 * The nearest change that would reverse a rule's result: what a clerk asks when somebody is just beyond a threshold.
 * Changing a figure costs its relative distance to the threshold; a change of kind (yes to no, unknown to known) costs
 * as much as doubling a figure.
 */
import type { KnownValue, Situation, Truth } from './interpret.ts';
import { evaluate, evaluateValue } from './interpret.ts';
import { mentionsOf } from './check.ts';
import { comparisonOf, shown, titleOfValue } from './describe.ts';
import type { Comparison, Condition, Test } from './schema.ts';
import { DATE_SIGNS, SIGNS, type RuleLanguage } from './words.ts';

export interface NearestChange {
  readonly text: string;
  readonly text_en: string;
}

interface Way {
  readonly cost: number;
  readonly changes: readonly NearestChange[];
}

/** The desired result of a part; unknown is neither true nor false. */
type Goal = 'true' | 'false' | 'not true' | 'not false';

const REACHED: Readonly<Record<Goal, (truth: Truth) => boolean>> = {
  true: (truth) => truth === true,
  false: (truth) => truth === false,
  'not true': (truth) => truth !== true,
  'not false': (truth) => truth !== false,
};

const OF_THE_INNER: Readonly<Record<Goal, Goal>> = {
  true: 'false',
  false: 'true',
  'not true': 'not false',
  'not false': 'not true',
};

/** Cost of a change that is not of a figure. */
const KIND = 1;

/** An impossible change. */
const NONE: Way = { cost: Infinity, changes: [] };

const both = (ways: readonly Way[]): Way => ({
  cost: ways.reduce((sum, { cost }) => sum + cost, 0),
  changes: ways.flatMap(({ changes }) => changes),
});

const cheapest = (ways: readonly Way[]): Way =>
  ways.reduce((best, way) => (way.cost < best.cost ? way : best), NONE);

const OTHERWISE: Readonly<Record<Comparison, Comparison | 'differs'>> = {
  at_least: 'less_than',
  more_than: 'at_most',
  at_most: 'more_than',
  less_than: 'at_least',
  equals: 'differs',
};

const WORDS: Readonly<Record<Comparison | 'differs', Readonly<Record<RuleLanguage, string>>>> = {
  at_least: { zh: SIGNS.zh.at_least, en: 'at least' },
  more_than: { zh: SIGNS.zh.more_than, en: 'more than' },
  at_most: { zh: SIGNS.zh.at_most, en: 'at most' },
  less_than: { zh: SIGNS.zh.less_than, en: 'less than' },
  equals: { zh: SIGNS.zh.equals, en: 'equal to' },
  differs: { zh: '不等于', en: 'other than' },
};

function distance(left: KnownValue | null, right: KnownValue | null): number {
  if (left === null || right === null) return KIND;
  if (typeof left === 'object' && typeof right === 'object') {
    const gap = left.minus(right).abs().toNumber();
    return gap / Math.max(right.abs().toNumber(), 1);
  }
  if (typeof left === 'string' && typeof right === 'string') {
    const days = Math.abs(Date.parse(left) - Date.parse(right)) / 86_400_000;
    return Number.isNaN(days) ? KIND : days / 365;
  }
  return KIND;
}

/** Dates are before or after, figures below or above. */
function wordFor(
  op: Comparison | 'differs',
  value: KnownValue | null,
  language: RuleLanguage,
): string {
  if (typeof value !== 'string' || op === 'equals' || op === 'differs') return WORDS[op][language];
  const dates = {
    at_least: { zh: DATE_SIGNS.at_least, en: 'not before' },
    more_than: { zh: DATE_SIGNS.more_than, en: 'after' },
    at_most: { zh: DATE_SIGNS.at_most, en: 'not after' },
    less_than: { zh: DATE_SIGNS.less_than, en: 'before' },
  } as const;
  return dates[op][language];
}

function changeTest(test: Test, situation: Situation, toward: boolean): Way {
  const value = test.value ?? { field: test.field ?? '' };
  // Policy figures do not change for one subject: only its own values may.
  if (mentionsOf({ value, known: true }).fields.length === 0) return NONE;
  const now = evaluateValue(value, situation);
  const say = (language: RuleLanguage, wanted: string): string => {
    const title = titleOfValue(value, situation, language);
    const is = shown(now, language);
    return language === 'zh' ? `${title}${wanted}（现为${is}）` : `${title} ${wanted} (now ${is})`;
  };
  const kind = (zh: string, en: string): Way => ({
    cost: KIND,
    changes: [{ text: say('zh', zh), text_en: say('en', en) }],
  });
  if (test.is !== undefined) {
    const wanted = toward ? test.is : !test.is;
    return kind(`为${shown(wanted, 'zh')}`, `is ${shown(wanted, 'en')}`);
  }
  if (test.known !== undefined) {
    const wanted = toward ? test.known : !test.known;
    return kind(wanted ? '已知' : '未知', wanted ? 'is known' : 'is unknown');
  }
  if (test.in !== undefined)
    return toward
      ? kind(`为${test.in.join('、')}之一`, `is one of ${test.in.join(', ')}`)
      : kind(`不是${test.in.join('、')}`, `is not one of ${test.in.join(', ')}`);
  const op = comparisonOf(test);
  const right = test[op] ?? '';
  const threshold = evaluateValue(right, situation);
  // Without a figure to compare with, no change of the subject helps.
  if (threshold === null) return NONE;
  const wanted = toward ? op : OTHERWISE[op];
  const of = (language: RuleLanguage): string =>
    say(
      language,
      `${language === 'en' ? 'is ' : ''}${wordFor(wanted, threshold, language)}${language === 'en' ? ' ' : ''}${shown(threshold, language)}`,
    );
  return { cost: distance(now, threshold), changes: [{ text: of('zh'), text_en: of('en') }] };
}

function change(condition: Condition, situation: Situation, goal: Goal): Way {
  if (REACHED[goal](evaluate(condition, situation))) return { cost: 0, changes: [] };
  if ('not' in condition) return change(condition.not, situation, OF_THE_INNER[goal]);
  if ('holding' in condition) return NONE;
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    const ways = parts.map((part) => change(part, situation, goal));
    // `all` becomes true through all parts and false through one; `any` the reverse.
    const upward = goal === 'true' || goal === 'not false';
    return 'all' in condition === upward ? both(ways) : cheapest(ways);
  }
  return changeTest(condition, situation, goal === 'true' || goal === 'not false');
}

/**
 * @returns the fewest and nearest changes that reverse the condition; null when no change of the subject does (it
 * depends on other rules, or on a missing figure)
 */
export function nearestChange(
  condition: Condition,
  situation: Situation,
): readonly NearestChange[] | null {
  const goal = evaluate(condition, situation) === true ? 'not true' : 'true';
  const { cost, changes } = change(condition, situation, goal);
  return Number.isFinite(cost) ? changes : null;
}
