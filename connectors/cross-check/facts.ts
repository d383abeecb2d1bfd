/** 核对: one finding about a person by another authority. The residents' basic pension is not a finding. */
import { boolean, choice, county, date, money } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const facts = contract(
  'cross-check',
  'facts',
  '核对信息',
  'cumulative',
  {
    person_id: personId(),
    county: county(),
    kind: choice(
      {
        death: ['死亡'],
        fiscal_payroll: ['财政供养'],
        pension: ['养老金', '职工养老金'],
        business: ['市场主体', '注册企业', '营业执照'],
        real_estate: ['不动产', '房产'],
        vehicle: ['车辆', '机动车'],
        deposit: ['存款', '银行存款'],
        housing_fund: ['公积金', '住房公积金'],
      },
      { required: true, aliases: ['信息类别', '核对类别'] },
    ),
    since: date({ required: true, withinMonth: true, aliases: ['起始日期', '发生日期'] }),
    until: date({ aliases: ['终止日期', '结束日期'] }),
    amount: money({ aliases: ['金额'] }),
    relocation_housing: boolean({ aliases: ['是否易地搬迁住房', '易地搬迁住房'] }),
  },
  {
    awaited: true,
    // A fact may have begun long ago and still hold.
    window: 'ever',
    roster: { rank: 9 },
  },
);
