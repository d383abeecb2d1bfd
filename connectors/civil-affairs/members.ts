/** 民政 共同生活家庭成员: a co-living member of a household known to civil affairs. */
import { choice, county, id, money, month, text } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { householdId, personId } from '../common-columns.ts';

export const members = contract(
  'civil-affairs',
  'members',
  '共同生活家庭成员',
  'state',
  {
    person_id: personId(),
    household_id: householdId(),
    county: county(),
    relation: text(40, { aliases: ['与户主关系', '与申请人关系'] }),
    sex: choice({ male: ['男', '男性'], female: ['女', '女性'] }, { aliases: ['性别'] }),
    birth_month: month({ aliases: ['出生年月'] }),
    supporter_of: id(['被赡养人编号', '赡养对象编号'], false),
    supporter_income_per_capita_year: money({
      aliases: ['赡养人年人均收入', '赡抚养人家庭年人均收入'],
    }),
  },
  {
    awaited: true,
    roster: { rank: 2, homes: true },
    oneRow: { key: ['person_id', 'household_id'] },
  },
);
