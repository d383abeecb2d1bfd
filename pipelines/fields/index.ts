/**
 * Every field a rule may use. Fields from a single agency are listed in its connector's `fields.ts`; those derived
 * from several are listed in this folder and made by `steps/profile.sql`; the fields of the offices' work are made
 * by `exchange/work-items/`.
 */
import { loadFieldTables } from '../../connectors/index.ts';
import type { Field } from '../../core/field.ts';
import { MEMBERS } from './extracts.ts';
import { HOUSEHOLD } from './household.ts';
import { PERSON } from './person.ts';
import { WORK } from './work.ts';

async function listFields(): Promise<readonly Field[]> {
  const tables = await loadFieldTables();
  const ofPeople = [...PERSON, ...HOUSEHOLD, ...tables.flatMap(({ fields }) => fields)];
  return [...ofPeople.map((field) => ({ ...field, membership: [MEMBERS] })), ...WORK];
}

let listed: Promise<readonly Field[]> | undefined;

/** Listed once per process. */
export function loadFields(): Promise<readonly Field[]> {
  listed ??= listFields();
  return listed;
}
