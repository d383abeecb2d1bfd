/** Which extracts a home expects: only these can be shown as late. */
import { needsOf, rulesInForce } from './rule-book.ts';
import type { Deployment } from './deployment.ts';

/**
 * The extracts expected in every home, and others once something arrived or a rule in force needs them.
 * @param came whether anything ever arrived from a source
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
