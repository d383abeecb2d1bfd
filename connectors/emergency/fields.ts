/** Rule fields on people affected by a disaster, made by `person.sql`. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { affected } from './affected.ts';

const AFFECTED = sourceName(affected);

export const fields = [
  fieldTable('emergency', 'person', new URL('person.sql', import.meta.url), [
    [
      'disaster.affected_new',
      'boolean',
      '本月新受灾',
      'hit by a disaster or accident, new this month',
      [AFFECTED],
    ],
  ]),
];
