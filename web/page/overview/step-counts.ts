/** Counts of a step in words. */
import type { StepAnswer } from '../../api.ts';
import type { Formats } from '../words/format.ts';
import type { Words } from '../words/zh.ts';

/** Evaluation records one count per rule, and `gap <rule>`: the rules have their own table, the gaps are summed. */
const RULE = /^(gap )?[A-Z]+-[A-Z0-9]+$/;

/** Export records one count per list, under the list's code: the lists have their own table too. */
const LISTS = 'exportLists';

/** @returns e.g. `接收文件 9 · 拒收 2`; zero counts are left out */
export function describeCounts(
  { step, counts }: StepAnswer,
  words: Words,
  format: Formats,
): string {
  const names: Readonly<Record<string, string>> = words.steps.counts;
  const entries = Object.entries(counts);
  const gaps = entries
    .filter(([name]) => name.startsWith('gap '))
    .reduce((sum, [, n]) => sum + n, 0);
  const shown: (readonly [string, number])[] =
    step === LISTS
      ? [['lists', entries.length]]
      : [...entries.filter(([name]) => !RULE.test(name)), ['gaps', gaps]];
  return shown
    .filter(([, n]) => n !== 0)
    .map(([name, n]) => `${names[name] ?? name} ${format.count(n)}`)
    .join(' · ');
}
