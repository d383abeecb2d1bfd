/** 卫健 慢性病和大病专项救治: a patient in one of the two programmes. */
import { boolean, choice, county, date, text } from '../../files/extract/columns.ts';
import { personId } from '../common-columns.ts';
import { contract } from '../../files/extract/contract.ts';

export const patients = contract('health', 'patients', '慢性病和大病患者', 'state', {
  person_id: personId(),
  county: county(),
  kind: choice(
    {
      chronic: ['慢性病', '慢病'],
      special_treatment: ['大病专项救治', '大病救治'],
    },
    { required: true, aliases: ['患者类别', '管理类别'] },
  ),
  disease_code: text(20, {
    aliases: ['疾病编码', '病种编码'],
    pattern: '[A-Za-z][0-9]{2}[0-9A-Za-z.+*/]*',
  }),
  registered_on: date({ required: true, aliases: ['登记日期', '建档日期'] }),
  ended_on: date({ aliases: ['结案日期', '终止日期'] }),
  family_doctor: boolean({ aliases: ['是否签约家庭医生', '家庭医生签约'] }),
});
