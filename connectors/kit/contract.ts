/** What a connector declares about one dataset. */
import { z } from 'zod';
import type { Column } from './columns.ts';
import type { FieldTable } from './field-table.ts';

export interface Contract {
  /** Folder names of the layout (contracts.md section 1). */
  readonly agency: string;
  readonly dataset: string;
  /** Chinese name on screens and reports. */
  readonly title: string;
  /** state: speaks for its own month. cumulative: what became known in its month, adds up over months. */
  readonly nature: 'state' | 'cumulative';
  readonly row: z.ZodObject<Record<string, Column>>;
}

/** An agency and its datasets: the default export of `connectors/<agency>/index.ts`. */
export interface Connector {
  readonly agency: string;
  readonly title: string;
  readonly contracts: readonly Contract[];
  /** What rules may say of the agency's extracts, beside the fields that the profile has anyway. */
  readonly fields?: readonly FieldTable[];
}

export function contract(
  agency: string,
  dataset: string,
  title: string,
  nature: Contract['nature'],
  columns: Readonly<Record<string, Column>>,
): Contract {
  return { agency, dataset, title, nature, row: z.object({ ...columns }) };
}

/** `agency/dataset`, the name of a source everywhere else. */
export function sourceName(contract: Pick<Contract, 'agency' | 'dataset'>): string {
  return `${contract.agency}/${contract.dataset}`;
}

/** The view under which the steps' SQL and the connectors' fields read a dataset: `unsafe-homes` is `v_unsafe_homes`. */
export function viewName({ dataset }: Pick<Contract, 'dataset'>): string {
  return `v_${dataset.replaceAll('-', '_')}`;
}
