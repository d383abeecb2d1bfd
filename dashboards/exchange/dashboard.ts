import type { Dashboard } from '../shared/panel.ts';

export default {
  uid: 'doudi-exchange',
  title: '名单交换',
  description: '每月送各部门的名单：县（市、区）数、行数、版本，是否按期。',
  variables: ['province', 'prefecture', 'county'],
  panels: [
    { id: 1, kind: 'table', query: 'exchange_lists', at: [0, 0, 24, 10], hidden: ['time', 'list'] },
    {
      id: 2,
      kind: 'series',
      query: 'exchange_months',
      at: [0, 10, 14, 10],
      by: 'list_title',
      value: 'rows',
    },
    {
      id: 3,
      kind: 'table',
      query: 'operations_calendar',
      title: '是否按期',
      at: [14, 10, 10, 10],
      hidden: ['time'],
      colours: {
        overdue_days: [
          [0, 'green'],
          [0.1, 'orange'],
          [3, 'red'],
        ],
      },
    },
    {
      id: 4,
      kind: 'table',
      query: 'exchange_counties',
      at: [0, 20, 24, 14],
      hidden: ['time', 'month', 'county'],
      links: [{ on: 'county_name', to: 'county' }],
    },
  ],
} satisfies Dashboard;
