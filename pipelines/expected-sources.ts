/** Which extracts a home waits for, so that a screen that says 'behind' says it of those only. */
import { needsOf, rulesInForce } from '../warnings/rule-book.ts';
import type { Office } from './office.ts';

/**
 * The extracts of the contract, and a further agency's (one that brings its own fields) once it has handed something
 * in or a rule in force needs it: most provinces do not have it.
 * @param came whether anything ever came from a source
 * @returns `agency/dataset`, in the order of the connectors
 */
export function expectedSources(
  { contracts, fieldTables, rules }: Pick<Office, 'contracts' | 'fieldTables' | 'rules'>,
  came: (source: string) => boolean,
): string[] {
  const further = new Set(fieldTables.map(({ agency }) => agency));
  const needed = new Set(
    rulesInForce(rules).flatMap((rule) => needsOf(rule, rules.vocabulary.fields)),
  );
  return [...contracts]
    .filter(([source, { agency }]) => !further.has(agency) || came(source) || needed.has(source))
    .map(([source]) => source);
}
