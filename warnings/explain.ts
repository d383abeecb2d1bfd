/** Explains why a rule does or does not hold for a subject: every condition with its value, threshold and citation. */
import { lastDay } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import { describeTest, type Cite } from './describe.ts';
import { evaluate, type Situation, type Truth } from './interpret.ts';
import { nearestChange, type NearestChange } from './nearest.ts';
import { lookUpCase, type ParameterBook } from './parameters.ts';
import { familyOf, type Condition, type Rule } from './schema.ts';
import type { RuleLanguage } from './words.ts';

export interface Reasoning {
  readonly holds: Truth;
  readonly text: string;
  readonly text_en: string;
  readonly parts: readonly Reasoning[];
}

export interface Explained {
  readonly reasoning: Reasoning;
  /** The nearest change that would reverse the result; null: no change of the subject does. */
  readonly nearest: readonly NearestChange[] | null;
}

function reason(condition: Condition, situation: Situation, cite: Cite): Reasoning {
  const holds = evaluate(condition, situation);
  const under = (text: string, text_en: string, parts: readonly Condition[]): Reasoning => ({
    holds,
    text,
    text_en,
    parts: parts.map((part) => reason(part, situation, cite)),
  });
  if ('all' in condition) return under('以下全部成立', 'all of these hold', condition.all);
  if ('any' in condition)
    return under('以下至少一项成立', 'at least one of these holds', condition.any);
  if ('not' in condition) return under('以下不成立', 'this does not hold', [condition.not]);
  if ('holding' in condition) {
    const { families, except } = condition.holding;
    const rules = [...situation.holding]
      .filter((id) => families.includes(familyOf(id)) && !except.includes(id))
      .sort();
    const least = condition.at_least;
    return {
      holds,
      text: `家庭或成员触发的预警（${families.join('、')} 类）至少 ${least} 类；现有：${rules.join('、') || '无'}`,
      text_en: `rules of at least ${least} of the families ${families.join(', ')} hold for the home or a member; now: ${rules.join(', ') || 'none'}`,
      parts: [],
    };
  }
  const [text, text_en] = (['zh', 'en'] as const).map((language) =>
    describeTest(condition, situation, cite, language),
  ) as [string, string];
  return { holds, text, text_en, parts: [] };
}

/** @param county whose figures apply to the subject */
export function explainRule(
  rule: Rule,
  situation: Situation,
  book: ParameterBook,
  divisions: Divisions,
  county: string,
): Explained {
  const cite: Cite = (name) => lookUpCase(book, divisions, name, county, lastDay(situation.month));
  return {
    reasoning: reason(rule.when, situation, cite),
    nearest: nearestChange(rule.when, situation),
  };
}

/** Indented lines of text, each with ✓ ✗ or ?. */
export function printReasoning(
  { holds, text, text_en, parts }: Reasoning,
  language: RuleLanguage,
  depth = 0,
): string[] {
  const mark = holds === null ? '?' : holds ? '✓' : '✗';
  return [
    `${'  '.repeat(depth)}${mark} ${language === 'zh' ? text : text_en}`,
    ...parts.flatMap((part) => printReasoning(part, language, depth + 1)),
  ];
}

/** The nearest change as a sentence. */
export function printNearest({ reasoning, nearest }: Explained, language: RuleLanguage): string {
  const held = reasoning.holds === true;
  if (nearest === null)
    return language === 'zh'
      ? '没有只涉及本人（本户）数据的变化能改变结果。'
      : 'No change of the subject’s own data would turn it.';
  const changes = nearest.map((one) => (language === 'zh' ? one.text : one.text_en));
  return language === 'zh'
    ? `若${changes.join('，且')}，则${held ? '不再成立' : '成立'}。`
    : `It would ${held ? 'no longer hold' : 'hold'} if ${changes.join(' and ')}.`;
}
