/** Writes the source's rows, one at a time, to the drafts of the result and the rosters. */
import type { KeyObject } from 'node:crypto';
import { csvLines } from '../files/csv.ts';
import type { Drafts } from './drafts.ts';
import type { IdentifierGate } from './gate.ts';
import { sensitiveHeader } from './headers.ts';
import { normaliseHousehold } from './household.ts';
import { FAULT_WORDS, readIdentity } from '../files/identity.ts';
import type { PlannedColumn, ColumnPlan } from './plan.ts';
import { pseudonymOf } from './pseudonym.ts';
import type { SourceRow } from './records.ts';
import { storedFault, type Holds } from './stored.ts';

export interface Fault {
  /** Line of the file, or row number of the sheet. */
  readonly line: number;
  /** Empty: the row as a whole. */
  readonly column: string;
  readonly reason: string;
}

const LISTED = 100;

const FIELDS = 'has another number of fields than the header';
const COUNTY = 'no county code of six digits, so that it belongs to no roster';

/** Rows are written one by one: a file may have thousands of rosters, and none is buffered in memory. */
const csvLine = (cells: readonly string[]): string => csvLines([cells]);

export class Rows {
  /** The first hundred. */
  readonly faults: Fault[] = [];
  rows = 0;
  bad = 0;
  withoutId = 0;
  private readonly plan: ColumnPlan;
  private readonly key: KeyObject;
  private readonly drafts: Drafts;
  private readonly gate: IdentifierGate;
  private readonly main: string;
  /** Every column that is written out, with its required kind. */
  private readonly read: readonly (PlannedColumn & { readonly holds: Holds })[];

  /** @param main file name of the result */
  constructor(
    plan: ColumnPlan,
    key: KeyObject,
    main: string,
    drafts: Drafts,
    gate: IdentifierGate,
  ) {
    this.plan = plan;
    this.key = key;
    this.main = main;
    this.drafts = drafts;
    this.gate = gate;
    const { county } = plan;
    const isOut = plan.out.some(({ index }) => index === county?.index);
    this.read = [
      ...plan.out.map((column) => ({ ...column, holds: column.numbers ?? ('anything' as const) })),
      ...(county === null || isOut ? [] : [{ ...county, holds: 'anything' as const }]),
      ...plan.roster.map((column) => ({
        ...column,
        holds: sensitiveHeader(column.name) === null ? ('anything' as const) : ('text' as const),
      })),
    ];
    drafts.begin(main);
    drafts.write(main, csvLine(plan.out.map(({ as }) => as)));
    if (plan.roster.length > 0 && plan.county === null) this.openRoster('roster.csv');
  }

  private openRoster(name: string): void {
    const { roster, household } = this.plan;
    this.drafts.begin(name);
    this.drafts.write(
      name,
      csvLine([
        'person_id',
        ...(household === null ? [] : ['household_id']),
        ...roster.map(({ as }) => as),
      ]),
    );
  }

  private fault(line: number, column: string, reason: string): null {
    if (this.faults.length < LISTED) this.faults.push({ line, column, reason });
    return null;
  }

  private replace(
    cell: string,
    numbers: 'identity' | 'household',
    line: number,
    column: string,
  ): string | null {
    // Unknown stays unknown: an empty cell gets no pseudonym.
    if (cell.trim() === '') return '';
    if (numbers === 'household') {
      const number = normaliseHousehold(cell);
      if (number === null) return this.fault(line, column, FAULT_WORDS.already);
      return number === '' ? '' : pseudonymOf(this.key, number);
    }
    const read = readIdentity(cell);
    return 'number' in read
      ? pseudonymOf(this.key, read.number)
      : this.fault(line, column, FAULT_WORDS[read.fault]);
  }

  private rosterOf(cells: readonly string[], line: number): string | null {
    const { county } = this.plan;
    if (county === null) return 'roster.csv';
    const code = (cells[county.index] ?? '').trim();
    // It becomes part of a file name.
    return /^\d{6}$/.test(code) ? `roster-${code}.csv` : this.fault(line, county.name, COUNTY);
  }

  /** Whether a cell is stored in a way its column does not accept. Nothing in such a row is hashed. */
  private isStoredWrong({ line, stored }: SourceRow): boolean {
    if (stored === undefined) return false;
    let faults = 0;
    for (const { index, name, holds } of this.read) {
      const as = stored.get(index);
      const reason = as === undefined ? undefined : storedFault(as, holds);
      if (reason === undefined) continue;
      this.fault(line, name, reason);
      faults += 1;
    }
    return faults > 0;
  }

  private written(cells: readonly string[], line: number): string[] | null {
    const written: string[] = [];
    let faults = 0;
    for (const { index, name, numbers } of this.plan.out) {
      const cell = cells[index] ?? '';
      const kept = numbers === null ? cell : this.replace(cell, numbers, line, name);
      if (kept === null) faults += 1;
      else written.push(kept);
    }
    return faults === 0 ? written : null;
  }

  /** @throws MonitorError `identifiers`, `exists` */
  take(row: SourceRow): void {
    const { plan, drafts } = this;
    const { cells, line } = row;
    if (cells.length !== plan.fields) {
      this.fault(line, '', FIELDS);
      this.bad += 1;
      return;
    }
    const written = this.isStoredWrong(row) ? null : this.written(cells, line);
    const roster = plan.roster.length === 0 ? '' : this.rosterOf(cells, line);
    if (written === null || roster === null) {
      this.bad += 1;
      return;
    }
    for (const [at, { numbers, name }] of plan.out.entries())
      if (numbers === null) this.gate.look(written[at] ?? '', line, name);
    const idOf = (index: number): string =>
      written[plan.out.findIndex((column) => column.index === index)] ?? '';
    this.rows += 1;
    drafts.write(this.main, csvLine(written));
    const id = idOf(plan.person);
    if (id === '') this.withoutId += 1;
    if (roster === '' || id === '') return;
    if (!drafts.has(roster)) this.openRoster(roster);
    const home = plan.household === null ? [] : [idOf(plan.household)];
    drafts.write(
      roster,
      csvLine([id, ...home, ...plan.roster.map(({ index }) => (cells[index] ?? '').trim())]),
    );
  }
}
