/** Operations: runs, queues, the calendar, the journal, the machine. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

const DELIVERY = {
  dispatched: { type: 'count', title: '已发出', unit: 'leads' },
  delivered: { type: 'count', title: '已送达', unit: 'leads' },
  waiting: { type: 'count', title: '待送达', unit: 'leads' },
  dead: { type: 'count', title: '无法送达', unit: 'leads' },
} as const;

export default {
  state: {
    title: '当前状态',
    parameters: [],
    reads: ['info'],
    about: 'province',
    columns: {
      queue: { type: 'flag', title: '队列可用' },
      workers: { type: 'number', title: '队列工作进程', unit: 'records' },
      published_hours: { type: 'number', title: '数据发布至今', unit: 'hours' },
      records: { type: 'number', title: '日志链记录', unit: 'records' },
      disk_free: { type: 'number', title: '磁盘剩余', unit: 'bytes' },
      disk_total: { type: 'number', title: '磁盘总量', unit: 'bytes' },
      disk_free_share: { type: 'number', title: '磁盘剩余比例', unit: 'share' },
    },
  },
  runs: {
    title: '比对记录',
    note: '第一次为月度比对，其后为订正。',
    parameters: ['months'],
    reads: ['run'],
    about: 'province',
    columns: {
      month: column.MONTH,
      happened_at: { type: 'instant', title: '完成时间' },
      turn: { type: 'number', title: '第几次', unit: 'records' },
      warnings: { type: 'count', title: '预警', unit: 'warnings' },
    },
  },
  steps: {
    title: '各步骤',
    note: '每一步最近一次有新内容时的行数与用时。',
    parameters: ['months'],
    reads: ['step'],
    about: 'province',
    columns: {
      month: column.MONTH,
      step: { type: 'text', title: '步骤' },
      rows: column.ROWS,
      finished_at: { type: 'instant', title: '完成时间' },
      seconds: { type: 'number', title: '用时', unit: 'seconds' },
    },
  },
  calendar: {
    title: '日程',
    parameters: ['months'],
    reads: ['calendar', 'job', 'list', 'month'],
    about: 'province',
    columns: {
      month: column.MONTH,
      job: { type: 'text', title: '事项' },
      due: { type: 'instant', title: '应完成时间' },
      done: { type: 'flag', title: '已完成' },
      overdue_days: { type: 'number', title: '逾期天数', unit: 'days' },
    },
  },
  queues: {
    title: '各县（市、区）队列',
    parameters: ['region'],
    reads: ['county', 'delivery_month'],
    columns: {
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      prefecture_name: column.PREFECTURE_NAME,
      ...DELIVERY,
      waiting_hours: { type: 'number', title: '最久等待', unit: 'hours' },
    },
  },
  delivery: {
    title: '逐月送达',
    note: '中位时长为各县中位数的中位数。',
    parameters: ['months', 'region'],
    reads: ['delivery_month', 'month'],
    columns: {
      month: column.MONTH,
      ...DELIVERY,
      median_hours: { type: 'number', title: '送达时长（中位）', unit: 'hours' },
      longest_hours: { type: 'number', title: '送达时长（最长）', unit: 'hours' },
    },
  },
  journal: {
    title: '日志链记录',
    parameters: ['months'],
    reads: ['journal_day'],
    about: 'province',
    columns: {
      time: { type: 'instant', title: '日期' },
      kind: { type: 'text', title: '类别' },
      records: { type: 'number', title: '记录', unit: 'records' },
    },
  },
} satisfies Queries;
