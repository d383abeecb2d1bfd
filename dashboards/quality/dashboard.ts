import type { Dashboard } from '../shared/panel.ts';

export default {
  uid: 'doudi-quality',
  title: '数据质量',
  description: '各部门数据是否到齐、多新、多少行被隔离或拒收。',
  variables: ['province', 'prefecture', 'county', 'source'],
  panels: [
    {
      id: 1,
      kind: 'table',
      query: 'quality_freshness',
      at: [0, 0, 12, 11],
      hidden: ['source'],
      colours: {
        months_behind: [
          [0, 'green'],
          [1, 'orange'],
          [2, 'red'],
        ],
      },
    },
    {
      id: 2,
      kind: 'lines',
      query: 'quality_months',
      at: [12, 0, 12, 11],
      show: ['rows', 'quarantined', 'refused'],
    },
    {
      id: 3,
      kind: 'series',
      query: 'quality_sources',
      title: '各来源行数',
      at: [0, 11, 24, 10],
      by: 'title',
      value: 'rows',
    },
    {
      id: 4,
      kind: 'table',
      query: 'quality_sources',
      at: [0, 21, 24, 14],
      hidden: ['time', 'source'],
      colours: {
        quarantined_share: [
          [0, 'green'],
          [0.01, 'orange'],
          [0.05, 'red'],
        ],
      },
    },
    {
      id: 5,
      kind: 'table',
      query: 'quality_extracts',
      at: [0, 35, 14, 14],
      hidden: ['time', 'source', 'county'],
      links: [{ on: 'county_name', to: 'county' }],
      colours: {
        late_days: [
          [0, 'green'],
          [1, 'orange'],
          [8, 'red'],
        ],
      },
    },
    {
      id: 6,
      kind: 'table',
      query: 'quality_work',
      at: [14, 35, 10, 14],
      hidden: ['time', 'county'],
      links: [{ on: 'county_name', to: 'county' }],
    },
  ],
} satisfies Dashboard;
