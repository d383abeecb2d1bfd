/**
 * What each action brings with it: the fields of the notices' forms (annexes 1 to 12 of Fenxi's plan) as far as they name
 * nobody. People stand as pseudonyms, signatures and photographs as SHA-256 digests of files that stay in the county.
 */
import { z } from 'zod';
import { CIVIL_EXIT, CIVIL_NEED, FALSE_ALARM_CODES, keysOf, RURAL } from './findings.ts';

const note = z.string().trim().min(2).max(500);
const clause = z.string().trim().min(2).max(120);
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256, 64 hex digits');
const account = z.string().regex(/^[a-z0-9-]{3,40}$/, 'name of an account');
const day = z.iso.date();
/** Yuan, as text: no figure of money passes through a binary float. */
const yuan = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'yuan, at most two decimals, as text');
const count = z.int().min(0).max(99);
const number = z
  .string()
  .regex(/^[A-Za-z0-9〔〕\u4e00-\u9fff-]{4,60}$/, 'number of a paper, 4 to 60 characters');

/** One kind of income item by item (R18); an empty list says that there is none. */
const items = z
  .array(z.strictObject({ item: z.string().trim().min(1).max(40), amount: yuan }))
  .max(30);

/** 工资性、经营净、财产净、转移净, yuan a year of the whole household. */
const incomes = z.strictObject({
  wage: items,
  business: items,
  property: items,
  transfer: items,
});

/** Whoever investigates signs for it (R45: 谁调查谁签字谁负责). */
const investigators = z
  .array(z.strictObject({ account, signature: digest }))
  .min(1)
  .max(6)
  .refine((list) => new Set(list.map((one) => one.account)).size === list.length, {
    message: 'the same investigator stands there twice',
  });

const respondent = z.strictObject({
  /** Who answered: the person, a relative who signs for them, or a guardian. */
  who: z.enum(['self', 'relative', 'guardian']),
  /** The household agrees with what was written down; without it the visit is an attempt. */
  agrees: z.literal(true),
  signature: digest,
});

export const HARDSHIPS = {
  illness: '因病',
  disability: '因残',
  schooling: '因学',
  disaster: '因灾',
  accident: '因意外事故',
  unemployment: '失业',
  lack_of_labour: '缺劳动力',
  none: '无明显困难',
  other: '其他',
} as const satisfies Record<string, string>;

/** Annex 4: the household visit. */
const visit = z.strictObject({
  on: day,
  investigators,
  respondent,
  household_size: z.int().min(1).max(30),
  residence: z.enum(['urban', 'rural']),
  incomes,
  /** What obligors outside the household pay, yuan a year; null: not established. */
  support: yuan.nullable(),
  /** Rigid expenditure of the last twelve months, yuan; null: not established. */
  rigid_expenditure: yuan.nullable(),
  /** Assets beyond the locality's limits, as seen and told. */
  assets: z.enum(['within', 'beyond', 'unclear']),
  labour: z.enum(['full', 'partial', 'none']),
  hardship: z.enum(keysOf(HARDSHIPS)),
  findings: note,
  photos: z.array(digest).min(1).max(20),
  /** Annex 5: a near relative of village cadres or relief staff lives here. */
  relative_of_staff: z.boolean(),
});

/** Annex 5: the register of relatives. */
const register = z.strictObject({
  post: z.string().trim().min(2).max(40),
  relation: z.string().trim().min(1).max(20),
  guarantor: account,
  pledge: digest,
});

const refusing = { code: z.enum(FALSE_ALARM_CODES).optional(), clause: clause.optional() };

const civilOpinion = z.strictObject({
  finding: z.enum([...keysOf(CIVIL_NEED), ...keysOf(CIVIL_EXIT)]),
  /** Persons to be covered, and yuan a month of the household, where something is granted. */
  members: count.optional(),
  amount_month: yuan.optional(),
  /** Of a stop: net income per head and year, above the standard, and that no grace is running (R22). */
  income_per_head: yuan.optional(),
  grace_over: z.boolean().optional(),
  ...refusing,
  reason: note,
});

const ruralOpinion = z.strictObject({
  finding: z.enum(keysOf(RURAL)),
  ...refusing,
  reason: note,
});

