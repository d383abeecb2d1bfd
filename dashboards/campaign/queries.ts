/**
 * The annual check (R27, R28, R29, R59): the notices' days, homes visited and answered, spot checks, counties
 * behind.
 */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

const homes = (title: string) => ({ type: 'count', title, unit: 'households' }) as const;

const YEAR =
  '本年度的家庭：当年新开的线索和年初尚未办结的线索所涉家庭，每条线索一户，跨年的自1月1日计。城乡不分开计。';

const DONE = {
  homes: homes('应查户数'),
  visited: homes('已入户'),
  decided: homes('已办结'),
} as const;

const CHECKED = {
  answered: homes('入户后办结'),
  checked: homes('已抽查'),
  consistent: homes('抽查一致'),
  checked_share: { type: 'ratio', title: '抽查率', of: ['checked', 'answered'] },
  consistent_share: { type: 'ratio', title: '抽查一致率', of: ['consistent', 'checked'] },
} as const;

const COVERAGE = {
  visited_share: { type: 'ratio', title: '入户核查率', of: ['visited', 'homes'] },
  decided_share: { type: 'ratio', title: '办结率', of: ['decided', 'homes'] },
} as const;

export default {
  milestones: {
    title: '核查时间节点',
    note: '现行通知所列；负数为已过天数。',
    parameters: ['region'],
    reads: ['campaign_milestone'],
    columns: {
      day: { type: 'text', title: '日期' },
      residence: { type: 'text', title: '城乡' },
      milestone: { type: 'text', title: '节点' },
      counties: column.COUNTIES,
      days_left: { type: 'number', title: '剩余天数', unit: 'days' },
    },
  },
  progress: {
    title: '本年度核查进度',
    note: YEAR,
    parameters: ['region'],
    reads: ['campaign_township'],
    columns: { ...DONE, ...COVERAGE, ...CHECKED },
  },
  burndown: {
    title: '剩余户数逐日',
    note: YEAR,
    parameters: ['months', 'region'],
    reads: ['campaign_day'],
    sparse: true,
    columns: {
      time: { type: 'instant', title: '时间' },
      day: { type: 'text', title: '日期' },
      homes: homes('应查户数'),
      to_visit: homes('待入户'),
      to_decide: homes('待办结'),
    },
  },
  counties: {
    title: '各县（市、区）核查进度',
    note: '落后：已入户户数少于按入户起止日期平均推进、达到规定入户率应有的户数；城乡日期不同的，起取早、止取迟。系统只提醒，不停发待遇。',
    parameters: ['region'],
    reads: ['campaign_least', 'campaign_milestone', 'campaign_township', 'county'],
    columns: {
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      prefecture_name: column.PREFECTURE_NAME,
      progress: { type: 'text', title: '进度' },
      ...DONE,
      ...COVERAGE,
      least_coverage: { type: 'number', title: '规定入户率', unit: 'share' },
      visits_to: { type: 'text', title: '入户截止' },
      days_left: { type: 'number', title: '剩余天数', unit: 'days' },
      confirmed_to: { type: 'text', title: '确认截止' },
      ...CHECKED,
      least_checked: { type: 'number', title: '规定抽查率（下限）', unit: 'share' },
    },
  },
  townships: {
    title: '各乡镇（街道）核查进度',
    note: YEAR,
    parameters: ['region'],
    reads: ['campaign_township', 'county'],
    sparse: true,
    columns: {
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      township: { type: 'text', title: '乡镇（街道）代码' },
      ...DONE,
      to_visit: homes('待入户'),
      ...COVERAGE,
    },
  },
  checks: {
    title: '逐月抽查',
    note: '按办结月份；只计入户后办结的家庭。',
    parameters: ['months', 'region'],
    reads: ['spot_check_month'],
    sparse: true,
    columns: { month: column.MONTH, ...CHECKED },
  },
} satisfies Queries;
