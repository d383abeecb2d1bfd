/** Rows of planted homes with unremarkable defaults: a scenario sets only what matters to it. */
import type { DatasetName } from '../datasets/all.ts';
import {
  day,
  daysBefore,
  monthsOld,
  text,
  yuan,
  type Cells,
  type PlantedRow,
  type Yardstick,
} from './scenario.ts';

const row = (dataset: DatasetName, person: number, cells: Cells): PlantedRow => ({
  dataset,
  person,
  monthsBack: 0,
  cells,
});

/** The same row in the previous month's file. */
export const monthBefore = (planted: PlantedRow): PlantedRow => ({ ...planted, monthsBack: 1 });

export const assistance = (person: number, cells: Cells): PlantedRow =>
  row('assistance', person, {
    household_id: 'c.household_id',
    township: 'c.township',
    village: 'c.village',
    residence: text('rural'),
    programme: text('rural_dibao'),
    status: text('active'),
    status_date: daysBefore(700),
    household_size: text('2'),
    labour_capacity: text('partial'),
    self_care: text('full'),
    single_person: text('false'),
    review_date: daysBefore(60),
    relocated: text('false'),
    ...cells,
  });

export const member = (person: number, cells: Cells = {}): PlantedRow =>
  row('members', person, {
    household_id: 'c.household_id',
    relation: person === 1 ? text('户主') : text('其他'),
    sex: person % 2 === 1 ? text('male') : text('female'),
    birth_month: monthsOld(500 + person * 7),
    ...cells,
  });

export const monitored = (person: number, cells: Cells): PlantedRow =>
  row('monitored', person, {
    household_id: 'c.household_id',
    township: 'c.township',
    village: 'c.village',
    category: text('unstable'),
    risk: text('open'),
    causes: text('illness'),
    identified_month: 'month_text(c.month - 14)',
    labour_capacity: text('partial'),
    employment: text('local'),
    measures: text('2'),
    household_size: text('2'),
    birth_month: monthsOld(500 + person * 7),
    ...cells,
  });

export const insured = (person: number, value = true): PlantedRow =>
  row('insured', person, { insured: text(String(value)), subsidised: text('true') });

export const job = (person: number, status = 'employed', cells: Cells = {}): PlantedRow =>
  row('employment', person, { status: text(status), ...cells });

export const pupil = (person: number, stage: string, status: string, cells: Cells): PlantedRow =>
  row('enrolment', person, { stage: text(stage), status: text(status), ...cells });

export const certificate = (
  person: number,
  grade: number,
  category: number,
  cells: Cells = {},
): PlantedRow =>
  row('certificates', person, {
    category: text(String(category)),
    grade: text(String(grade)),
    status: text('valid'),
    issued: daysBefore(900),
    living_subsidy: text('true'),
    nursing_subsidy: text('true'),
    ...cells,
  });

/** @param selfPaid fen; negative for a reversal */
export const bill = (
  person: number,
  kind: 'inpatient' | 'outpatient' | 'chronic',
  selfPaid: number,
  cells: Cells = {},
): PlantedRow =>
  row('settlements', person, {
    settled_on: day(9),
    kind: text(kind),
    disease_code: text('J18.9'),
    major_illness: text('false'),
    total: yuan(selfPaid * 3),
    insurance_paid: yuan(selfPaid * 2),
    self_paid: yuan(selfPaid),
    ...cells,
  });

export const fact = (person: number, kind: string, cells: Cells = {}): PlantedRow =>
  row('facts', person, { kind: text(kind), since: daysBefore(40), ...cells });

export const hit = (person: number, happenedOn: string): PlantedRow =>
  row('affected', person, { event: text('洪涝'), happened_on: happenedOn });

interface HomeForm {
  readonly size?: number;
  /** On the row of every member. */
  readonly cells?: Cells;
}

const persons = (size: number): number[] => Array.from({ length: size }, (_, index) => index + 1);

const working = (person: number): PlantedRow[] => [job(person), insured(person)];

function assisted(incomeFen: number, programme: string, form: HomeForm): PlantedRow[] {
  const size = form.size ?? 2;
  return persons(size).flatMap((person) => [
    assistance(person, {
      programme: text(programme),
      household_size: text(String(size)),
      income_per_capita_year: yuan(incomeFen),
      ...form.cells,
    }),
    member(person),
    ...working(person),
  ]);
}

/** Adults with jobs, all insured, in rural dibao, well below the standard, with a top-up. */
export const dibaoHome = (yardstick: Yardstick, form: HomeForm = {}): PlantedRow[] =>
  assisted(Math.round(yardstick.standard * 0.6), 'rural_dibao', {
    ...form,
    cells: { amount_month: text('200.00'), topup_month: text('60.00'), ...form.cells },
  });

/** The same home in the marginal programme, in the upper part of its band. */
export const marginalHome = (yardstick: Yardstick, form: HomeForm = {}): PlantedRow[] =>
  assisted(Math.round(yardstick.standard * 1.4), 'marginal', form);

/** A refused home well above the marginal band: not low-income in any sense. */
export const refusedHome = (yardstick: Yardstick, form: HomeForm = {}): PlantedRow[] =>
  assisted(yardstick.marginalEnd + yardstick.standard, 'rural_dibao', {
    ...form,
    cells: { status: text('refused'), review_date: 'NULL', ...form.cells },
  });

/** A home in the monitoring extract with open risk and in no programme, above the marginal band. */
export function monitoredHome(yardstick: Yardstick, form: HomeForm = {}): PlantedRow[] {
  const size = form.size ?? 2;
  return persons(size).flatMap((person) => [
    monitored(person, {
      household_size: text(String(size)),
      income_per_capita_year: yuan(yardstick.marginalEnd + Math.round(yardstick.standard * 0.2)),
      ...form.cells,
    }),
    ...working(person),
  ]);
}

/** Changes some cells of one person's row in one dataset. */
export const change = (
  rows: readonly PlantedRow[],
  dataset: DatasetName,
  person: number,
  cells: Cells,
): PlantedRow[] =>
  rows.map((each) =>
    each.dataset === dataset && each.person === person
      ? { ...each, cells: { ...each.cells, ...cells } }
      : each,
  );

/** Removes one person's row from one dataset. */
export const without = (
  rows: readonly PlantedRow[],
  dataset: DatasetName,
  person: number,
): PlantedRow[] => rows.filter((each) => each.dataset !== dataset || each.person !== person);
