/** Annex 4: the household visit. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest, investigators, note, yuan } from '../fields.ts';
import { keysOf } from '../findings.ts';
import { leadOpened, startedOver, typedDay } from '../gates/days.ts';
import { alsoInvestigated, investigated } from '../gates/people.ts';
import { EARLY } from '../stages.ts';

/** One kind of income itemised (R18); an empty list means there is no such income. */
const items = z
  .array(z.strictObject({ item: z.string().trim().min(1).max(40), amount: yuan }))
  .max(30);

/** 工资性、经营净、财产净、转移净, yuan per year for the whole household. */
const incomes = z.strictObject({
  wage: items,
  business: items,
  property: items,
  transfer: items,
});

const respondent = z.strictObject({
  /** Who answered: the person, a relative who signs for them, or a guardian. */
  who: z.enum(['self', 'relative', 'guardian']),
  /** The household agrees with what was written down; otherwise the visit counts as an attempt. */
  agrees: z.literal(true),
  signature: digest,
});

const HARDSHIPS = {
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

export default defineAction({
  title: '入户核查',
  who: ['township_officer'],
  from: [...EARLY, 'recognising'],
  order: { listed: 50, offered: 160 },
  form: z.strictObject({
    on: date,
    investigators,
    respondent,
    household_size: z.int().min(1).max(30),
    residence: z.enum(['urban', 'rural']),
    incomes,
    /** Paid by obligors outside the household, yuan per year; null: not established. */
    support: yuan.nullable(),
    /** Rigid expenditure of the last twelve months, yuan; null: not established. */
    rigid_expenditure: yuan.nullable(),
    /** Assets beyond the locality's limits, as observed and as reported. */
    assets: z.enum(['within', 'beyond', 'unclear']),
    labour: z.enum(['full', 'partial', 'none']),
    hardship: z.enum(keysOf(HARDSHIPS)),
    findings: note,
    photos: z.array(digest).min(1).max(20),
    /** Annex 5: a near relative of village cadres or relief staff lives here. */
    relative_of_staff: z.boolean(),
  }),
  gate: (state, { form, actor, day }, terms, lead) =>
    typedDay(form.on, day, leadOpened(lead), startedOver(state)) ??
    investigated(form, actor, terms),
  change: (state, { form, actor }) => ({
    visit: {
      on: form.on,
      // A repeat visit does not move the clock that the first visit started.
      since: state.visit === null || form.on < state.visit.since ? form.on : state.visit.since,
      relative_of_staff: form.relative_of_staff,
      by: actor.name,
    },
    investigators: alsoInvestigated(state.investigators, form, actor),
    direct: { civil: null, rural: null },
  }),
  passes: [{ passage: 'visit' }],
});
