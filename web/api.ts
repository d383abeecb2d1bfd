/**
 * What the server sends to the page and to a county's own system. Months are `YYYY-MM`, instants ISO 8601, codes
 * text; counts are exact: everyone who may read them works inside civil affairs' own scope (reliability promise
 * G24).
 */
import { z } from 'zod';
import { ROLES, type Role } from '../core/account.ts';

export const ROLE_NAMES = Object.keys(ROLES) as [Role, ...Role[]];

/** Answers pass through several modules, none of which may change them. */
export function list<T extends z.ZodType>(of: T): z.ZodReadonly<z.ZodArray<T>> {
  return z.array(of).readonly();
}

/** GET /api/home */
export const homeAnswer = z.strictObject({
  province: z.strictObject({ code: z.string(), name: z.string() }),
  months: list(z.string()).describe('Months that have been run, ascending.'),
  queue: z.string().describe('Where jobs are kept: `embedded` or `redis`.'),
  published_at: z
    .string()
    .nullable()
    .describe('When the figures were published; null: nothing has been run yet.'),
  demo: z.boolean().describe('The home was made by `doudi demo`: synthetic people.'),
});
export type HomeAnswer = z.infer<typeof homeAnswer>;

/** One month of a source. */
export const qualityAnswer = z.strictObject({
  rows: z
    .number()
    .nullable()
    .describe('Accepted rows of the newest version; null: every file was refused.'),
  quarantined: z.number().nullable(),
  share: z.number().nullable().describe('Bad rows of all rows, 0 to 1.'),
  versions: z.number(),
  refused: z.number().describe('All refused files of the month.'),
  days_after_month: z
    .number()
    .nullable()
    .describe('From the end of the month to the first accepted version.'),
});
export type QualityAnswer = z.infer<typeof qualityAnswer>;

export const sourceAnswer = z.strictObject({
  agency: z.string(),
  dataset: z.string(),
  title: z.string().describe('Chinese name of agency and dataset, e.g. 教育 学籍.'),
  stands_at: z
    .string()
    .nullable()
    .describe('Newest month of it up to the month asked for; null: nothing yet.'),
  version: z.number().nullable().describe('Of the month it stands at.'),
  rows: z.number(),
  quarantined: z.number(),
  received_at: z.string().nullable(),
  refused: z
    .number()
    .describe('Files refused for the month asked for since its last accepted one.'),
  quality: list(qualityAnswer.nullable()).describe(
    `Quality by month, in the order of the answer's \`months\`; null: nothing was handed in.`,
  ),
});
export type SourceAnswer = z.infer<typeof sourceAnswer>;

export const stepAnswer = z.strictObject({
  step: z
    .string()
    .describe(
      'identify, profile, warn, openLeads, pushLeads, exportLists: steps that record a decision.',
    ),
  rows: z.number(),
  counts: z
    .record(z.string(), z.number())
    .describe('Counts of the step by name, e.g. opened, updated, struck.'),
  finished_at: z.string(),
});
export type StepAnswer = z.infer<typeof stepAnswer>;

export const ruleAnswer = z.strictObject({
  id: z.string(),
  title: z.string(),
  title_en: z.string(),
  subject: z.enum(['person', 'household']),
  direction: z.enum(['need', 'exit', 'correction']),
  priority: z.number(),
  basis: list(z.string()).describe('Clauses, e.g. 黔民发〔2023〕2号 二（一）.'),
  words: z.string().describe('What the condition says, in Chinese words.'),
  advice: z.string(),
  limits: z.string(),
  hits: z.number().nullable().describe('Hits of the month; null: undecidable everywhere.'),
  history: list(z.number().nullable()).describe(
    `Hits per month up to the one asked for, in the order of the answer's \`months\`; null: not evaluated.`,
  ),
  not_evaluated: list(z.strictObject({ missing: z.string(), counties: z.number() })).describe(
    'Counties where it was not evaluated, and what was missing.',
  ),
});
export type RuleAnswer = z.infer<typeof ruleAnswer>;

/** A rule with no hits or an unusual number of hits; the month's lists wait until somebody signs it off. */
export const alarmAnswer = z.strictObject({
  rule: z.string(),
  hits: z.number(),
  usual: z.number(),
  kind: z.enum(['none', 'few', 'many']),
});
export type AlarmAnswer = z.infer<typeof alarmAnswer>;

