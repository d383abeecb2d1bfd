/** What a field is: a name that rules may speak of, and a column of the month's profile under that name. */
export type FieldType = 'boolean' | 'integer' | 'money' | 'date' | 'text';

export interface Field {
  readonly name: string;
  /** `person`: in the person's profile only; `household`: in the home's only; `both`: of the home, in both. */
  readonly of: 'person' | 'household' | 'both';
  readonly type: FieldType;
  readonly title: string;
  readonly title_en: string;
  /** Extracts without which the field means nothing: a rule that uses it is then not evaluated. */
  readonly reads: readonly string[];
  /** Extracts whose absence only makes the field known for fewer. */
  readonly narrows: readonly string[];
}

/** SQL types of the profile's columns; money in yuan. */
export const FIELD_SQL: Readonly<Record<FieldType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  money: 'DECIMAL(18,2)',
  date: 'DATE',
  text: 'VARCHAR',
};

/** Behind the name of an extract: the one of the month before, e.g. for certificates that are new this month. */
export const PREVIOUS = '@previous';

/** A field as the lists write it. */
export type FieldEntry = readonly [
  name: string,
  type: FieldType,
  title: string,
  title_en: string,
  reads: readonly string[],
  narrows?: readonly string[],
];

/** @param of whose profile the listed fields stand in */
export function fields(of: Field['of'], list: readonly FieldEntry[]): Field[] {
  return list.map(([name, type, title, title_en, reads, narrows = []]) => ({
    name,
    of,
    type,
    title,
    title_en,
    reads,
    narrows,
  }));
}
