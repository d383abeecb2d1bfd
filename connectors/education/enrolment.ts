/** 教育 学籍: a pupil or student. */
import { choice, county, money, month } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const enrolment = contract(
  'education',
  'enrolment',
  '学籍',
  'state',
  {
    person_id: personId(),
    county: county(),
    stage: choice(
      {
        primary: ['小学'],
        junior: ['初中'],
        senior: ['高中', '普通高中'],
        vocational: ['中职', '中等职业'],
        university: ['大学', '高等教育'],
      },
      { required: true, aliases: ['学段'] },
    ),
    status: choice(
      {
        enrolled: ['在读', '在校'],
        absent: ['缺勤', '未到校'],
        dropout: ['辍学', '失学'],
        suspended: ['休学'],
        home_teaching: ['送教上门'],
        abroad: ['出国', '出境'],
        deferred: ['延缓入学', '缓学'],
        graduated: ['毕业'],
      },
      { required: true, aliases: ['学籍状态', '就学状态'] },
    ),
    aid_year: money({ aliases: ['本学年资助金额', '年资助金额'] }),
    out_of_pocket_year: money({ aliases: ['本学年自付费用', '年自付金额'] }),
    graduation_month: month({ aliases: ['毕业年月'] }),
  },
  {
    awaited: true,
    roster: { rank: 4 },
    oneRow: { key: ['person_id'], among: "status = 'enrolled'" },
  },
);
