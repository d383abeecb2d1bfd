/**
 * The field catalogue: every name that a rule may speak of. A field is a column of the month's profile
 * (`pipelines/steps/profile.sql`) under the same name; a source system can change its shape without touching a rule.
 * Yes/no fields are never unknown once their extracts are there; all others may be. The lists stand in `fields/`.
 */
import type { Field } from './fields/field.ts';
import { HOUSEHOLD } from './fields/household.ts';
import { PERSON } from './fields/person.ts';

export { PREVIOUS, type Field, type FieldType } from './fields/field.ts';

const LIST: readonly Field[] = [...PERSON, ...HOUSEHOLD];

export const FIELDS: ReadonlyMap<string, Field> = new Map(LIST.map((field) => [field.name, field]));

/** Fields of one subject's profile, in the order of the catalogue. */
export function fieldsOf(subject: 'person' | 'household'): Field[] {
  return LIST.filter(({ of }) => of === subject || of === 'both');
}
