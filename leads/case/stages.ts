/** Where a case stands, and what may come next: one table for what, a second one for who. */
import type { Role } from '../../core/account.ts';
import type { Action } from './forms.ts';

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

/** What can happen at any stage before the end. */
const ALWAYS = [
  'assign',
  'aid_first',
  'paperwork',
  'conference',
  'register',
  'county_check',
  'extend',
  'spot_check',
  'undo',
] as const;
const EARLY = [
  'attempt',
  'visit',
  'accept',
  'means_check',
  'dismiss',
  'recognise',
  'hand_off',
  'release',
] as const;

/** What may come next at each stage; a new stage does not compile until it stands here. Whether it may just now, the gates say. */
export const AVAILABLE_ACTIONS = {
  dispatched: [...ALWAYS, 'take', 'recognise', 'hand_off'],
  taken: [...ALWAYS, ...EARLY],
  visited: [...ALWAYS, ...EARLY, 'review'],
  accepted: [...ALWAYS, ...EARLY, 'review'],
  checked: [...ALWAYS, ...EARLY, 'review'],
  reviewed: [
    ...ALWAYS,
    'means_check',
    'post',
    'inform',
    'confirm',
    'sign',
    'send_back',
    'hand_off',
  ],
  posted: [...ALWAYS, 'means_check', 'object', 'confirm', 'sign', 'send_back'],
  objected: [...ALWAYS, 'means_check', 'reinvestigate', 'appraise', 'review'],
  informed: [...ALWAYS, 'means_check', 'rebut', 'confirm', 'sign', 'send_back'],
  confirming: [...ALWAYS, 'object', 'confirm', 'sign', 'send_back'],
  to_file: [...ALWAYS, 'file', 'send_back'],
  to_notify: [...ALWAYS, 'notify'],
  papers_due: ['paperwork', 'spot_check'],
  dismissing: [...ALWAYS, 'uphold', 'overrule'],
  recognising: [...ALWAYS, 'recognise', 'visit', 'send_back'],
  handed_off: ['accept_hand_off', 'decline_hand_off', 'aid_first', 'paperwork', 'undo'],
  closed: ['announce', 'appeal', 'spot_check', 'undo'],
} as const satisfies Record<Stage, readonly Action[]>;

const OFFICER = ['township_officer'] as const;
const FIELD = ['township_officer', 'village_assistant'] as const;
const BUREAUS = ['county_civil_affairs', 'county_rural_revitalization'] as const;

/** Who may do what; where, the account's region says. */
export const WHO_MAY = {
  take: OFFICER,
  release: OFFICER,
  assign: ['county_civil_affairs'],
  attempt: FIELD,
  visit: OFFICER,
  register: OFFICER,
  county_check: ['county_supervisor', 'county_civil_affairs'],
  accept: OFFICER,
  means_check: ['township_officer', 'county_civil_affairs'],
  extend: ['township_leader', 'county_civil_affairs'],
  review: ['township_leader', 'township_officer'],
  post: OFFICER,
  object: ['township_officer', 'village_assistant', 'county_supervisor'],
  reinvestigate: OFFICER,
  appraise: OFFICER,
  conference: BUREAUS,
  inform: OFFICER,
  rebut: FIELD,
  confirm: BUREAUS,
  sign: ['township_head', 'township_leader', 'township_officer'],
  file: ['county_civil_affairs'],
  send_back: BUREAUS,
  notify: OFFICER,
  appeal: ['township_officer', 'county_civil_affairs'],
  announce: OFFICER,
  dismiss: OFFICER,
  uphold: ['township_leader'],
  overrule: ['township_leader'],
  aid_first: ['township_leader'],
  paperwork: OFFICER,
  recognise: BUREAUS,
  hand_off: ['township_leader', 'county_civil_affairs'],
  accept_hand_off: ['county_civil_affairs'],
  decline_hand_off: ['county_civil_affairs'],
  spot_check: ['county_supervisor'],
  undo: ['township_officer', 'township_leader', ...BUREAUS],
} as const satisfies Record<Action, readonly Role[]>;
