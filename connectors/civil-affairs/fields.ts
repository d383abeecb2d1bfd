/** Rule fields on people in a programme and their homes; each `.sql` file makes its table. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { assistance } from './assistance.ts';
import { members } from './members.ts';

const ASSISTANCE = sourceName(assistance);
const MEMBERS = sourceName(members);

/** In build order: a home's `membership` reads the tables before it. */
export const fields = [
  fieldTable(
    'civil-affairs',
    'person',
    new URL('person.sql', import.meta.url),
    [
      [
        'person.dibao',
        'boolean',
        '本人在低保（含渐退）',
        'the person is in dibao (active or grace)',
        [ASSISTANCE],
      ],
      [
        'person.dibao_active',
        'boolean',
        '本人有在保低保记录',
        'the person has an active dibao row',
        [ASSISTANCE],
      ],
      ['person.tekun', 'boolean', '本人在特困供养', 'the person is in tekun', [ASSISTANCE]],
      [
        'person.basic_guarantee',
        'boolean',
        '本人在基本生活救助（低保、特困、孤儿、事实无人抚养儿童）',
        'the person is in a basic guarantee',
        [ASSISTANCE],
      ],
      [
        'person.assisted',
        'boolean',
        '本人有在保或渐退的任一救助记录',
        'the person has an active or grace row of any programme',
        [ASSISTANCE],
      ],
      [
        'person.topup_paid',
        'boolean',
        '本人任一救助记录有增发金额',
        'some assistance row of the person pays a top-up',
        [ASSISTANCE],
      ],
      [
        'person.topup_kinds',
        'integer',
        '同一条在保记录的增发类别数（最多）',
        'most kinds of top-up on one active or grace row',
        [ASSISTANCE],
      ],
      [
        'person.basic_guarantee_variants',
        'integer',
        '本人基本生活救助的类别与县区组合数',
        'different programme and county pairs among basic guarantees',
        [ASSISTANCE],
      ],
      [
        'person.moved_out',
        'boolean',
        '近12个月内因搬迁在迁出地停止基本生活救助',
        'a basic guarantee of a relocated person was ended within 12 months',
        [ASSISTANCE],
      ],
    ],
    {
      also: ['low_income', 'no_labour', 'some_labour'],
      otherwise: { 'person.topup_kinds': 0, 'person.basic_guarantee_variants': 0 },
    },
  ),
  fieldTable(
    'civil-affairs',
    'person',
    new URL('supporter.sql', import.meta.url),
    [
      [
        'person.supporter_named',
        'boolean',
        '共同生活家庭成员中有登记的赡养抚养人',
        'a member is named as the person’s supporter',
        [MEMBERS],
      ],
    ],
    { also: ['age'] },
  ),
  fieldTable(
    'civil-affairs',
    'household',
    new URL('home.sql', import.meta.url),
    [
      [
        'household.left_or_refused',
        'boolean',
        '近12个月内退出或申请未获确认',
        'a refused or exited row dated within 12 months',
        [ASSISTANCE],
      ],
      [
        'household.dibao_refused',
        'date',
        '最近一次低保申请未获确认的日期',
        'latest date on which an application for dibao was refused',
        [ASSISTANCE],
      ],
      [
        'household.review_earliest',
        'date',
        '在保低保、特困最早的复核日期',
        'earliest review date of an active dibao or tekun row',
        [ASSISTANCE],
      ],
      [
        'household.review_unclear',
        'boolean',
        '在保低保、特困缺少复核日期',
        'an active dibao or tekun row lacks its review date',
        [ASSISTANCE],
      ],
      [
        'household.grace_state_employment',
        'date',
        '渐退开始日期（国有单位就业）',
        'earliest grace start: employed by the state',
        [ASSISTANCE],
      ],
      [
        'household.grace_flexible_employment',
        'date',
        '渐退开始日期（灵活就业）',
        'earliest grace start: flexible employment',
        [ASSISTANCE],
      ],
      [
        'household.grace_other',
        'date',
        '渐退开始日期（其他）',
        'earliest grace start: other reasons',
        [ASSISTANCE],
      ],
      [
        'household.grace_unclear',
        'boolean',
        '渐退记录缺少原因或开始日期',
        'a grace row lacks its reason or its start',
        [ASSISTANCE],
      ],
    ],
    {
      both: [
        [
          'household.dibao_whole',
          'boolean',
          '家庭有非单人户的在保低保',
          'an active dibao row that is not a single-person one',
          [ASSISTANCE],
        ],
      ],
      also: ['income', 'size', 'residence'],
    },
  ),
  fieldTable(
    'civil-affairs',
    'household',
    new URL('membership.sql', import.meta.url),
    [
      ['household.tekun', 'boolean', '家庭有特困成员', 'a member is in tekun', [ASSISTANCE]],
      ['household.marginal', 'boolean', '家庭有低保边缘成员', 'a member is marginal', [ASSISTANCE]],
      [
        'household.basic_guarantee',
        'boolean',
        '家庭有基本生活救助成员',
        'a member is in a basic guarantee',
        [ASSISTANCE],
      ],
      [
        'household.assisted',
        'boolean',
        '家庭有在保或渐退成员（临时救助除外）',
        'a member has an active or grace row of any programme but temporary aid',
        [ASSISTANCE],
      ],
      [
        'household.temporary_aid',
        'boolean',
        '家庭有临时救助成员',
        'a member has an active or grace row of temporary aid',
        [ASSISTANCE],
      ],
      [
        'household.programmes',
        'text',
        '家庭现有的救助项目（分号分隔，没有则为空）',
        'programmes of the members, active or grace, joined by semicolons; empty when there is none',
        [ASSISTANCE],
      ],
    ],
    {
      both: [
        ['household.dibao', 'boolean', '家庭有低保成员', 'a member is in dibao', [ASSISTANCE]],
      ],
      otherwise: { 'household.programmes': '' },
    },
  ),
];
