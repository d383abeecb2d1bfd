/** Runs a rule's own examples through the interpreter. */
import type { Month } from '../core/month.ts';
import { datesAhead, evaluate, type Situation } from './interpret.ts';
import type { Literal, Rule } from './schema.ts';
import type { UncoveredReason, Segment } from './segment-schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The situation an example describes: fields not named are false (yes/no) or unknown. */
export function exampleSituation(
  example: Omit<Rule['examples'][number], 'warns' | 'dates'>,
  { fields, definitions }: Vocabulary,
): Situation {
  const field = (name: string): Literal | null => {
    const given = example.given[name];
    if (given !== undefined) return given;
    return fields.get(name)?.type === 'boolean' ? false : null;
  };
  const parameter = (name: string): Literal | null => example.parameters?.[name] ?? null;
  return {
    month: (example.month ?? '2025-10') as Month,
    field,
    parameter,
    fields,
    definitions,
    holding: new Set(example.holding ?? []),
  };
}

/** A rule's result for an example: whether it warns, and the dates it reports. */
function outcomeOf(rule: Rule, situation: Situation): { warns: boolean; dates: string[] } {
  if (rule.watch === undefined)
    return { warns: evaluate(rule.when, situation) === true, dates: [] };
  const dates = datesAhead(rule, situation).map(({ due }) => due);
  return { warns: dates.length > 0, dates };
}

/** Names of the examples whose result differs from the expected one. */
export function failingExamples(rule: Rule, vocabulary: Vocabulary): string[] {
  return rule.examples
    .filter((example) => {
      const { warns, dates } = outcomeOf(rule, exampleSituation(example, vocabulary));
      const wanted = example.dates ?? (rule.watch === undefined || !example.warns ? [] : dates);
      return warns !== example.warns || wanted.join() !== dates.join();
    })
    .map(({ name }) => name);
}

/** The same for a segment or a reason. */
export function failingMembers(
  judged: Segment | UncoveredReason,
  vocabulary: Vocabulary,
): string[] {
  const covered = 'covered' in judged ? judged.covered : undefined;
  return judged.examples
    .filter((example) => {
      const situation = exampleSituation(example, vocabulary);
      const holds = evaluate(judged.when, situation) === true;
      const looked = covered !== undefined && evaluate(covered, situation) === true;
      return holds !== example.holds || looked !== (example.covered ?? looked);
    })
    .map(({ name }) => name);
}
