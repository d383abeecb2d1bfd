/** A field: a name that rules may use, and the column of that name in the month's profile. */
import type { Unit } from './parameter.ts';

export type FieldType = 'boolean' | 'integer' | 'money' | 'date' | 'text';

/** Subjects of rules about the offices' work rather than about people. */
export const WORK_SUBJECTS = ['case', 'village', 'list', 'delivery', 'extract', 'rule'] as const;
export type WorkSubject = (typeof WORK_SUBJECTS)[number];

export interface Field {
  readonly name: string;
  /**
   * `person`: in the person's profile only; `household`: in the home's only; `both`: a home's field, in both; anything
   * else: in the tables about the offices' work.
   */
  readonly of: 'person' | 'household' | 'both' | WorkSubject;
  readonly type: FieldType;
  /** Unit of a number; null for everything else. */
  readonly unit: Unit | null;
  readonly title: string;
  readonly title_en: string;
  /** Required extracts: without them a rule that uses the field is not evaluated. */
  readonly reads: readonly string[];
  /** Extracts whose absence only leaves the field unknown for more subjects. */
  readonly narrows: readonly string[];
  /** For a person's or a home's field: extracts without which some members of a home are unknown. */
  readonly membership?: readonly string[];
}

/** SQL types of the profile's columns; money in yuan. */
export const FIELD_SQL: Readonly<Record<FieldType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  money: 'DECIMAL(18,2)',
  date: 'DATE',
  text: 'VARCHAR',
};

/** Name of an earlier month's extract, e.g. to find certificates that are new this month. */
export function readBefore(source: string, months: number): string {
  return months === 0 ? source : `${source}@${months}`;
}

/** What a field reads: the source, and how many months before the run's month. */
export function readOf(read: string): { readonly source: string; readonly before: number } {
  const [source = read, before = '0'] = read.split('@');
  return { source, before: Number(before) };
}

/** Suffix of the view over an earlier month's extract, appended to the extract's own view name. */
export function suffixOfView(before: number): string {
  return before === 1 ? '_previous' : `_${before}_before`;
}

/** A field's type as the lists show it: a number by its unit (`money` is yuan, `integer` has none). */
const TYPES = {
  boolean: ['boolean', null],
  date: ['date', null],
  text: ['text', null],
  money: ['money', 'yuan'],
  'yuan/year': ['money', 'yuan/year'],
  'yuan/month': ['money', 'yuan/month'],
  integer: ['integer', 'count'],
  years: ['integer', 'years'],
  months: ['integer', 'months'],
  days: ['integer', 'days'],
  'working-days': ['integer', 'working-days'],
  'day-of-month': ['integer', 'day-of-month'],
  persons: ['integer', 'persons'],
} as const satisfies Readonly<Record<string, readonly [FieldType, Unit | null]>>;

/** A field as the lists show it. */
export type FieldEntry = readonly [
  name: string,
  type: keyof typeof TYPES,
  title: string,
  title_en: string,
  reads: readonly string[],
  narrows?: readonly string[],
];

/** @param of whose profile the listed fields are in */
export function fields(of: Field['of'], list: readonly FieldEntry[]): Field[] {
  return list.map(([name, kind, title, title_en, reads, narrows = []]) => {
    const [type, unit] = TYPES[kind];
    return { name, of, type, unit, title, title_en, reads, narrows };
  });
}
