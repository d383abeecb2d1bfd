/** Runs a rule's own examples through the interpreter. */
import type { Month } from '../core/month.ts';
import { evaluate, type Situation } from './interpret.ts';
import type { Literal, Rule } from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The situation an example describes: fields not named are false (yes/no) or unknown. */
export function exampleSituation(
  example: Rule['examples'][number],
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

/** Names of the examples that do not come out as they say. */
export function failingExamples(rule: Rule, vocabulary: Vocabulary): string[] {
  return rule.examples
    .filter(
      (example) =>
        (evaluate(rule.when, exampleSituation(example, vocabulary)) === true) !== example.warns,
    )
    .map(({ name }) => name);
}
