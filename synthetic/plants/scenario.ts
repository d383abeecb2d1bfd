/**
 * A planted case is a small home made for one rule and one month. A scenario describes it once; it is then
 * instantiated in every month, several times, in different townships. Rows are SQL expressions over one case `c` of
 * the table `plant_case` (see `tables.ts`): `month` (index), `month_start`, `month_end`, `window_start` (first day
 * of M−11), `year_start`, `k`, `county`, `township`, `village`, `other_county`, `other_township`, `household_id`,
 * `scenario`.
 */
import { literal } from '../../store/sql.ts';
import type { DatasetName } from '../datasets/all.ts';
import type { RuleFigures } from '../options.ts';

/** A SQL expression whose text becomes the cell. */
export type CellExpression = string;
export type Cells = Readonly<Record<string, CellExpression>>;

export interface PlantedRow {
  readonly dataset: DatasetName;
  /** Number of the person in the home, from 1. */
  readonly person: number;
  /** 1: the row belongs in the previous month's file. */
  readonly monthsBack: 0 | 1;
  readonly cells: Cells;
}

/** The months a scenario can be planted in. */
type Condition =
  | 'always'
  /** The previous month's file must have been generated. */
  | 'with-history'
  /** The province must have a second county. */
  | 'two-counties'
  /** MAR-01: the month ends before the direct-recognition clause ends … */
  | 'clause-in-force'
  /** … or begins after it. */
  | 'clause-over';

export interface Scenario {
  readonly rule: string;
  /** Unique within the rule; part of the ids, so renaming it changes the cases. */
  readonly name: string;
  readonly outcome: 'hit' | 'near-miss';
  readonly subject: 'person' | 'household';
  /** The person the rule is about; none for a household rule. */
  readonly who: number | null;
  readonly condition: Condition;
  readonly rows: readonly PlantedRow[];
}

/** The base for amounts: fen per head and year, rural. */
export interface Yardstick {
  readonly standard: number;
  /** First fen no longer below `marginalMultiple` × standard. */
  readonly marginalEnd: number;
  readonly disposable: number;
  readonly figures: RuleFigures;
}

type Rest = Partial<Pick<Scenario, 'condition' | 'who'>>;
type Plant = (rule: string, name: string, rows: readonly PlantedRow[], rest?: Rest) => Scenario;

const plant =
  (outcome: Scenario['outcome'], subject: Scenario['subject']): Plant =>
  (rule, name, rows, rest = {}) => ({
    rule,
    name,
    outcome,
    subject,
    rows,
    who: subject === 'person' ? (rest.who ?? 1) : null,
    condition: rest.condition ?? 'always',
  });

/** The rule must hold for the person (`who`, else the first). */
export const personHit = plant('hit', 'person');
/** The rule must narrowly not hold for that person. */
export const personMiss = plant('near-miss', 'person');
export const homeHit = plant('hit', 'household');
export const homeMiss = plant('near-miss', 'household');

/** A constant cell. */
export const text = (value: string): CellExpression => literal(value);

/** An amount in fen as yuan with two decimals. */
export function yuan(fen: number): CellExpression {
  const cents = Math.abs(fen) % 100;
  const whole = (Math.abs(fen) - cents) / 100;
  return literal(`${fen < 0 ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}`);
}

/** Yuan of a parameter, in fen. */
export const fen = (value: number): number => Math.round(value * 100);

export const EMPTY: CellExpression = 'NULL';
export const MONTH_END: CellExpression = 'c.month_end';
/** First day 'within 12 months', and the day before it. */
export const WINDOW_START: CellExpression = 'c.window_start';
export const BEFORE_WINDOW: CellExpression = 'c.window_start - 1';
/** The day before 'year to date' begins. */
export const LAST_YEAR: CellExpression = 'c.year_start - 1';
/** Day n of the month, counted from 0. */
export const day = (n: number): CellExpression => `c.month_start + ${n}`;
/** A day n days before the month. */
export const daysBefore = (n: number): CellExpression => `c.month_start - ${n}`;
/** Month of birth of a person who is the given number of months old in the month. */
export const monthsOld = (months: number): CellExpression => monthsBefore(months);
/** The person's id. */
export const personKey = (person: number): CellExpression =>
  `plant_key('person ${person}', c.scenario, c.month, c.k)`;
/** A home other than the case's. */
export const OTHER_HOME: CellExpression = `plant_key('other home', c.scenario, c.month, c.k)`;
/** The month that many months before the case's (negative: after it). */
export const monthsBefore = (months: number): CellExpression => `month_text(c.month - ${months})`;
/** January of the case's year, and the month before it. */
export const JANUARY: CellExpression = 'month_text(c.month - c.month % 12)';
export const LAST_DECEMBER: CellExpression = 'month_text(c.month - c.month % 12 - 1)';
/** A bill number of the case; the same label gives the same bill. */
export const billId = (label: string): CellExpression =>
  `'P' || translate(substr(plant_key('bill ${label}', c.scenario, c.month, c.k), 1, 20), '0123456789', 'ghjkmnpqrs')`;
