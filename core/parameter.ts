/**
 * A figure of policy: data with region, period and citation (never a constant in code).
 * `rules/parameters/*.yaml` and `parameters:` in a home's doudi.yaml have the same form.
 */
import { z } from 'zod';
import { isDay } from './month.ts';

/** YAML reads an unquoted 520000 as a number; codes are text. */
const code = z.preprocess(
  (v) => (typeof v === 'number' ? String(v) : v),
  z.string().regex(/^\d{6}$/, 'a 6-digit division code, "000000" for the country'),
);
const date = z.string().refine(isDay, 'a date YYYY-MM-DD');

/** Types of a figure's value. */
export const PARAMETER_TYPES = ['number', 'boolean', 'text', 'date'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/**
 * All units: the type of each, its Chinese name for staff, and the check on a number in it. The list is closed, so that
 * a figure in another unit (percent for a share, yuan a month for yuan a year) is refused.
 */
const UNIT_TABLE = {
  yuan: { type: 'number', zh: '元', must: 'amount' },
  'yuan/year': { type: 'number', zh: '元/年', must: 'amount' },
  'yuan/month': { type: 'number', zh: '元/月', must: 'amount' },
  years: { type: 'number', zh: '岁', must: 'whole' },
  months: { type: 'number', zh: '个月', must: 'whole' },
  days: { type: 'number', zh: '天', must: 'whole' },
  'working-days': { type: 'number', zh: '个工作日', must: 'whole' },
  /** A day of the month, 1 to 31; in a shorter month, its last day. */
  'day-of-month': { type: 'number', zh: '日', must: 'day' },
  /** A share of a whole: 0.3 is 30 %. */
  share: { type: 'number', zh: '', must: 'share' },
  times: { type: 'number', zh: '倍', must: 'amount' },
  persons: { type: 'number', zh: '人', must: 'whole' },
  /** A plain count. */
  count: { type: 'number', zh: '', must: 'whole' },
  /** A disability grade, 1 (severest) to 4. */
  grade: { type: 'number', zh: '级', must: 'grade' },
  'yes/no': { type: 'boolean', zh: '', must: 'any' },
  text: { type: 'text', zh: '', must: 'any' },
  date: { type: 'date', zh: '', must: 'any' },
} as const satisfies Record<
  string,
  { type: ParameterType; zh: string; must: 'amount' | 'whole' | 'day' | 'share' | 'grade' | 'any' }
>;

export type Unit = keyof typeof UNIT_TABLE;
export const UNITS = Object.keys(UNIT_TABLE) as [Unit, ...Unit[]];
const unit = z.enum(UNITS);

/** The unit in Chinese, as written after a number; empty for a plain number. */
export function unitInChinese(name: string): string {
  return name in UNIT_TABLE ? UNIT_TABLE[name as Unit].zh : '';
}

/** The type of values in a unit. */
export function typeOfUnit(name: Unit): ParameterType {
  return UNIT_TABLE[name].type;
}

const BOUNDS = {
  amount: [(n: number) => n >= 0, 'must not be negative'],
  whole: [(n: number) => Number.isInteger(n) && n >= 0, 'must be a whole number'],
  day: [(n: number) => Number.isInteger(n) && n >= 1 && n <= 31, 'must be a day, 1 to 31'],
  share: [(n: number) => n >= 0 && n <= 1, 'must be a part of one: 0.3 for 30 %'],
  grade: [(n: number) => Number.isInteger(n) && n >= 1 && n <= 4, 'must be a grade, 1 to 4'],
  any: [() => true, ''],
} as const;

/** Names what is wrong with a value of a type and unit, or null. */
export function valueFault(
  value: number | boolean | string,
  type: ParameterType,
  name: Unit,
): string | null {
  if (type === 'date')
    return typeof value === 'string' && isDay(value) ? null : 'the value must be a date';
  if (typeof value !== (type === 'text' ? 'string' : type)) return `the value must be a ${type}`;
  if (typeof value !== 'number') return null;
  const [holds, what] = BOUNDS[UNIT_TABLE[name].must];
  return holds(value) ? null : `${value} ${name} ${what}`;
}

export const parameterSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
  /** Which case the value is for, e.g. `{ residence: rural }` or `{ reason: other }`. */
  where: z.record(z.string(), z.string()).optional(),
  region: code,
  from: date,
  /** Last day in force; null: until replaced. */
  to: date.nullable(),
  value: z.union([z.number(), z.boolean(), z.string().min(1)]),
  unit,
  doc: z.string().min(1),
  clause: z.string().min(1),
  /** Default taken from public material only; an office must confirm it. */
  unverified: z.boolean().optional(),
  note: z.string().optional(),
});

export type Parameter = z.infer<typeof parameterSchema>;

/** A figure and where it is defined, for messages: `rules/parameters/grace-period.yaml, line 12`. */
export interface PlacedParameter extends Parameter {
  readonly place: string;
}
