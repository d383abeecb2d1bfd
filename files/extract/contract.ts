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
  /** state: describes its own month. cumulative: holds what became known in its month, adds up over months. */
  readonly nature: 'state' | 'cumulative';
  readonly row: z.ZodObject<Record<string, Column>>;
  readonly awaited: boolean;
  readonly window: number | 'ever';
  readonly roster: Roster | null;
  readonly oneRow: OneRow | null;
}

/** Precedence of a dataset of persons when two sources disagree on where somebody lives. */
export interface Roster {
  /** 1 is highest. Unique over all agencies; unranked datasets come last, by name. */
  readonly rank: number;
  /** Persons who share this `household_id` live in one home. Without it the dataset makes nobody a member. */
  readonly homes?: true;
  /** A required date: the row with the latest one wins. */
  readonly latest?: string;
}

/** Key of a dataset within a county; duplicates are counted as a data quality issue. */
export interface OneRow {
  /** Starts with `person_id`. */
  readonly key: readonly string[];
  /** Rows it applies to, as SQL over the dataset's columns; default all. */
  readonly among?: string;
}

/** Facts about a dataset that the steps need besides its columns; all optional. */
export interface DatasetFacts {
  /**
   * The extract is expected in every home and shown as late. Otherwise it is expected only once something has arrived
   * or a rule in force needs it: most provinces do not have it.
   */
  readonly awaited?: true;
  /**
   * For a cumulative dataset: how many months of files count, including the run's month (default 12, which is as far
   * back as a rule looks). `ever` where something may have begun long ago and still hold.
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
  /** Rule fields on the agency's extracts, besides the profile's built-in ones. */
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
