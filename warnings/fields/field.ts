/** What a field is, the extracts it may read, and how the lists beside this file are written. */
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

/** The extract of the month before, e.g. for certificates that are new this month. */
export const PREVIOUS = '@previous';

/** @param of whose profile the listed fields stand in */
export function fields(
  of: Field['of'],
  list: readonly (readonly [
    name: string,
    type: FieldType,
    title: string,
    title_en: string,
    reads: readonly string[],
    narrows?: readonly string[],
  ])[],
): Field[] {
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
