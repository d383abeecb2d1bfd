/** Columns shared by many queries. */
export const MONTH = { type: 'month', title: '月份' } as const;
export const COUNTY = { type: 'text', title: '区划代码' } as const;
export const COUNTY_NAME = { type: 'text', title: '县（市、区）' } as const;
export const PREFECTURE_NAME = { type: 'text', title: '市（州）' } as const;
export const RULE = { type: 'text', title: '规则' } as const;
export const RULE_TITLE = { type: 'text', title: '规则名称' } as const;
export const SOURCE = { type: 'text', title: '来源代码' } as const;
export const SOURCE_TITLE = { type: 'text', title: '来源' } as const;
export const PERSONS = { type: 'count', title: '低收入人口', unit: 'persons' } as const;
export const HITS = { type: 'count', title: '命中', unit: 'warnings' } as const;
export const OPEN = { type: 'count', title: '未结线索', unit: 'leads' } as const;
export const ROWS = { type: 'count', title: '行数', unit: 'rows' } as const;
export const VERSIONS = { type: 'number', title: '版本', unit: 'versions' } as const;
export const COUNTIES = { type: 'number', title: '县（市、区）数', unit: 'counties' } as const;
export const FIRING = { type: 'flag', title: '告警' } as const;
/** Columns under which Grafana looks for the choices of a variable. */
export const OPTION = {
  __text: { type: 'text', title: '名称' },
  __value: { type: 'text', title: '值' },
} as const;
/** Columns in which Grafana looks for chart annotations. */
export const ANNOTATION_COLUMNS = {
  time: { type: 'instant', title: '时间' },
  timeEnd: { type: 'instant', title: '至' },
  title: { type: 'text', title: '标题' },
  text: { type: 'text', title: '说明' },
  tags: { type: 'text', title: '标签' },
} as const;
