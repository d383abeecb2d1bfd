import { firstDay, lastDay, shiftMonth } from './calendar.ts';
import { DATASET_NAMES, EVENT_DATE, type DatasetName } from './datasets.ts';
import { lookupAt, type Lookup } from './parameters.ts';
import { readEvents, readState } from './reading.ts';
import type { Row } from './row.ts';
import type { OracleInput } from './types.ts';

export const ASSISTANCE = 'civil-affairs/assistance';
export const MEMBERS = 'civil-affairs/members';
export const MONITORED = 'rural-revitalization/monitored';
export const ENROLMENT = 'education/enrolment';
export const SETTLEMENTS = 'medical-insurance/settlements';
export const INSURED = 'medical-insurance/insured';
export const CERTIFICATES = 'disabled-federation/certificates';
export const EMPLOYMENT = 'human-resources/employment';
export const FACTS = 'cross-check/facts';
export const AFFECTED = 'emergency/affected';

const HOUSEHOLD_DATASETS: readonly DatasetName[] = [ASSISTANCE, MEMBERS, MONITORED];

type Index = ReadonlyMap<string, readonly Row[]>;

function indexBy(rows: readonly Row[], column: string): Index {
  const index = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.text(column);
    if (key === '') continue;
    const found = index.get(key);
    if (found === undefined) index.set(key, [row]);
    else found.push(row);
  }
  return index;
}

/** The row delivered last wins; `key` undefined = the row stands for itself. */
function lastDelivered(rows: readonly Row[], key: (row: Row) => string | undefined): Row[] {
  const last = new Map<string, Row>();
  for (const row of rows) {
    const of = key(row);
    if (of !== undefined) last.set(of, row);
  }
  return rows.filter((row) => {
    const of = key(row);
    return of === undefined || last.get(of) === row;
  });
}

/** Latest status_date first, then earlier line: the order in which assistance rows speak. */
export function latestStatusFirst(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [a.text('status_date'), b.text('status_date')];
    return x === y ? a.line - b.line : x > y ? -1 : 1;
  });
}

function readDataset(input: OracleInput, dataset: DatasetName): Row[] {
  const { inbox, month, province } = input;
  if (!(dataset in EVENT_DATE)) return readState(inbox, dataset, month, province);
  const rows = readEvents(inbox, dataset, month, province);
  if (dataset === SETTLEMENTS) {
    // DECISION: a bill_id counts once in the whole province, and a row without one counts by
    // itself, even when it is identical to another (settlements are no state extract).
    return lastDelivered(rows, (row) => row.text('bill_id') || undefined);
  }
  if (dataset === FACTS) {
    return lastDelivered(rows, (row) =>
      [row.text('person_id'), row.text('kind'), row.text('since')].join(' '),
    );
  }
  return rows;
}

/** Everything that is known at M, and the plain questions the rules ask of it. */
export class World {
  readonly month: string;
  /** The last day of M. */
  readonly end: string;
  /** The first day of M−11. */
  readonly yearAgo: string;
  readonly lookup: Lookup;
  readonly #persons = new Map<DatasetName, Index>();
  readonly #households = new Map<DatasetName, Index>();
  readonly #certificatesBefore: Index;
  readonly #supporters: Index;
  readonly #halfYearAgo = new Map<DatasetName, Index>();

  constructor(input: OracleInput) {
    this.month = input.month;
    this.end = lastDay(input.month);
    this.yearAgo = firstDay(shiftMonth(input.month, -11));
    this.lookup = lookupAt(input.parameters, this.end);
    let supporters: Index = new Map();
    for (const dataset of DATASET_NAMES) {
      const rows = readDataset(input, dataset);
      this.#persons.set(dataset, indexBy(rows, 'person_id'));
      if (HOUSEHOLD_DATASETS.includes(dataset)) {
        this.#households.set(dataset, indexBy(rows, 'household_id'));
      }
      if (dataset === MEMBERS) supporters = indexBy(rows, 'supporter_of');
    }
    this.#supporters = supporters;
    const half = shiftMonth(input.month, -6);
    for (const dataset of [ASSISTANCE, MONITORED] as const) {
      const rows = readState(input.inbox, dataset, half, input.province);
      this.#halfYearAgo.set(dataset, indexBy(rows, 'household_id'));
    }
    const before = shiftMonth(input.month, -1);
    this.#certificatesBefore = indexBy(
      readState(input.inbox, CERTIFICATES, before, input.province),
      'person_id',
    );
  }

  /** The person's rows in M's extract, or the counting ones delivered up to M. */
  of(person: string, dataset: DatasetName): readonly Row[] {
    return this.#persons.get(dataset)?.get(person) ?? [];
  }

  /** The rows that bear the household_id. */
  ofHousehold(household: string, dataset: DatasetName): readonly Row[] {
    return this.#households.get(dataset)?.get(household) ?? [];
  }

  /** The rows that bear the household_id in the extract of M−6. */
  ofHouseholdHalfYearAgo(household: string, dataset: DatasetName): readonly Row[] {
    return this.#halfYearAgo.get(dataset)?.get(household) ?? [];
  }

  /** The persons whose members row names this one in `supporter_of`. */
  supportersOf(person: string): string[] {
    const rows = this.#supporters.get(person) ?? [];
    return [...new Set(rows.map((row) => row.text('person_id')))];
  }

  certificatesBefore(person: string): readonly Row[] {
    return this.#certificatesBefore.get(person) ?? [];
  }

  persons(): string[] {
    return [...new Set([...this.#persons.values()].flatMap((index) => [...index.keys()]))].sort();
  }

  households(): string[] {
    const all = [...this.#households.values()].flatMap((index) => [...index.keys()]);
    return [...new Set(all)].sort();
  }

  /** Civil affairs' household first: that is the one a warning carries. */
  householdsOf(person: string): string[] {
    // DECISION: assistance before members, each by its own order of rows.
    const rows = [
      ...latestStatusFirst(this.of(person, ASSISTANCE)),
      ...this.of(person, MEMBERS),
      ...this.of(person, MONITORED),
    ];
    return [...new Set(rows.map((row) => row.text('household_id')))];
  }

  membersOf(household: string): string[] {
    const rows = HOUSEHOLD_DATASETS.flatMap((dataset) => this.ofHousehold(household, dataset));
    return [...new Set(rows.map((row) => row.text('person_id')))];
  }

  countyOf(person: string): string {
    // DECISION: after the three the other datasets in the contract's order; of the accumulating
    // ones the latest file first, then the earlier line.
    for (const dataset of DATASET_NAMES) {
      const rows = this.of(person, dataset);
      const ordered =
        dataset === ASSISTANCE
          ? latestStatusFirst(rows)
          : [...rows].sort((a, b) =>
              a.fileMonth === b.fileMonth ? a.line - b.line : a.fileMonth > b.fileMonth ? -1 : 1,
            );
      const [first] = ordered;
      if (first !== undefined) return first.text('county');
    }
    return '';
  }

  countyOfHousehold(household: string): string {
    const [first] = [
      ...latestStatusFirst(this.ofHousehold(household, ASSISTANCE)),
      ...this.ofHousehold(household, MEMBERS),
      ...this.ofHousehold(household, MONITORED),
    ];
    return first?.text('county') ?? '';
  }
}
