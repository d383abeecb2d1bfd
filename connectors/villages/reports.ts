/** 村级月报: a village's monthly report; a signed zero is a row, silence is not. */
import { boolean, choice, county, date, month, village } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { householdId, personId } from '../common-columns.ts';

export const reports = contract(
  'villages',
  'reports',
  '村级月报',
  'state',
  {
    village: village(true),
    county: county(),
    month: month({ required: true, ofFile: true, aliases: ['月份', '报告月份'] }),
    reported_on: date({ required: true, aliases: ['报告日期'] }),
    zero: boolean({ aliases: ['是否零报告', '零报告'] }),
    person_id: personId(false),
    household_id: householdId(false),
    kind: choice(
      {
        illness: ['疾病', '因病'],
        disability: ['残疾', '因残'],
        schooling: ['就学', '因学'],
        unemployment: ['失业'],
        disaster: ['受灾', '因灾'],
        death: ['死亡'],
        other: ['其他'],
      },
      { aliases: ['情形', '类别'] },
    ),
  },
  { awaited: true },
);
