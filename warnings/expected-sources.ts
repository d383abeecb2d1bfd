/** Which extracts a home waits for, so that a screen that says 'behind' says it of those only. */
import { needsOf, rulesInForce } from './rule-book.ts';
import type { Deployment } from './deployment.ts';

/**
 * The extracts that every home waits for, and others once something came or a rule in force needs them.
 * @param came whether anything ever came from a source
 * @returns `agency/dataset`, in the order of the connectors
 */
export function expectedSources(
  { contracts, rules }: Pick<Deployment, 'contracts' | 'rules'>,
  came: (source: string) => boolean,
): string[] {
  const needed = new Set(
    rulesInForce(rules).flatMap((rule) => needsOf(rule, rules.vocabulary.fields)),
  );
  return [...contracts]
    .filter(([source, { awaited }]) => awaited || came(source) || needed.has(source))
    .map(([source]) => source);
}