export const countyAnswer = z.strictObject({
  code: z.string(),
  name: z.string(),
  prefecture: z.string(),
  warnings: z.number(),
  open: z.number().describe('Leads open at the end of the month.'),
  opened: z.number().describe('Opened in the month.'),
  by_priority: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .readonly()
    .describe('Open ones by priority, index 0 = priority 1.'),
});
export type CountyAnswer = z.infer<typeof countyAnswer>;

/** GET /api/months/:month */
export const monthAnswer = z.strictObject({
  month: z.string(),
  months: list(z.string()).describe(
    'The months `history` runs over, ascending, up to the month asked for.',
  ),
  warnings: z.number(),
  leads: z.strictObject({
    open: z.number().describe('At the end of the month.'),
    opened: z.number().describe('In the month.'),
    struck: z.number().describe('Cards with an event in the month, by their state at its end.'),
    closed: z.number(),
    by_direction: z
      .record(z.enum(['need', 'exit', 'correction']), z.number())
      .describe('Of the open ones.'),
  }),
  alarms: list(alarmAnswer),
  sources: list(sourceAnswer),
  steps: list(stepAnswer),
  rules: list(ruleAnswer),
  counties: list(countyAnswer),
});
export type MonthAnswer = z.infer<typeof monthAnswer>;

/** Rank among leads of one priority, with the arithmetic in words. */
const scoreAnswer = z.strictObject({
  value: z.number(),
  words: z.string(),
  words_en: z.string(),
});

export const queueLeadAnswer = z.strictObject({
  lead_id: z.string(),
  direction: z.enum(['need', 'exit', 'correction']),
  household_id: z.string().nullable(),
  person_id: z.string().nullable(),
  township: z.string().nullable(),
  township_name: z.string().nullable(),
  opened_month: z.string(),
  status: z.enum(['open', 'struck', 'closed']),
  priority: z.number(),
  rules: list(z.string()).describe('Rules on the card.'),
  delivery: z
    .enum(['waiting', 'delivered', 'dead'])
    .describe(
      `waiting: in transit; delivered: in the county's queue; dead: given up, someone must look.`,
    ),
  score: scoreAnswer.nullable().describe('null: the lead is not open.'),
});
export type QueueLeadAnswer = z.infer<typeof queueLeadAnswer>;

/** GET /api/counties/:code/leads?month=M[&page=1][&size=50][&direction=][&priority=][&rule=][&status=open][&order=priority|score|opened|township] */
export const countyLeadsAnswer = z.strictObject({
  county: z.strictObject({ code: z.string(), name: z.string(), prefecture: z.string() }),
  month: z.string(),
  total: z.number(),
  page: z.number(),
  size: z.number(),
  leads: list(queueLeadAnswer),
});
export type CountyLeadsAnswer = z.infer<typeof countyLeadsAnswer>;

export const evidenceAnswer = z.strictObject({
  rule: z.string(),
  title: z.string(),
  title_en: z.string(),
  person_id: z.string().nullable(),
  since: z.string(),
  holds: z.boolean().describe('false: the warning no longer holds.'),
  sentence: z.string().describe('One sentence a clerk can read out, Chinese and English.'),
  sentence_en: z.string(),
  basis: list(z.string()),
  advice: z.string(),
  limits: z.string(),
});
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>;

/** GET /api/leads/:id — also the card a county's own system fetches for a job's lead_id. */
export const leadAnswer = queueLeadAnswer.extend({
  county: z.string(),
  county_name: z.string(),
  evidence: list(evidenceAnswer),
  delivered_at: z.string().nullable(),
  outcome: z
    .strictObject({
      month: z.string(),
      outcome: z.string(),
      reason: z.string(),
      clause: z.string(),
    })
    .nullable(),
});
export type LeadAnswer = z.infer<typeof leadAnswer>;

const whyInWords = z.strictObject({
  missing: list(z.string()),
  reasoning: list(z.string()).describe(
    'Every condition with its value, threshold and clause; indented by two per level.',
  ),
  dates: list(z.string()),
  nearest: z.string().describe('The nearest change that would reverse the result.'),
  sources: list(z.string()).describe('Extract, version and lines.'),
});

/** GET /api/leads/:id/why: one entry per warning on the lead that still holds. */
export const leadWhyAnswer = z.strictObject({
  reasons: list(
    z.strictObject({
      rule: z.string(),
      person_id: z.string().nullable(),
      month: z.string(),
      zh: whyInWords,
      en: whyInWords,
    }),
  ),
});
export type LeadWhyAnswer = z.infer<typeof leadWhyAnswer>;

