import type { Dashboard } from '../shared/panel.ts';

export default {
  uid: 'doudi-campaign',
  title: '年度核查',
  description: '年度核查的时间节点、入户与办结进度、抽查，以及进度落后的县（市、区）。只有计数。',
  variables: ['province', 'prefecture', 'county'],
  panels: [
    {
      id: 1,
      kind: 'figures',
      query: 'campaign_progress',
      at: [0, 0, 24, 4],
      show: ['homes', 'visited', 'visited_share', 'decided', 'decided_share', 'checked_share'],
    },
    {
      id: 2,
      kind: 'lines',
      query: 'campaign_burndown',
      at: [0, 4, 14, 11],
      show: ['homes', 'to_visit', 'to_decide'],
    },
    {
      id: 3,
      kind: 'table',
      query: 'campaign_milestones',
      at: [14, 4, 10, 11],
      colours: {
        days_left: [
          [-100_000, 'red'],
          [0, 'orange'],
          [15, 'green'],
        ],
      },
    },
    {
      id: 4,
      kind: 'table',
      query: 'campaign_counties',
      at: [0, 15, 24, 14],
      hidden: ['county'],
      links: [{ on: 'county_name', to: 'county' }],
    },
    {
      id: 5,
      kind: 'table',
      query: 'campaign_townships',
      at: [0, 29, 14, 12],
      hidden: ['county'],
      links: [{ on: 'county_name', to: 'county' }],
    },
    { id: 6, kind: 'table', query: 'campaign_checks', at: [14, 29, 10, 12], hidden: ['time'] },
  ],
} satisfies Dashboard;