export const FORMS = {
  take: z.strictObject({}),
  release: z.strictObject({ reason: note }),
  assign: z.strictObject({ township: z.string().regex(/^\d{9}$/) }),
  /** Nobody was met, or nobody would answer: the visit is still owed. */
  attempt: z.strictObject({
    on: day,
    why: z.enum(['nobody_home', 'refused', 'unreachable', 'not_found']),
    findings: note,
  }),
  visit,
  register,
  county_check: z.strictObject({ number, findings: note, sound: z.boolean() }),
  /** Annexes 1 and 2. Acceptance (受理): the statutory clock starts on this day. */
  accept: z.strictObject({
    on: day,
    applicant: z.enum(['household', 'person']),
    applied_for: z.enum(['urban_dibao', 'rural_dibao', 'tekun', 'marginal', 'rigid_expenditure']),
    /** R62: where the household applies. */
    place: z.enum(['registered', 'residence']),
    /** Signatures of all adult members under the authorisation to check means. */
    authorisations: z.array(digest).min(1).max(20),
  }),
  means_check: z.strictObject({
    report: number,
    result: z.enum(['consistent', 'differs']),
    findings: note.optional(),
  }),
  extend: z.strictObject({
    reason: z.enum(['objection', 'separated-registration', 'other-place', 'difficult-check']),
    findings: note,
  }),
  review: z.strictObject({ civil: civilOpinion, rural: ruralOpinion }),
  post: z.strictObject({ on: day, photos: z.array(digest).min(1).max(10) }),
  object: z.strictObject({
    on: day,
    by: z.enum(['resident', 'cadre', 'hotline', 'other']),
    content: note,
  }),
  /** Annex 8. */
  reinvestigate: z.strictObject({
    on: day,
    investigators,
    true: z.boolean(),
    findings: note,
    photos: z.array(digest).min(1).max(20),
  }),
  /** 民主评议 */
  appraise: z.strictObject({
    on: day,
    present: count,
    agree: count,
    against: count,
    minutes: digest,
    findings: note,
  }),
  conference: z.strictObject({
    on: day,
    bureaus: z.array(z.string().trim().min(2).max(30)).min(2).max(12),
    minutes: digest,
    decision: note,
  }),
  /** An exit: the household is told what is intended and may answer. */
  inform: z.strictObject({ on: day, receipt: digest }),
  rebut: z.strictObject({ on: day, content: note }),
  /** A county bureau's decision on its own track; which one it is follows from the role. */
  confirm: z.strictObject({
    finding: z.enum([...keysOf(CIVIL_NEED), ...keysOf(CIVIL_EXIT), ...keysOf(RURAL)]),
    members: count.optional(),
    amount_month: yuan.optional(),
    ...refusing,
    reason: note,
  }),
  /** Where townships confirm: one of the signatures under the township's opinion. */
  sign: z.strictObject({ signature: digest }),
  /** Where townships confirm: the county files. */
  file: z.strictObject({ number }),
  send_back: z.strictObject({ to: z.enum(['visit', 'review']), reason: note }),
  notify: z.strictObject({ received: day, receipt: digest, explanation: note }),
  appeal: z.strictObject({ on: day, content: note }),
  announce: z.strictObject({ on: day, photos: z.array(digest).min(1).max(10) }),
  dismiss: z.strictObject({
    code: z.enum(FALSE_ALARM_CODES),
    clause: clause.optional(),
    reason: note,
  }),
  uphold: z.strictObject({}),
  overrule: z.strictObject({ reason: note }),
  /** R40: help first, papers after. */
  aid_first: z.strictObject({ amount: yuan, reason: note }),
  paperwork: z.strictObject({ number, papers: z.array(digest).min(1).max(20) }),
  /** R14: a monitored household becomes marginal, both bureaus confirming. */
  recognise: z.strictObject({}),
  hand_off: z.strictObject({
    county: z.string().regex(/^\d{6}$/),
    township: z
      .string()
      .regex(/^\d{9}$/)
      .nullable(),
    reason: note,
  }),
  accept_hand_off: z.strictObject({ township: z.string().regex(/^\d{9}$/) }),
  decline_hand_off: z.strictObject({ reason: note }),
  spot_check: z.strictObject({ on: day, consistent: z.boolean(), findings: note }),
  undo: z.strictObject({ reason: note }),
} as const satisfies Record<string, z.ZodType>;

export type Action = keyof typeof FORMS;
export type Form<A extends Action> = z.infer<(typeof FORMS)[A]>;

export const ACTIONS: Readonly<Record<Action, string>> = {
  take: '接收线索',
  release: '退回待接收',
  assign: '指定乡镇（街道）',
  attempt: '入户未果',
  visit: '入户核查',
  register: '近亲属备案',
  county_check: '县级核实（近亲属）',
  accept: '受理申请和授权',
  means_check: '登记经济状况核对报告',
  extend: '延长办理时限',
  review: '乡镇（街道）审核',
  post: '张榜公示',
  object: '登记异议',
  reinvestigate: '再次调查',
  appraise: '民主评议',
  conference: '个案会商',
  inform: '告知拟退出',
  rebut: '登记申辩',
  confirm: '县级确认',
  sign: '确认签字',
  file: '县级备案',
  send_back: '退回',
  notify: '送达书面告知',
  appeal: '登记复查申请',
  announce: '确认公示',
  dismiss: '提出不予立案',
  uphold: '同意不予立案',
  overrule: '不同意，继续核查',
  aid_first: '先行救助',
  paperwork: '补齐先行救助手续',
  recognise: '直接认定低保边缘',
  hand_off: '移交迁入地',
  accept_hand_off: '接收移交',
  decline_hand_off: '不接收移交',
  spot_check: '抽查',
  undo: '撤销批量操作',
};
