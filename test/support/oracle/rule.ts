import type { DatasetName } from './datasets.ts';
import type { World } from './world.ts';

/** The evaluated rules that hold, by person_id or household_id: what FAM-05 and FAM-06 look at. */
export interface Hits {
  readonly persons: ReadonlyMap<string, ReadonlySet<string>>;
  readonly households: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Need {
  readonly dataset: DatasetName;
  readonly monthsBack: number;
}

export interface Rule {
  readonly rule: string;
  readonly subject: 'person' | 'household';
  readonly needs: readonly Need[];
  readonly holds: (at: World, id: string, hits: Hits) => boolean;
}

/** A rule that looks ahead: the days on which something will change for the subject. */
export interface Watch {
  readonly rule: string;
  readonly subject: 'person' | 'household';
  readonly needs: readonly Need[];
  readonly days: (at: World, id: string) => readonly string[];
}

const at = (datasets: readonly DatasetName[]): Need[] =>
  datasets.map((dataset) => ({ dataset, monthsBack: 0 }));

export const personRule = (
  rule: string,
  datasets: readonly DatasetName[],
  holds: (at: World, person: string) => boolean,
): Rule => ({ rule, subject: 'person', needs: at(datasets), holds });

export const householdRule = (
  rule: string,
  datasets: readonly DatasetName[],
  holds: (at: World, household: string, hits: Hits) => boolean,
): Rule => ({ rule, subject: 'household', needs: at(datasets), holds });
