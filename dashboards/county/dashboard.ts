import type { Dashboard } from '../shared/panel.ts';

export default {
  uid: 'doudi-county',
  title: '县（市、区）',
  description: '一个县（市、区）的线索、时长、规则与数据来源。线索本身只在业务页面中查看。',
  variables: ['province', 'prefecture', 'county'],
  panels: [
    {
      id: 1,
      kind: 'figures',
      query: 'province_months',
      title: '最近一月',
      at: [0, 0, 24, 4],
      show: ['persons', 'warnings', 'open', 'opened', 'closed'],
    },
    {
      id: 2,
      kind: 'lines',
      query: 'province_months',
      title: '预警与线索',
      at: [0, 4, 12, 9],
      show: ['warnings', 'open', 'opened', 'closed'],
    },
    { id: 3, kind: 'bars', query: 'county_ages', at: [12, 4, 12, 9], x: 'age', value: 'open' },
    { id: 4, kind: 'table', query: 'county_queue', at: [0, 13, 10, 10], hidden: ['time', 'month'] },
    {
      id: 5,
      kind: 'series',
      query: 'province_people',
      at: [10, 13, 14, 10],
      by: 'title',
      value: 'persons',
      stacked: true,
    },
    {
      id: 6,
      kind: 'table',
      query: 'county_rules',
      at: [0, 23, 24, 12],
      hidden: ['time', 'month'],
      links: [{ on: 'rule', to: 'staff-rule' }],
    },
    {
      id: 7,
      kind: 'table',
      query: 'county_sources',
      at: [0, 35, 12, 12],
      hidden: ['time', 'source'],
      colours: {
        rules: [
          [0, 'green'],
          [1, 'red'],
        ],
      },
    },
    { id: 8, kind: 'table', query: 'county_gaps', at: [12, 35, 12, 12], hidden: ['time'] },
  ],
} satisfies Dashboard;