/** GET /api/queues */
export const queuesAnswer = z.strictObject({
  backend: z.string(),
  reachable_since: z
    .string()
    .nullable()
    .describe('null: the queue is unreachable; leads wait in the ledger.'),
  counties: list(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      consumer: z.enum(['built-in', 'external']),
      webhook: z.boolean(),
      waiting: z.number().describe('Sent by the ledger and not yet delivered.'),
      delivered: z.number(),
      dead: z.number(),
    }),
  ),
});
export type QueuesAnswer = z.infer<typeof queuesAnswer>;

/** GET /api/schedule */
export const scheduleAnswer = z.strictObject({
  jobs: list(
    z.strictObject({
      job: z.string().describe('e.g. `run`, `lists`, `collect education/enrolment`'),
      title: z.string(),
      pattern: z.string(),
      next_at: z.string().nullable(),
      done_month: z.string().nullable().describe('Newest month it is done for.'),
      done_at: z.string().nullable(),
      due: list(z.string()).describe('Months due but not done, ascending.'),
    }),
  ),
});
export type ScheduleAnswer = z.infer<typeof scheduleAnswer>;

/** GET /api/lists?month=M */
export const listsAnswer = z.strictObject({
  month: z.string(),
  lists: list(
    z.strictObject({
      list: z.string(),
      title: z.string(),
      from: z.string().describe('Chinese names of the departments.'),
      recipient: z.string(),
      clause: z.string(),
      version: z.number().describe('Newest version over all counties.'),
      counties: z.number(),
      rows: z.number(),
    }),
  ),
});
export type ListsAnswer = z.infer<typeof listsAnswer>;

/** GET, POST and DELETE /api/session */
export const sessionAnswer = z.strictObject({
  accounts: z.boolean().describe('Whether the home has accounts; without them nobody signs in.'),
  account: z
    .strictObject({
      name: z.string(),
      role: z.enum(ROLE_NAMES),
      role_name: z.string().describe('In Chinese.'),
      region: z.string(),
      region_name: z.string(),
      county: z.string().nullable().describe('The county that the region is or lies in.'),
    })
    .nullable()
    .describe('null: nobody is signed in.'),
  must_change: z.boolean().describe('The password was given out and must be changed first.'),
  csrf: z
    .string()
    .nullable()
    .describe('To be sent as X-CSRF-Token with every write by this session.'),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

const accountAnswer = z.strictObject({
  name: z.string(),
  role: z.enum(ROLE_NAMES),
  region: z.string(),
  region_name: z.string(),
  expires: z.string().nullable().describe('Last day; null: until it is closed.'),
  active: z.boolean(),
  set_by: z.string(),
  set_at: z.string(),
  last_sign_in: z.string().nullable(),
  locked_until: z.string().nullable(),
  tokens: z.number().int(),
});

/** GET /api/accounts: the list reviewed every quarter. */
export const accountsAnswer = z.strictObject({ accounts: list(accountAnswer) });

/** POST /api/accounts and …/reset: shown once. */
export const givenAnswer = z.strictObject({
  name: z.string(),
  password: z.string().describe('One-time password.'),
  otpauth: z.string().nullable().describe('For an authenticator app; null: the role needs none.'),
});

/** POST /api/accounts/:name/close */
export const closedAnswer = z.strictObject({ name: z.string(), active: z.literal(false) });

const auditEntryAnswer = z.strictObject({
  seq: z.number().int(),
  at: z.string(),
  account: z.string(),
  role: z.string(),
  region: z.string(),
  route: z.string(),
  place: z.string(),
  subject: z.string().describe('A lead; never a person.'),
  outcome: z.string(),
});

/** GET /api/audit, newest first */
export const auditAnswer = z.strictObject({
  total: z.number().int(),
  page: z.number().int(),
  size: z.number().int(),
  entries: list(auditEntryAnswer),
});

/** Any answer other than 200. */
export const problemAnswer = z.strictObject({
  code: z.string(),
  message: z.string(),
  fix: z.string().optional(),
  fields: list(z.strictObject({ path: z.string(), accepts: z.string() }))
    .optional()
    .describe('For an invalid request: each field, and what it accepts.'),
  zh: z.string().optional().describe('For a case: the reason, in the clerk’s words.'),
  gate: z.string().nullable().optional().describe('For a case: the closed gate.'),
  version: z.number().nullable().optional().describe('For a case: its current number of actions.'),
});
export type ProblemAnswer = z.infer<typeof problemAnswer>;
