/** Shapes of the server's answers about cases. Days `YYYY-MM-DD` in Asia/Shanghai, amounts in yuan. */
import { z } from 'zod';
import { CLOCKS, type CaseClock } from '../cases/running.ts';
import { STAGES, type Stage } from '../cases/stages.ts';
import { ACTION_NAMES, type Action } from '../cases/tables.ts';
import { list } from './api.ts';

const stage = z.enum(Object.keys(STAGES) as [Stage, ...Stage[]]);
const action = z.enum(ACTION_NAMES as [Action, ...Action[]]);
const clock = z.enum(Object.keys(CLOCKS) as [CaseClock, ...CaseClock[]]);
const direction = z.enum(['need', 'exit', 'correction']);
const text = z.string();
const day = z.string().nullable();

const row = z.strictObject({
  lead_id: text,
  direction,
  household_id: text.nullable(),
  person_id: text.nullable(),
  county: text,
  township: text.nullable(),
  township_name: text.nullable(),
  village: text.nullable(),
  opened_month: text,
  priority: z.number(),
  rules: list(text),
  score: z.number().nullable(),
  /** The home's shortfall to the standard, yuan per month, as far as the figures show. */
  gain: z.number(),
  stage,
  version: z.number(),
  /** The earliest of its deadlines; provisional if a year has no calendar yet. */
  due: day,
  due_clock: clock.nullable(),
  provisional: z.boolean(),
});

export type CaseRow = z.infer<typeof row>;

export const casesAnswer = z.strictObject({
  total: z.number(),
  page: z.number(),
  size: z.number(),
  cases: list(row),
});

const opinion = z.strictObject({
  finding: text,
  code: text.optional(),
  clause: text.optional(),
  members: z.number().optional().describe('Persons to be covered.'),
  amount_month: text.optional().describe('Yuan a month of the household.'),
  reason: text,
  by: text,
  day: text,
});

/** A stop also states why the home can do without. */
const civilOpinion = opinion.extend({
  income_per_head: text.optional().describe('Of a stop: net yuan per head and year.'),
  grace_over: z.boolean().optional().describe('Of a stop: no grace is running.'),
});

export const caseAnswer = z.strictObject({
  lead_id: text,
  direction,
  county: text,
  township: text.nullable(),
  stage,
  stage_title: text,
  version: z.number(),
  rules: list(text),
  today: text,
  clocks: list(
    z.strictObject({ clock, title: text, since: text, due: day, provisional: z.boolean() }),
  ),
  opinion: z
    .object({
      civil: civilOpinion,
      rural: opinion,
      by: text,
      way: z.enum(['county', 'township']),
      signatures: z.number(),
    })
    .nullable(),
  civil: civilOpinion.nullable(),
  rural: opinion.nullable(),
  outcome: z
    .object({
      civil: text.nullable(),
      rural: text.nullable(),
      code: text.nullable(),
      clause: text,
      reason: text,
      kind: z.enum(['assisted', 'not_eligible', 'unfounded']),
    })
    .nullable(),
  actions: list(z.strictObject({ action, title: text })),
  acts: list(
    z.strictObject({
      version: z.number(),
      action,
      title: text,
      form: z.record(z.string(), z.unknown()),
      account: text,
      role: text,
      role_title: text,
      day: text,
      at: text,
      batch: text.nullable(),
      stage,
    }),
  ),
});

export const caseActed = z.strictObject({
  lead_id: text,
  version: z.number(),
  stage,
  repeated: z.boolean(),
});

export const caseBatch = z.strictObject({
  batch: text,
  asked: z.number(),
  done: z.number(),
  refused: z.number(),
  items: list(
    z.union([
      z.strictObject({ done: z.literal(true), ...caseActed.shape }),
      z.strictObject({
        done: z.literal(false),
        lead_id: text,
        code: text,
        gate: text.nullable(),
        zh: text,
      }),
    ]),
  ),
});

export const planAnswer = z.strictObject({
  month: text,
  capacity: z.number(),
  visited: z.number(),
  kept_for_far: z.number(),
  owed: z.number(),
  carried_over: z.number(),
  visits: list(
    z.strictObject({
      lead_id: text,
      village: text.nullable(),
      priority: z.number(),
      due: day,
      carried: z.boolean(),
      far: z.boolean(),
      planned: z.boolean(),
    }),
  ),
});

export const reportAnswer = z.strictObject({
  lead_id: text,
  opened: z.boolean(),
  repeated: z.boolean(),
});

export const remindersAnswer = z.strictObject({
  total: z.number(),
  reminders: list(
    z.strictObject({
      lead_id: text,
      township: text.nullable(),
      clock,
      title: text,
      due: text,
      level: z.enum(['soon', 'over', 'escalated']),
      day: text,
    }),
  ),
});

export const seedAnswer = z.strictObject({ seed: text });

export const sampleAnswer = z.strictObject({
  county: text,
  month: text,
  seed: text,
  share: z.number(),
  answered: z.number(),
  drawn: list(
    z.strictObject({
      lead_id: text,
      township: text.nullable(),
      complaint: z.boolean(),
      consistent: z.boolean().nullable(),
    }),
  ),
});

export const returnsAnswer = z.strictObject({
  returns: list(
    z.strictObject({
      agency: text,
      rule: text,
      person_id: text.nullable(),
      household_id: text.nullable(),
      code: text,
      title: text,
      reason: text,
      day: text,
    }),
  ),
});
