/** Exchange: the lists received by a county's departments. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

export default {
  lists: {
    title: '最近一月的名单',
    parameters: ['months', 'region'],
    reads: ['agency_name', 'list_county', 'list_name'],
    columns: {
      month: column.MONTH,
      list: { type: 'text', title: '名单代码' },
      list_title: { type: 'text', title: '名单' },
      recipient: { type: 'text', title: '接收部门' },
      versions: column.VERSIONS,
      counties: column.COUNTIES,
      rows: column.ROWS,
      rows_before: { type: 'count', title: '上月行数', unit: 'rows' },
    },
  },
  months: {
    title: '名单逐月行数',
    parameters: ['months', 'region'],
    reads: ['list_county', 'list_name'],
    sparse: true,
    columns: {
      month: column.MONTH,
      list: { type: 'text', title: '名单代码' },
      list_title: { type: 'text', title: '名单' },
      rows: column.ROWS,
    },
  },
  counties: {
    title: '各县（市、区）名单',
    parameters: ['months', 'region'],
    reads: ['county', 'list_county'],
    columns: {
      month: column.MONTH,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      prefecture_name: column.PREFECTURE_NAME,
      lists: { type: 'number', title: '名单数', unit: 'lists' },
      versions: column.VERSIONS,
      rows: column.ROWS,
    },
  },
} satisfies Queries;
