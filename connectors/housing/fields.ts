/** Rule fields on a home's dwelling, made by `fields.sql`. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { unsafeHomes } from './unsafe-homes.ts';

const READS = [sourceName(unsafeHomes)];

export const fields = [
  fieldTable('housing', 'household', new URL('fields.sql', import.meta.url), [
    [
      'housing.unsafe_unrepaired',
      'boolean',
      '居住C级或D级危房，尚未开工改造',
      'lives in a dwelling of grade C or D whose repair has not begun',
      READS,
    ],
    [
      'housing.unsafe_unclear',
      'boolean',
      '居住C级或D级危房，改造状态不明',
      'lives in a dwelling of grade C or D, state of repair unknown',
      READS,
    ],
  ]),
];
