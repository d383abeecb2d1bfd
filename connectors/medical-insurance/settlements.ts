/** 医保 结算: a settled bill. Negative amounts are reversals. */
import { boolean, choice, county, date, money, text } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const settlements = contract(
  'medical-insurance',
  'settlements',
  '结算',
  'cumulative',
  {
    bill_id: text(64, { aliases: ['结算单号', '结算编号'] }),
    person_id: personId(),
    county: county(),
    settled_on: date({ required: true, withinMonth: true, aliases: ['结算日期'] }),
    kind: choice(
      {
        inpatient: ['住院'],
        outpatient: ['门诊', '门诊统筹'],
        chronic: ['门特', '门诊慢特病', '慢特病'],
      },
      { required: true, aliases: ['结算类别', '医疗类别'] },
    ),
    disease_code: text(20, {
      aliases: ['疾病编码', '病种编码'],
      pattern: '[A-Za-z][0-9]{2}[0-9A-Za-z.+*/]*',
    }),
    major_illness: boolean({ required: true, aliases: ['是否重特大疾病', '是否大病'] }),
    total: money({ required: true, signed: true, aliases: ['总费用', '医疗总费用'] }),
    insurance_paid: money({ required: true, signed: true, aliases: ['基本医保支付'] }),
    serious_illness_paid: money({ signed: true, aliases: ['大病保险支付'] }),
    medical_aid_paid: money({ signed: true, aliases: ['医疗救助支付'] }),
    self_paid: money({ required: true, signed: true, aliases: ['个人自付', '个人负担'] }),
  },
  {
    awaited: true,
    // A bill is never dated after its file's month, so older files cannot hold one of the last twelve months.
    window: 12,
    roster: { rank: 5 },
  },
);
