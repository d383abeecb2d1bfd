/** Choices of the variables: province, its prefectures, their counties, rules, sources. Each list begins with "all". */
import { OPTION } from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

/** The public names of these queries begin with `options_…`. */
export const prefix = 'options';

export default {
  provinces: { title: '省', parameters: ['region'], reads: ['county'], columns: OPTION },
  prefectures: { title: '市（州）', parameters: ['region'], reads: ['county'], columns: OPTION },
  counties: { title: '县（市、区）', parameters: ['region'], reads: ['county'], columns: OPTION },
  rules: { title: '规则', parameters: [], reads: ['rule'], columns: OPTION },
  sources: { title: '来源', parameters: [], reads: ['source_name'], columns: OPTION },
} satisfies Queries;
