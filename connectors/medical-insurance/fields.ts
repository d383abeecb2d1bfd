/** Rule fields on bills and the insurance roll; each `.sql` file makes its table. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { insured } from './insured.ts';
import { settlements } from './settlements.ts';

const INSURED = sourceName(insured);
const SETTLEMENTS = sourceName(settlements);

/** In build order: a home's `membership` reads the tables before it. */
export const fields = [
  fieldTable(
    'medical-insurance',
    'person',
    new URL('person.sql', import.meta.url),
    [
      [
        'medical.inpatient_self_paid_ytd',
        'yuan/year',
        '本年住院个人自付（元）',
        'inpatient self-paid, year to date, yuan',
        [SETTLEMENTS],
      ],
      [
        'medical.outpatient_self_paid_new',
        'yuan/month',
        '本月新到门诊及慢特病个人自付（元）',
        'outpatient and chronic self-paid new this month, yuan',
        [SETTLEMENTS],
      ],
      [
        'medical.major_illness_new',
        'boolean',
        '本月新到重特大疾病结算',
        'a major-illness bill is new this month',
        [SETTLEMENTS],
      ],
      [
        'medical.major_illness_earlier',
        'boolean',
        '以前月份文件中已有近12个月内的重特大疾病结算',
        'an earlier file has a major-illness bill dated within 12 months',
        [SETTLEMENTS],
      ],
      [
        'medical.major_illness',
        'boolean',
        '近12个月内有重特大疾病结算',
        'a major-illness bill within 12 months',
        [SETTLEMENTS],
      ],
    ],
    {
      also: ['self_paid'],
      otherwise: { 'medical.inpatient_self_paid_ytd': 0, 'medical.outpatient_self_paid_new': 0 },
    },
  ),
  fieldTable('medical-insurance', 'person', new URL('uninsured.sql', import.meta.url), [
    [
      'medical.uninsured',
      'boolean',
      '本月参保数据为未参保',
      'the insurance roll says not insured',
      [INSURED],
    ],
  ]),
];
