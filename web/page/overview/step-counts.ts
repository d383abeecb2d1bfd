/** Counts of a step in words. */
import type { StepAnswer } from '../../api.ts';
import type { Format } from '../words/format.ts';
import type { Words } from '../words/zh.ts';

/** Evaluating notes one count per rule, and `gap <rule>`: the rules have a table of their own, the gaps are summed. */
const RULE = /^(gap )?[A-Z]+-[A-Z0-9]+$/;

/** @returns e.g. `接收文件 9 · 拒收 2`; counts of zero are left out */
export function describeCounts({ counts }: StepAnswer, words: Words, format: Format): string {
  const names: Readonly<Record<string, string>> = words.steps.counts;
  const gaps = Object.entries(counts)
    .filter(([name]) => name.startsWith('gap '))
    .reduce((sum, [, n]) => sum + n, 0);
  return [...Object.entries(counts).filter(([name]) => !RULE.test(name)), ['gaps', gaps] as const]
    .filter(([, n]) => n !== 0)
    .map(([name, n]) => `${names[name] ?? name} ${format.count(n)}`)
    .join(' · ');
}
