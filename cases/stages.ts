/**
 * Stages of a case. What may be done at each is declared by the actions (`actions/`); sets of stages that several
 * actions use are here.
 */

export const STAGES = {
  dispatched: '待接收',
  taken: '已接收，待入户',
  visited: '已入户',
  accepted: '已受理',
  checked: '已核对',
  reviewed: '已审核',
  posted: '公示中',
  objected: '有异议，待核实',
  informed: '已告知，可申辩',
  confirming: '待另一方确认',
  to_file: '待县级备案',
  to_notify: '待送达告知书',
  papers_due: '待补先行救助手续',
  dismissing: '待同意不予立案',
  recognising: '直接认定，待另一部门确认',
  handed_off: '已移交，待迁入地接收',
  closed: '已办结',
} as const satisfies Record<string, string>;

export type Stage = keyof typeof STAGES;

/** Not ended, at any stage in this county. */
export const BEFORE_END = [
  'dispatched',
  'taken',
  'visited',
  'accepted',
  'checked',
  'reviewed',
  'posted',
  'objected',
  'informed',
  'confirming',
  'to_file',
  'to_notify',
  'dismissing',
  'recognising',
] as const satisfies readonly Stage[];

/** With the township, which has not given its opinion. */
export const EARLY = [
  'taken',
  'visited',
  'accepted',
  'checked',
] as const satisfies readonly Stage[];

/** The township has given its opinion; confirmation is pending. */
export const REVIEWED = [
  'reviewed',
  'posted',
  'informed',
  'confirming',
] as const satisfies readonly Stage[];
