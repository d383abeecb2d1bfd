/** What a field is: a name that rules may speak of, and a column of the month's profile under that name. */
import type { Unit } from './parameter.ts';

export type FieldType = 'boolean' | 'integer' | 'money' | 'date' | 'text';

/** What rules speak of that are about the offices' work and not about people. */
export const WORK_SUBJECTS = ['case', 'village', 'list', 'delivery', 'extract', 'rule'] as const;
export type WorkSubject = (typeof WORK_SUBJECTS)[number];

export interface Field {
  readonly name: string;
  /**
   * `person`: in the person's profile only; `household`: in the home's only; `both`: of the home, in both; otherwise of
   * the work's own tables.
   */
  readonly of: 'person' | 'household' | 'both' | WorkSubject;
  readonly type: FieldType;
  /** What a number counts; null for everything else. */
  readonly unit: Unit | null;
  readonly title: string;
  readonly title_en: string;
  /** Extracts without which the field means nothing: a rule that uses it is then not evaluated. */
  readonly reads: readonly string[];
  /** Extracts whose absence only makes the field known for fewer. */
  readonly narrows: readonly string[];
  /** Of a person's or a home's field: extracts without which some members of a home are not known. */
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

/** Name of an extract of an earlier month, e.g. for certificates that are new this month. */
export function readBefore(source: string, months: number): string {
  return months === 0 ? source : `${source}@${months}`;
}

/** What a field reads: the source, and how many months before the run's one. */
export function readOf(read: string): { readonly source: string; readonly before: number } {
  const [source = read, before = '0'] = read.split('@');
  return { source, before: Number(before) };
}

/** Name of the view over an extract of an earlier month, behind that of the extract itself. */
export function suffixOfView(before: number): string {
  return before === 1 ? '_previous' : `_${before}_before`;
}

/** How the lists say what a field is: a number by its unit (`money` is yuan, `integer` a bare number). */
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

/** A field as the lists write it. */
export type FieldEntry = readonly [
  name: string,
  type: keyof typeof TYPES,
  title: string,
  title_en: string,
  reads: readonly string[],
  narrows?: readonly string[],
];

/** @param of whose profile the listed fields stand in */
export function fields(of: Field['of'], list: readonly FieldEntry[]): Field[] {
  return list.map(([name, kind, title, title_en, reads, narrows = []]) => {
    const [type, unit] = TYPES[kind];
    return { name, of, type, unit, title, title_en, reads, narrows };
  });
}
