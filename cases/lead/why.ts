/** Why each warning on a lead holds: its conditions with figures and clauses, the source rows, the nearest change. */
import { SubjectId } from '../../core/ids.ts';
import type { Month } from '../../core/month.ts';
import { hexOf, literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { aboutPeople } from '../../warnings/schema.ts';
import { explainSubject } from '../../warnings/explain/subject.ts';
import { explanationInWords, type ExplainedInWords } from '../../warnings/explain/words.ts';
import type { LeadCard } from './card.ts';
import type { Deployment } from '../../warnings/deployment.ts';

export interface LeadReason {
  readonly rule: string;
  readonly person_id: string | null;
  /** The last month in which the warning held. */
  readonly month: string;
  readonly zh: ExplainedInWords;
  readonly en: ExplainedInWords;
}

/** The last month in which each warning of the lead's home held. */
async function lastHeld(
  store: Store,
  { direction, household_id: home, person_id: person }: LeadCard,
): Promise<{ rule: string; person_id: string | null; month: Month }[]> {
  const whose =
    home === null
      ? `household_id IS NULL AND person_id = ${literal(person ?? '')}::UUID`
      : `household_id = ${literal(home)}::UUID`;
  return store.sql.rows(
    `SELECT rule, ${hexOf('person_id')} AS person_id, max(month) AS month FROM warning
     WHERE direction = ${literal(direction)} AND ${whose} GROUP BY rule, warning.person_id ORDER BY rule, 2`,
  );
}

/**
 * @param card from `readLeadCard`
 * @returns one entry per warning on the card that still holds
 * @throws MonitorError `not-run` if the month's work files are gone: run the month again
 */
export async function readLeadReasons(
  store: Store,
  { rules: book, divisions, contracts }: Pick<Deployment, 'rules' | 'divisions' | 'contracts'>,
  card: LeadCard,
): Promise<LeadReason[]> {
  const held = await lastHeld(store, card);
  const reasons: LeadReason[] = [];
  for (const { rule: id, person_id, holds } of card.evidence) {
    const rule = book.rules.find((candidate) => candidate.id === id);
    const last = held.find((one) => one.rule === id && one.person_id === person_id);
    const subject = person_id ?? card.household_id;
    if (
      !holds ||
      rule === undefined ||
      !aboutPeople(rule) ||
      last === undefined ||
      subject === null
    )
      continue;
    const explanations = await explainSubject({
      store,
      divisions,
      book,
      contracts,
      rule,
      month: last.month,
      id: SubjectId.parse(subject),
    });
    // For a person in two homes: the home the lead is about, else the one for which it holds.
    const explained =
      explanations.find((one) => one.household_id === card.household_id) ??
      explanations.find((one) => one.reasoning.holds === true);
    if (explained !== undefined)
      reasons.push({
        rule: id,
        person_id,
        month: last.month,
        zh: explanationInWords(explained, 'zh'),
        en: explanationInWords(explained, 'en'),
      });
  }
  return reasons;
}
