/** doudi rules explain: every condition of a rule for one person or home, with value, figure and citation. */
import { usageError } from '../../core/errors.ts';
import { SubjectId } from '../../core/ids.ts';
import { explainSubject } from '../../pipelines/explain-subject.ts';
import { openRuleBook } from '../../pipelines/office.ts';
import { printReasoning } from '../../warnings/explain.ts';
import type { Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireMonth, requireText } from '../require.ts';

export async function explain(invocation: Invocation, id: string): Promise<void> {
  const month = requireMonth(invocation);
  const subject = SubjectId.parse(
    requireText(invocation, 'person', '0123456789abcdef0123456789abcdef'),
  );
  await withHome(invocation, async ({ store, config, divisions }) => {
    const book = await openRuleBook(config);
    const rule = book.rules.find((candidate) => candidate.id === id);
    if (rule === undefined)
      throw usageError(`there is no rule '${id}'`, book.rules.map((r) => r.id).join(', '));
    const explanations = await explainSubject({ store, divisions, book, rule, month, id: subject });
    if (invocation.json) return invocation.out(`${JSON.stringify(explanations, null, 2)}\n`);
    const text = explanations.flatMap(({ county, reasoning, not_evaluated }) => [
      `${rule.id} ${rule.title} · ${month} · ${divisions.find(county)?.name ?? county}`,
      ...not_evaluated.map((missing) => `未评估：缺少 ${missing}`),
      ...printReasoning(reasoning),
      `依据：${rule.basis.map(({ doc, clause }) => `${doc} ${clause}`).join('；')}`,
      '',
    ]);
    await invocation.out(`${text.join('\n')}\n`);
  });
}
