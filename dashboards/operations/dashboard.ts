import type { Dashboard } from '../shared/panel.ts';

export default {
  uid: 'doudi-operations',
  title: '运行',
  description: '比对、队列、日程、日志链与磁盘。',
  variables: ['province', 'prefecture', 'county'],
  panels: [
    {
      id: 1,
      kind: 'figures',
      query: 'operations_state',
      at: [0, 0, 24, 4],
      show: ['queue', 'workers', 'published_hours', 'records', 'disk_free', 'disk_free_share'],
    },
    {
      id: 2,
      kind: 'lines',
      query: 'operations_delivery',
      title: '线索送达',
      at: [0, 4, 12, 9],
      show: ['dispatched', 'delivered', 'waiting', 'dead'],
    },
    {
      id: 3,
      kind: 'lines',
      query: 'operations_delivery',
      title: '送达时长',
      at: [12, 4, 12, 9],
      show: ['median_hours', 'longest_hours'],
    },
    {
      id: 4,
      kind: 'table',
      query: 'operations_queues',
      at: [0, 13, 14, 12],
      hidden: ['county'],
      colours: {
        waiting_hours: [
          [0, 'green'],
          [1, 'orange'],
          [24, 'red'],
        ],
      },
      links: [
        { on: 'county_name', to: 'county' },
        { on: 'waiting', to: 'staff-queues' },
      ],
    },
    {
      id: 5,
      kind: 'table',
      query: 'operations_calendar',
      at: [14, 13, 10, 12],
      hidden: ['time'],
      colours: {
        overdue_days: [
          [0, 'green'],
          [0.1, 'orange'],
          [3, 'red'],
        ],
      },
    },
    { id: 6, kind: 'table', query: 'operations_runs', at: [0, 25, 12, 10], hidden: ['time'] },
    { id: 7, kind: 'table', query: 'operations_steps', at: [12, 25, 12, 10], hidden: ['time'] },
    {
      id: 8,
      kind: 'series',
      query: 'operations_journal',
      at: [0, 35, 24, 9],
      by: 'kind',
      value: 'records',
      stacked: true,
    },
    {
      id: 9,
      kind: 'series',
      query: 'operations_steps',
      title: '各步骤用时',
      at: [0, 44, 24, 9],
      by: 'step',
      value: 'seconds',
      stacked: true,
    },
  ],
} satisfies Dashboard;
