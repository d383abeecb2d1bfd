/** Fields of a home derived from several extracts: those shared with the person's profile, and the home's own. */
import { fields, type Field } from '../../core/field.ts';
import {
  ASSISTANCE,
  CERTIFICATES,
  EMPLOYMENT,
  ENROLMENT,
  FACTS,
  MEMBERS,
  MONITORED,
  SETTLEMENTS,
} from './extracts.ts';

export const HOUSEHOLD: readonly Field[] = [
  ...fields('both', [
    [
      'household.low_income',
      'boolean',
      '家庭有低收入人口',
      'a member is low-income',
      [ASSISTANCE, MONITORED],
    ],
    [
      'household.income',
      'yuan/year',
      '家庭年人均收入（元）',
      'income per head and year, yuan',
      [ASSISTANCE, MONITORED],
    ],
    ['household.residence', 'text', '城乡类别', 'urban or rural', [ASSISTANCE]],
    [
      'household.able_member',
      'boolean',
      '家庭有劳动能力或有收入来源的成员',
      'a member has labour capacity, works or paid contributions within 12 months',
      [ASSISTANCE, MONITORED, EMPLOYMENT],
    ],
    [
      'household.oldest_carer',
      'years',
      '能够照料的成员的最大年龄（未死亡、非重度残疾）',
      'age of the oldest member who lives and is not severely disabled; 0 when there is none',
      [MONITORED, CERTIFICATES],
      [MEMBERS, FACTS],
    ],
    [
      'household.carer_unclear',
      'boolean',
      '可能能够照料的成员年龄不明',
      'of a member who could look after a child the age is unknown',
      [MONITORED, CERTIFICATES],
      [MEMBERS],
    ],
  ]),
  ...fields('household', [
    ['household.size', 'persons', '家庭人口数', 'persons in the home', [ASSISTANCE, MONITORED]],
    [
      'household.income_total',
      'yuan/year',
      '家庭年收入（元）',
      'income of the home per year: per head times size, yuan',
      [ASSISTANCE, MONITORED],
    ],
    [
      'household.rigid_expenditure',
      'yuan/year',
      '近12个月刚性支出（元）',
      'rigid expenditure of 12 months, yuan',
      [SETTLEMENTS, ENROLMENT],
    ],
    [
      'household.income_after_rigid',
      'yuan/year',
      '扣除刚性支出后的家庭年收入（元）',
      'income of the home minus rigid expenditure, yuan',
      [ASSISTANCE, MONITORED, SETTLEMENTS, ENROLMENT],
    ],
    [
      'household.severe_supporter_age',
      'years',
      '重度残疾成员的赡养抚养人年龄（最大）',
      'age of the oldest supporter of a severely disabled member',
      [MONITORED, CERTIFICATES],
      [MEMBERS],
    ],
    [
      'household.certified_without_topup',
      'boolean',
      '家庭有持证低保成员没有增发',
      'a member in dibao holds a valid certificate and draws no top-up',
      [ASSISTANCE, CERTIFICATES],
    ],
    [
      'household.severe_without_topup',
      'boolean',
      '家庭有重度残疾低保成员没有增发',
      'a severely disabled member in dibao draws no top-up',
      [ASSISTANCE, CERTIFICATES],
    ],
  ]),
];
