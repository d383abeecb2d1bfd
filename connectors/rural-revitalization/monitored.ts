/** 农业农村（乡村振兴） 防返贫监测对象: a person of a monitored household. */
import {
  boolean,
  choice,
  county,
  integer,
  money,
  month,
  township,
  village,
} from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { householdId, labourCapacity, personId } from '../common-columns.ts';

export const monitored = contract(
  'rural-revitalization',
  'monitored',
  '防返贫监测对象',
  'state',
  {
    person_id: personId(),
    household_id: householdId(),
    county: county(),
    township: township(),
    village: village(),
    category: choice(
      {
        unstable: ['脱贫不稳定户', '脱贫不稳定'],
        marginal: ['边缘易致贫户', '边缘易致贫'],
        sudden: ['突发严重困难户', '突发严重困难'],
      },
      { required: true, aliases: ['监测对象类别', '监测类别'] },
    ),
    risk: choice(
      { open: ['未消除', '风险未消除'], eliminated: ['已消除', '风险已消除'] },
      { required: true, aliases: ['风险是否消除', '风险状态'] },
    ),
    causes: choice(
      {
        illness: ['因病'],
        disability: ['因残'],
        schooling: ['因学'],
        disaster: ['因灾'],
        employment: ['因就业', '务工不稳'],
        accident: ['因意外', '因意外事故'],
        other: ['其他'],
      },
      { many: true, aliases: ['致贫返贫风险', '风险原因'] },
    ),
    identified_month: month({ required: true, aliases: ['识别年月', '纳入年月', '识别月份'] }),
    eliminated_month: month({ aliases: ['消除年月', '风险消除年月'] }),
    income_per_capita_year: money({ aliases: ['家庭年人均收入', '年人均纯收入'] }),
    rigid_expenditure_year: money({ aliases: ['年刚性支出', '刚性支出'] }),
    labour_capacity: labourCapacity(),
    employment: choice(
      {
        local: ['县内务工', '本地就业'],
        migrant: ['外出务工', '县外务工'],
        public_post: ['公益岗位', '公益性岗位'],
        none: ['未就业', '无'],
      },
      { aliases: ['就业情况', '务工情况'] },
    ),
    measures: integer(0, 999, { aliases: ['帮扶措施数', '在享帮扶措施数'] }),
    relocated: boolean({ aliases: ['是否易地搬迁', '易地搬迁'] }),
    household_size: integer(1, 99, { required: true, aliases: ['家庭人口数', '家庭人口'] }),
    birth_month: month({ aliases: ['出生年月'] }),
  },
  { awaited: true, roster: { rank: 3, homes: true }, oneRow: { key: ['person_id'] } },
);
