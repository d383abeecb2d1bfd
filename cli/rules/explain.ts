/** doudi rules explain: why a rule holds for one person or home, from which rows, and what would reverse it. */
import { usageError } from '../../core/errors.ts';
import { SubjectId } from '../../core/ids.ts';
import type { Divisions } from '../../core/region.ts';
import { explainSubject, type Explanation } from '../../warnings/explain/subject.ts';
import { explanationInWords } from '../../warnings/explain/words.ts';
import { aboutPeople, type Rule } from '../../warnings/schema.ts';
import { text, type Invocation } from '../command.ts';
import { withHome, type OpenedHome } from '../open.ts';
import { requireMonth, requireText } from '../require.ts';

const WORDS = {
  zh: { basis: '依据：', sources: '来源：' },
  en: { basis: 'basis: ', sources: 'from:' },
} as const;

function linesOf(
  explained: Explanation,
  rule: Rule,
  month: string,
  divisions: Divisions,
  language: 'zh' | 'en',
): string[] {
  const words = WORDS[language];
  const { county } = explained;
  const { missing, reasoning, dates, nearest, sources } = explanationInWords(explained, language);
  return [
    `${rule.id} ${language === 'zh' ? rule.title : rule.title_en} · ${month} · ${divisions.find(county)?.name ?? county}`,
    ...missing,
    ...reasoning,
    ...dates,
    nearest,
    ...(sources.length === 0 ? [] : [words.sources, ...sources.map((source) => `  ${source}`)]),
    `${words.basis}${rule.basis.map(({ doc, clause }) => (clause === '-' ? doc : `${doc} ${clause}`)).join('；')}`,
    '',
  ];
}

export async function explain(invocation: Invocation): Promise<void> {
  const [id = ''] = invocation.positionals;
  const month = requireMonth(invocation);
  const subject = SubjectId.parse(requireText(invocation, 'person'));
  const language = text(invocation, 'lang') ?? 'zh';
  if (language !== 'zh' && language !== 'en') throw usageError('--lang is zh or en');
  const show = async ({ store, divisions, deployment }: OpenedHome): Promise<void> => {
    const { rules: book, contracts } = await deployment();
    const rule = book.rules.find((candidate) => candidate.id === id);
    if (rule === undefined)
      throw usageError(`there is no rule '${id}'`, book.rules.map((r) => r.id).join(', '));
    if (!aboutPeople(rule))
      throw usageError(`${id} speaks of no person or home`, '`doudi work` shows what it finds');
    const explanations = await explainSubject({
      store,
      divisions,
      book,
      contracts,
      rule,
      month,
      id: subject,
    });
    if (invocation.json) return invocation.out(`${JSON.stringify(explanations, null, 2)}\n`);
    const lines = explanations.flatMap((one) => linesOf(one, rule, month, divisions, language));
    await invocation.out(`${lines.join('\n')}\n`);
  };
  // The record itself is not written down: no person's id is (docs/accounts.md).
  await withHome(invocation, show, { reads: { route: 'doudi rules explain' } });
}
