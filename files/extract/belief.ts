/** Which dataset is believed before which about where a person lives: the rank in its contract. */
import { sourceName, type Contract } from './contract.ts';

/** Those with a rank by it, the others after them by name. */
export function inOrder(contracts: Iterable<Contract>): Contract[] {
  const place = ({ roster }: Contract): number => roster?.rank ?? Number.MAX_SAFE_INTEGER;
  const name = (contract: Contract): string => sourceName(contract);
  return [...contracts].sort(
    (a, b) => place(a) - place(b) || (name(a) < name(b) ? -1 : Number(name(a) > name(b))),
  );
}

/** Datasets that make persons members of homes, the one that is believed first in front. */
export function homeDatasets(contracts: ReadonlyMap<string, Contract>): Contract[] {
  return inOrder(contracts.values()).filter(({ roster }) => roster?.homes === true);
}
