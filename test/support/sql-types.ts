/** SQL types of the profile's fields, for tests that write profile rows by hand. */
import type { FieldType } from '../../warnings/fields.ts';

export const SQL_TYPE: Readonly<Record<FieldType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  money: 'DECIMAL(18,2)',
  date: 'DATE',
  text: 'VARCHAR',
};
