/** Fields of a person derived from several extracts, in the person's profile only. */
import { fields, type Field } from '../../core/field.ts';
import { ASSISTANCE, MEMBERS, MONITORED } from './extracts.ts';

export const PERSON: readonly Field[] = fields('person', [
  [
    'person.age',
    'years',
    '月末周岁',
    'age in years at the end of the month',
    [MONITORED],
    [MEMBERS],
  ],
  [
    'person.low_income',
    'boolean',
    '本人为低收入人口',
    'the person is low-income',
    [ASSISTANCE, MONITORED],
  ],
  [
    'person.birth_month',
    'date',
    '出生年月',
    'first day of the month of birth',
    [MONITORED],
    [MEMBERS],
  ],
  [
    'person.no_labour',
    'boolean',
    '登记为无劳动能力',
    'a row of civil affairs or rural revitalization says no labour capacity',
    [ASSISTANCE, MONITORED],
  ],
  ['calendar.month', 'months', '当年已过月数', 'months of the year up to this one', []],
  ['calendar.months_left', 'months', '当年剩余月数', 'months of the year after this one', []],
]);
