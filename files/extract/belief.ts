/** Precedence of datasets about where a person lives: the rank in their contracts. */
import { sourceName, type Contract } from './contract.ts';

/** Ranked datasets by rank, then the others by name. */
export function inOrder(contracts: Iterable<Contract>): Contract[] {
  const place = ({ roster }: Contract): number => roster?.rank ?? Number.MAX_SAFE_INTEGER;
  const name = (contract: Contract): string => sourceName(contract);
  return [...contracts].sort(
    (a, b) => place(a) - place(b) || (name(a) < name(b) ? -1 : Number(name(a) > name(b))),
  );
}

/** Datasets that make persons members of homes, highest precedence first. */
export function homeDatasets(contracts: ReadonlyMap<string, Contract>): Contract[] {
  return inOrder(contracts.values()).filter(({ roster }) => roster?.homes === true);
}
