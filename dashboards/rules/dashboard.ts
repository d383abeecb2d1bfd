import type { Dashboard } from '../kit/panel.ts';

export default {
  uid: 'doudi-rules',
  title: '规则',
  description: '各规则命中多少、核查后多少属实，哪些久无命中。',
  variables: ['province', 'prefecture', 'county', 'rule'],
  panels: [
    {
      id: 1,
      kind: 'series',
      query: 'rules_months',
      at: [0, 0, 14, 10],
      by: 'rule',
      value: 'hits',
    },
    {
      id: 2,
      kind: 'lines',
      query: 'rules_outcomes',
      at: [14, 0, 10, 10],
      show: ['decided', 'assisted', 'not_eligible', 'unfounded'],
    },
    {
      id: 3,
      kind: 'table',
      query: 'rules_table',
      at: [0, 10, 24, 14],
      hidden: ['time', 'month'],
      links: [{ on: 'rule', to: 'staff-rule' }],
    },
    {
      id: 4,
      kind: 'table',
      query: 'rules_silent',
      at: [0, 24, 12, 12],
      hidden: ['time', 'month'],
      colours: {
        firing: [
          [0, 'green'],
          [1, 'red'],
        ],
      },
      links: [{ on: 'rule', to: 'staff-rule' }],
    },
    {
      id: 5,
      kind: 'table',
      query: 'rules_counties',
      at: [12, 24, 12, 12],
      hidden: ['time', 'month', 'county'],
      links: [{ on: 'county_name', to: 'county' }],
    },
    { id: 6, kind: 'table', query: 'county_gaps', at: [0, 36, 24, 9], hidden: ['time'] },
  ],
} satisfies Dashboard;
