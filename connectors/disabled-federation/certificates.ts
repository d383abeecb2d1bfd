/** 残联 残疾人证: a disability certificate (GB/T 26341: categories 1–7, grades 1–4). */
import { boolean, choice, county, date } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const certificates = contract(
  'disabled-federation',
  'certificates',
  '残疾人证',
  'state',
  {
    person_id: personId(),
    county: county(),
    category: choice(
      {
        '1': ['视力', '视力残疾'],
        '2': ['听力', '听力残疾'],
        '3': ['言语', '言语残疾'],
        '4': ['肢体', '肢体残疾'],
        '5': ['智力', '智力残疾'],
        '6': ['精神', '精神残疾'],
        '7': ['多重', '多重残疾'],
      },
      { required: true, aliases: ['残疾类别'] },
    ),
    grade: choice(
      { '1': ['一级'], '2': ['二级'], '3': ['三级'], '4': ['四级'] },
      { required: true, aliases: ['残疾等级'] },
    ),
    status: choice(
      { valid: ['有效', '正常'], cancelled: ['注销'], expired: ['过期', '失效'] },
      { required: true, aliases: ['证件状态', '状态'] },
    ),
    issued: date({ required: true, aliases: ['发证日期'] }),
    valid_until: date({ aliases: ['有效期至'] }),
    living_subsidy: boolean({ aliases: ['是否享受生活补贴', '困难残疾人生活补贴'] }),
    nursing_subsidy: boolean({ aliases: ['是否享受护理补贴', '重度残疾人护理补贴'] }),
  },
  { awaited: true, roster: { rank: 7 }, oneRow: { key: ['person_id'], among: "status = 'valid'" } },
);
