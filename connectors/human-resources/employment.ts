/** 人社 就业: a person of working age known to the department. */
import { boolean, choice, county, integer, month } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const employment = contract(
  'human-resources',
  'employment',
  '就业',
  'state',
  {
    person_id: personId(),
    county: county(),
    status: choice(
      {
        employed: ['在职', '就业'],
        flexible: ['灵活就业'],
        registered_unemployed: ['登记失业'],
        unregistered_unemployed: ['未登记失业'],
        retired: ['退休'],
        none: ['无', '未就业'],
      },
      { required: true, aliases: ['就业状态'] },
    ),
    months_without_income: integer(0, 999, { aliases: ['连续无收入月数', '无收入月数'] }),
    unemployment_benefit: boolean({ aliases: ['是否领取失业保险金', '领取失业金'] }),
    // The contract prescribes no format; both occur, and only the month matters.
    contributions_until: month({ orDate: true, aliases: ['缴费截止年月', '社保缴至'] }),
  },
  { awaited: true, roster: { rank: 8 }, oneRow: { key: ['person_id'] } },
);
