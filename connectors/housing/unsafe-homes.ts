/** 住建 危房: a dwelling on the list of appraised rural homes, with the head of the household that lives in it. */
import { boolean, choice, county, date, township, village } from '../../files/extract/columns.ts';
import { householdId, personId } from '../common-columns.ts';
import { contract } from '../../files/extract/contract.ts';

export const unsafeHomes = contract('housing', 'unsafe-homes', '危房', 'state', {
  person_id: personId(),
  household_id: householdId(false),
  county: county(),
  township: township(false),
  village: village(),
  grade: choice(
    { a: ['A', 'A级'], b: ['B', 'B级'], c: ['C', 'C级'], d: ['D', 'D级'] },
    { required: true, aliases: ['危房等级', '鉴定等级'] },
  ),
  assessed_on: date({ required: true, aliases: ['鉴定日期'] }),
  repair: choice(
    {
      none: ['未改造', '未列入计划'],
      planned: ['已列入计划', '待开工'],
      under_way: ['改造中', '已开工'],
      done: ['已改造', '已竣工'],
    },
    { aliases: ['改造状态', '改造进度'] },
  ),
  lived_in: boolean({ aliases: ['是否居住', '是否住人'] }),
});
