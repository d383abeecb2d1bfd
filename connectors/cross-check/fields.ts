/** Rule fields on facts found by other authorities; each `.sql` file makes its table. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { facts } from './facts.ts';

const FACTS = sourceName(facts);

/** In build order: a home's `membership` reads the tables before it. */
export const fields = [
  fieldTable('cross-check', 'person', new URL('person.sql', import.meta.url), [
    ['facts.death', 'boolean', '有死亡信息', 'a death fact counts', [FACTS]],
    ['facts.fiscal_payroll', 'boolean', '财政供养', 'on a fiscal payroll', [FACTS]],
    ['facts.pension', 'boolean', '领取职工养老金', 'draws an employee’s pension', [FACTS]],
    ['facts.business', 'boolean', '有市场主体登记', 'has a registered business', [FACTS]],
    [
      'facts.real_estate',
      'boolean',
      '有房产（已知非易地搬迁住房）',
      'has real estate known not to be relocation housing',
      [FACTS],
    ],
    [
      'facts.real_estate_unclear',
      'boolean',
      '有房产但未注明是否易地搬迁住房',
      'has real estate of which it is not said whether it is relocation housing',
      [FACTS],
    ],
    [
      'facts.assets',
      'boolean',
      '有车辆、存款或公积金信息',
      'has a vehicle, deposit or housing fund',
      [FACTS],
    ],
  ]),
  fieldTable('cross-check', 'household', new URL('membership.sql', import.meta.url), [
    [
      'household.fiscal_payroll',
      'boolean',
      '家庭有财政供养成员',
      'a member is on a fiscal payroll',
      [FACTS],
    ],
    [
      'household.pension',
      'boolean',
      '家庭有成员领取职工养老金',
      'a member draws an employee’s pension',
      [FACTS],
    ],
    [
      'household.business',
      'boolean',
      '家庭有成员登记市场主体',
      'a member has a registered business',
      [FACTS],
    ],
    [
      'household.real_estate',
      'boolean',
      '家庭有房产（已知非易地搬迁住房）',
      'a member has real estate known not to be relocation housing',
      [FACTS],
    ],
    [
      'household.assets',
      'boolean',
      '家庭有车辆、存款或公积金信息',
      'a member has a vehicle, deposit or housing fund',
      [FACTS],
    ],
  ]),
];
