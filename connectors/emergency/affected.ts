/** 应急 受灾: a person affected by a disaster or accident. */
import { county, date, text } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const affected = contract(
  'emergency',
  'affected',
  '受灾人员',
  'cumulative',
  {
    person_id: personId(),
    county: county(),
    event: text(40, { required: true, aliases: ['灾害事故', '事件'] }),
    happened_on: date({ required: true, withinMonth: true, aliases: ['发生日期'] }),
  },
  { awaited: true, window: 12, roster: { rank: 10 } },
);
