/** Rule fields on working people and a home’s earners; each `.sql` file makes its table. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { employment } from './employment.ts';

const EMPLOYMENT = sourceName(employment);

/** In build order: a home's `membership` reads the tables before it. */
export const fields = [
  fieldTable(
    'human-resources',
    'person',
    new URL('person.sql', import.meta.url),
    [
      [
        'employment.working',
        'boolean',
        '在职、灵活就业或退休',
        'employed, flexibly employed or retired',
        [EMPLOYMENT],
      ],
      [
        'employment.months_without_income',
        'months',
        '未领失业金的连续无收入月数',
        'months without income while drawing no unemployment benefit',
        [EMPLOYMENT],
      ],
    ],
    { also: ['contributions_until', 'earner'] },
  ),
  fieldTable(
    'human-resources',
    'household',
    new URL('membership.sql', import.meta.url),
    [
      [
        'household.earners',
        'integer',
        '有收入来源的成员数',
        'members who work or paid contributions within 12 months',
        [EMPLOYMENT],
      ],
      [
        'household.earner_contributions_until',
        'date',
        '唯一有收入来源成员的社保缴至',
        'last day that contributions of the only earner are paid for',
        [EMPLOYMENT],
      ],
    ],
    { otherwise: { 'household.earners': 0 } },
  ),
];
