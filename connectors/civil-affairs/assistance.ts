/** 民政 救助对象: a person in (or out of, or applying for) one programme. */
import {
  boolean,
  choice,
  county,
  date,
  integer,
  money,
  township,
  village,
} from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { householdId, labourCapacity, personId } from '../common-columns.ts';

export const assistance = contract(
  'civil-affairs',
  'assistance',
  '救助对象',
  'state',
  {
    person_id: personId(),
    household_id: householdId(),
    county: county(),
    township: township(),
    village: village(),
    residence: choice(
      { urban: ['城镇', '城市', '非农业'], rural: ['农村', '农业'] },
      { required: true, aliases: ['城乡类别', '户籍性质', '城乡'] },
    ),
    // The ministry's codes 110 and 120 are one programme each; 131 and 132 are tekun in every system and mapped in the
    // order of the contract's list (no rule distinguishes them). 500, 600 and 650 mean different programmes in
    // different systems: such a row goes to quarantine rather than into the wrong programme.
    programme: choice(
      {
        urban_dibao: ['城市低保', '城市最低生活保障', '城市居民最低生活保障', '110'],
        rural_dibao: ['农村低保', '农村最低生活保障', '120'],
        tekun_concentrated: ['131', '特困集中供养', '特困人员集中供养', '集中供养'],
        tekun_dispersed: ['132', '特困分散供养', '特困人员分散供养', '分散供养'],
        marginal: ['低保边缘', '低保边缘家庭', '低保边缘家庭人口'],
        rigid_expenditure: ['刚性支出困难家庭', '刚性支出困难', '支出型困难'],
        orphan: ['孤儿'],
        unattended_child: ['事实无人抚养儿童'],
        temporary_aid: ['临时救助'],
      },
      { required: true, aliases: ['救助类别', '救助类型', '项目'] },
    ),
    status: choice(
      {
        active: ['在保', '在享', '享受'],
        grace: ['渐退期', '渐退'],
        applied: ['申请中', '申请'],
        refused: ['不予批准', '未通过', '不予确认'],
        exited: ['退出', '停保', '已退出'],
      },
      { required: true, aliases: ['状态', '救助状态'] },
    ),
    status_date: date({ required: true, aliases: ['状态日期', '状态变更日期'] }),
    household_size: integer(1, 99, { required: true, aliases: ['家庭人口数', '家庭人口'] }),
    income_per_capita_year: money({ aliases: ['家庭年人均收入', '年人均收入'] }),
    labour_capacity: labourCapacity(),
    self_care: choice(
      {
        full: ['完全自理', '具备生活自理能力', '有自理能力'],
        partial: ['部分丧失生活自理能力', '半自理', '部分自理'],
        none: ['完全丧失生活自理能力', '不能自理', '失能'],
      },
      { aliases: ['自理能力', '生活自理能力'] },
    ),
    single_person: boolean({ aliases: ['是否单人户', '单人保', '单人户'] }),
    amount_month: money({ aliases: ['月保障金额', '月救助金额'] }),
    topup_month: money({ aliases: ['月增发金额', '分类施保金额'] }),
    topup_kinds: choice(
      {
        elderly: ['老年人'],
        disabled: ['重度残疾人', '残疾人'],
        seriously_ill: ['重病患者'],
        student: ['在校学生'],
        other: ['其他'],
      },
      { many: true, aliases: ['增发类别', '分类施保类别'] },
    ),
    review_date: date({ aliases: ['复核日期', '上次复核日期'] }),
    grace_reason: choice(
      {
        state_employment: ['国有单位就业', '机关事业国企录用'],
        flexible_employment: ['灵活就业', '外出务工'],
        other: ['其他'],
      },
      { aliases: ['渐退原因'] },
    ),
    grace_start: date({ aliases: ['渐退开始日期', '渐退起始日期'] }),
    relocated: boolean({ aliases: ['是否易地搬迁', '易地搬迁'] }),
  },
  {
    awaited: true,
    roster: { rank: 1, homes: true, latest: 'status_date' },
    oneRow: {
      key: ['person_id', 'programme'],
      among: "status IN ('active', 'grace') AND programme <> 'temporary_aid'",
    },
  },
);
