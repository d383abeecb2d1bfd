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
  readonly awaited: boolean;
  readonly window: number | 'ever';
  readonly roster: Roster | null;
  readonly oneRow: OneRow | null;
}

/** Where a dataset of persons stands when two sources disagree on where somebody lives. */
export interface Roster {
  /** 1 is believed first. Unique over all agencies; a dataset without one comes after those that have one, by name. */
  readonly rank: number;
  /** Persons who share a `household_id` here live in one home. Without it the dataset makes nobody a member. */
  readonly homes?: true;
  /** A required date: the row with the latest one is believed before the others. */
  readonly latest?: string;
}

/** What a dataset has one row of within a county; a second one is data quality to be counted. */
export interface OneRow {
  /** Begins with `person_id`. */
  readonly key: readonly string[];
  /** Among which rows, as SQL over the dataset's columns; all rows when left out. */
  readonly among?: string;
}

/** Facts about a dataset that the steps need beside its columns; all may be left out. */
export interface DatasetFacts {
  /**
   * Every home waits for the extract, and a screen says that it is late. Otherwise it is waited for once something has
   * come, or a rule in force needs it: most provinces do not have it.
   */
  readonly awaited?: true;
  /**
   * Of a cumulative dataset: files of how many months count, the run's own included (12 when left out, which is as far
   * back as a rule looks). `ever` where something may begin long before and still hold.
   */
  readonly window?: number | 'ever';
  readonly roster?: Roster;
  readonly oneRow?: OneRow;
}

/** 'Within 12 months' = from the first day of M−11 (contracts.md section 3): as far back as rules look. */
export const WINDOW_MONTHS = 12;

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
  facts: DatasetFacts = {},
): Contract {
  return {
    agency,
    dataset,
    title,
    nature,
    row: z.object({ ...columns }),
    awaited: facts.awaited ?? false,
    window: facts.window ?? WINDOW_MONTHS,
    roster: facts.roster ?? null,
    oneRow: facts.oneRow ?? null,
  };
}

/** `agency/dataset`, the name of a source everywhere else. */
export function sourceName(contract: Pick<Contract, 'agency' | 'dataset'>): string {
  return `${contract.agency}/${contract.dataset}`;
}

/** The view under which the steps' SQL and the connectors' fields read a dataset: `unsafe-homes` is `v_unsafe_homes`. */
export function viewName({ dataset }: Pick<Contract, 'dataset'>): string {
  return `v_${dataset.replaceAll('-', '_')}`;
}
