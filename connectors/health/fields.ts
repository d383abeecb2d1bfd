/** Rule fields on a patient, made by `fields.sql`. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { patients } from './patients.ts';

const READS = [sourceName(patients)];

export const fields = [
  fieldTable('health', 'person', new URL('fields.sql', import.meta.url), [
    ['health.chronic', 'boolean', '慢性病患者', 'a chronic patient', READS],
    [
      'health.special_treatment',
      'boolean',
      '大病专项救治患者',
      'a patient of the special-treatment programme',
      READS,
    ],
  ]),
];
