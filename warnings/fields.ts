/**
 * The field catalogue: every name that a rule may use. A field is a column of that name in the month's profile, so a
 * source system can change its format without touching a rule. Yes/no fields are never unknown once their extracts are
 * there; all others may be. Fields are defined in `pipelines/fields/` and the connectors.
 */
import { MonitorError } from '../core/errors.ts';
import type { Field } from '../core/field.ts';

export type Fields = ReadonlyMap<string, Field>;

/** An extract, of the month or of a number of months before. */
const READ = /^[a-z-]+\/[a-z-]+(@\d{1,2})?$/;

/**
 * The catalogue by name.
 * @param listed all fields
 * @throws MonitorError `fields` when two fields have the same name, or one reads an unknown extract
 */
export function catalogueOf(listed: readonly Field[]): Fields {
  const fields = new Map<string, Field>();
  for (const field of listed) {
    if (fields.has(field.name))
      throw new MonitorError('fields', `two fields have the name '${field.name}'`);
    const odd = [...field.reads, ...field.narrows].find((read) => !READ.test(read));
    if (odd !== undefined)
      throw new MonitorError('fields', `'${field.name}' reads '${odd}'`, {
        fix: 'agency/dataset, or agency/dataset@1 for the month before',
      });
    fields.set(field.name, field);
  }
  return fields;
}

/** Fields of one subject, in the order of the catalogue; those of the home are in both profiles. */
export function fieldsOf(fields: Fields, subject: Exclude<Field['of'], 'both'>): Field[] {
  const ofHome = subject === 'person' || subject === 'household';
  return [...fields.values()].filter(({ of }) => of === subject || (ofHome && of === 'both'));
}
