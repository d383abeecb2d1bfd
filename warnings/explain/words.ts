/** An explanation as lines for a clerk, Chinese or English. */
import { printNearest, printReasoning } from '../explain.ts';
import type { RuleLanguage } from '../words.ts';
import type { SourceLines } from './sources.ts';
import type { Explanation } from './subject.ts';

export interface ExplainedInWords {
  /** Missing extracts or figures that keep the rule from being evaluated here. */
  readonly missing: readonly string[];
  /** Every condition with its value, threshold and clause; ✓ ✗ or ? in front, indented by two. */
  readonly reasoning: readonly string[];
  /** For a watch rule: day and text. */
  readonly dates: readonly string[];
  readonly nearest: string;
  /** Extracts, versions and lines behind the result. */
  readonly sources: readonly string[];
}

function sourceInWords(source: SourceLines, language: RuleLanguage): string {
  const { title, month, version, lines, more } = source;
  return language === 'zh'
    ? `${title} ${month} 第${version}版 第${lines.join('、')}行${more > 0 ? `等，另有${more}行` : ''}`
    : `${source.source} ${month} version ${version}, line ${lines.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function explanationInWords(
  explained: Explanation,
  language: RuleLanguage,
): ExplainedInWords {
  const zh = language === 'zh';
  return {
    missing: explained.not_evaluated.map((missing) =>
      zh ? `未评估：缺少 ${missing}` : `not evaluated, missing: ${missing}`,
    ),
    reasoning: printReasoning(explained.reasoning, language),
    dates: explained.dates.map(({ due, title, title_en }) => `→ ${due} ${zh ? title : title_en}`),
    nearest: printNearest(explained, language),
    sources: explained.sources.map((source) => sourceInWords(source, language)),
  };
}
