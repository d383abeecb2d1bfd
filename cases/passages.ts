/** The stages of a case counted in the published figures, in the order of the law. */
export const PASSAGES = {
  visit: '入户核查',
  accept: '受理',
  means_check: '经济状况核对',
  review: '乡镇（街道）审核',
  post: '公示',
  civil: '民政确认',
  rural: '乡村振兴确认',
  end: '办结',
} as const satisfies Record<string, string>;

export type Passage = keyof typeof PASSAGES;
