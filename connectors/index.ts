/** All connectors: every folder here with an `index` is an agency. To add one, add a folder. */
import { existsSync, readdirSync } from 'node:fs';
import { sourceName, type Connector, type Contract } from '../files/extract/contract.ts';
import type { FieldTable } from '../files/extract/field-table.ts';

const folder = new URL('./', import.meta.url);
/** `.ts` in a checkout, `.js` once built. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

let loaded: Promise<readonly Connector[]> | undefined;

/** The connectors in the order of their folders' names. */
export function loadConnectors(): Promise<readonly Connector[]> {
  loaded ??= Promise.all(
    readdirSync(folder, { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && existsSync(new URL(`${entry.name}/index.${extension}`, folder)),
      )
      .map((entry) => entry.name)
      .sort()
      .map(async (name) => {
        const module = (await import(new URL(`${name}/index.${extension}`, folder).href)) as {
          default: Connector;
        };
        return module.default;
      }),
  );
  return loaded;
}

/** All contracts, by `agency/dataset`; titles include the agency's name, e.g. 教育 学籍. */
export async function loadContracts(): Promise<ReadonlyMap<string, Contract>> {
  const connectors = await loadConnectors();
  return new Map(
    connectors.flatMap((c) =>
      c.contracts.map(
        (contract) =>
          [sourceName(contract), { ...contract, title: `${c.title} ${contract.title}` }] as const,
      ),
    ),
  );
}

/** The fields of all connectors, in order of folder name. */
export async function loadFieldTables(): Promise<readonly FieldTable[]> {
  const connectors = await loadConnectors();
  return connectors.flatMap(({ fields = [] }) => fields);
}
