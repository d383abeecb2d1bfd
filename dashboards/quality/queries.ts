/** Data quality: what each department delivers, how much of it is bad, and how late it comes. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

const QUARANTINED = { type: 'count', title: '隔离行数', unit: 'rows' } as const;
const REFUSED = { type: 'number', title: '拒收文件', unit: 'files' } as const;
const LATE = { type: 'number', title: '月末后天数', unit: 'days' } as const;

export default {
  sources: {
    title: '各来源逐月情况',
    parameters: ['months', 'source'],
    reads: ['source_name', 'source_quality'],
    about: 'province',
    columns: {
      month: column.MONTH,
      source: column.SOURCE,
      title: column.SOURCE_TITLE,
      versions: column.VERSIONS,
      rows: column.ROWS,
      quarantined: QUARANTINED,
      lines: { type: 'count', title: '总行数', unit: 'rows' },
      quarantined_share: { type: 'ratio', title: '隔离比例', of: ['quarantined', 'lines'] },
      refused: REFUSED,
      late_days: LATE,
    },
  },
  months: {
    title: '全部来源逐月合计',
    parameters: ['months'],
    reads: ['month', 'source_quality'],
    about: 'province',
    columns: {
      month: column.MONTH,
      sources: { type: 'number', title: '来源数', unit: 'files' },
      versions: column.VERSIONS,
      rows: column.ROWS,
      quarantined: QUARANTINED,
      refused: REFUSED,
      late_days: { ...LATE, title: '最晚月末后天数' },
    },
  },
  freshness: {
    title: '来源新旧',
    note: '与上一个完整月份相比；从未收到为 999。',
    parameters: [],
    reads: ['source', 'source_name'],
    about: 'province',
    columns: {
      source: column.SOURCE,
      title: column.SOURCE_TITLE,
      stands_at: { type: 'text', title: '最新月份' },
      versions: column.VERSIONS,
      months_behind: { type: 'number', title: '落后月数', unit: 'months' },
    },
  },
  extracts: {
    title: '各县（市、区）数据到位',
    note: '没有版本的，该县本月尚无这份数据；逾期天数自规定的报送日算起。',
    parameters: ['months', 'region', 'source'],
    reads: ['county', 'extract_month', 'source_name'],
    columns: {
      month: column.MONTH,
      source: column.SOURCE,
      title: column.SOURCE_TITLE,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      versions: column.VERSIONS,
      rows: column.ROWS,
      late_days: { ...LATE, title: '逾期天数' },
    },
  },
  work: {
    title: '督办事项',
    note: '截至今日仍未办的事项；全省性的事项记在省的代码下，只有看全省的读取方可见。',
    parameters: ['months', 'region'],
    reads: ['county', 'work_item_month', 'work_rule'],
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      items: { type: 'count', title: '事项', unit: 'records' },
    },
  },
} satisfies Queries;
