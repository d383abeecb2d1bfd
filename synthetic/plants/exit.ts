/**
 * The rules that ask whether help is still appropriate: X-DTH, X-FIN, X-PEN, X-BIZ, X-HSE, X-AST, X-DUP, X-GRC,
 * X-REV.
 */
import { assistance, change, dibaoHome, fact, marginalHome, monthBefore } from './rows.ts';
import {
  EMPTY,
  MONTH_END,
  daysBefore,
  homeHit,
  homeMiss,
  personHit,
  personMiss,
  text,
  type CellExpression,
  type Cells,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

const GRACE = {
  status: text('grace'),
  grace_reason: text('other'),
  grace_start: daysBefore(1),
};
const EXITED = { status: text('exited') };
const DAY_BEFORE_END = 'c.month_end - 1';

function death(yardstick: Yardstick): Scenario[] {
  const dibao = dibaoHome(yardstick);
  const marginal = (cells: Cells) => change(marginalHome(yardstick), 'assistance', 1, cells);
  return [
    personHit('X-DTH', 'on the last day', [...dibao, fact(1, 'death', { since: MONTH_END })]),
    personHit('X-DTH', 'marginal in grace', [...marginal(GRACE), fact(1, 'death')]),
    personHit('X-DTH', 'temporary aid', [
      ...change(dibao, 'assistance', 1, { programme: text('temporary_aid') }),
      fact(1, 'death'),
    ]),
    personHit('X-DTH', 'known a month earlier', [...dibao, monthBefore(fact(1, 'death'))], {
      condition: 'with-history',
    }),
    personMiss('X-DTH', 'has left', [...marginal(EXITED), fact(1, 'death')]),
    personMiss('X-DTH', 'found wrong a day before the end', [
      ...dibao,
      fact(1, 'death', { until: DAY_BEFORE_END }),
    ]),
    personMiss('X-DTH', 'replaced by a later row', [
      ...dibao,
      fact(1, 'death'),
      fact(1, 'death', { until: daysBefore(10) }),
    ]),
  ];
}

/** One finding of a given kind against an active dibao row. */
function finding(yardstick: Yardstick, rule: string, kinds: readonly string[]): Scenario[] {
  const housing: Cells = rule === 'X-HSE' ? { relocation_housing: text('false') } : {};
  const [kind = ''] = kinds;
  const dibao = dibaoHome(yardstick);
  const found = (cells: Cells = {}) => fact(1, kind, { ...housing, ...cells });
  return [
    ...kinds.map((each) =>
      personHit(rule, `${each} without an end`, [
        ...dibao,
        fact(1, each, { ...housing, since: MONTH_END }),
      ]),
    ),
    personHit(rule, 'until the last day', [...dibao, found({ until: MONTH_END })]),
    personMiss(rule, 'until the day before the end', [...dibao, found({ until: DAY_BEFORE_END })]),
    personMiss(rule, 'in grace', [...change(dibao, 'assistance', 1, GRACE), found()]),
    personMiss(rule, 'only marginal', [...marginalHome(yardstick), found()]),
    personMiss(rule, 'of another member without dibao', [
      ...change(dibao, 'assistance', 1, EXITED),
      found(),
    ]),
  ];
}

function housing(yardstick: Yardstick): Scenario[] {
  const with_ = (value: CellExpression) => [
    ...dibaoHome(yardstick),
    fact(1, 'real_estate', { relocation_housing: value }),
  ];
  return [
    ...finding(yardstick, 'X-HSE', ['real_estate']),
    personMiss('X-HSE', 'relocation housing', with_(text('true'))),
    personMiss('X-HSE', 'not said whether relocation housing', with_(EMPTY)),
  ];
}

function twice(yardstick: Yardstick): Scenario[] {
  const dibao = dibaoHome(yardstick);
  const second = (cells: Cells) => [
    ...dibao,
    assistance(1, { ...cells, status_date: daysBefore(800) }),
  ];
  return [
    personHit('X-DUP', 'dibao and tekun', second({ programme: text('tekun_dispersed') })),
    personHit(
      'X-DUP',
      'two counties',
      second({ county: 'c.other_county', township: 'c.other_township', village: EMPTY }),
      {
        condition: 'two-counties',
      },
    ),
    personHit('X-DUP', 'the second in grace', second({ programme: text('orphan'), ...GRACE })),
    personMiss('X-DUP', 'the same twice', second({ amount_month: text('10.00') })),
    personMiss('X-DUP', 'marginal is no guarantee', second({ programme: text('marginal') })),
    personMiss(
      'X-DUP',
      'the second has ended',
      second({ programme: text('tekun_dispersed'), ...EXITED }),
    ),
    personMiss('X-DUP', 'of two members', [
      ...change(dibao, 'assistance', 2, { programme: text('tekun_dispersed') }),
    ]),
  ];
}

function graceEnds(yardstick: Yardstick): Scenario[] {
  const { graceMonths, graceNoticeDays } = yardstick.figures;
  /** The first day on which the grace ends after the notice. */
  const free = (months: number) => `first_day_beyond(c.month_end + ${graceNoticeDays}, ${months})`;
  const home = (cells: Cells) => dibaoHome(yardstick, { cells });
  const started = (reason: string, start: CellExpression) =>
    home({ status: text('grace'), grace_reason: text(reason), grace_start: start });
  const reasons = Object.entries(graceMonths);
  return [
    ...reasons.map(([reason, months]) =>
      homeHit('X-GRC', `${reason}, on the last day`, started(reason, `${free(months)} - 1`)),
    ),
    ...reasons.map(([reason, months]) =>
      homeMiss('X-GRC', `${reason}, a day later`, started(reason, free(months))),
    ),
    homeMiss(
      'X-GRC',
      'not in grace',
      home({ grace_reason: text('other'), grace_start: daysBefore(400) }),
    ),
    homeMiss('X-GRC', 'start unknown', started('other', EMPTY)),
  ];
}

function reviewDue(yardstick: Yardstick): Scenario[] {
  /** The first review not due before the end of the month. */
  const free = `first_day_beyond(c.month_end - 1, ${yardstick.figures.reviewIntervalMonths})`;
  const reviewed = (on: CellExpression, cells: Cells = {}): PlantedRow[] =>
    dibaoHome(yardstick, { cells: { review_date: on, ...cells } });
  const long = daysBefore(800);
  return [
    homeHit('X-REV', 'due the day before the end', reviewed(`${free} - 1`)),
    homeHit('X-REV', 'tekun', reviewed(long, { programme: text('tekun_dispersed') })),
    homeMiss('X-REV', 'due on the last day', reviewed(free)),
    homeMiss('X-REV', 'in grace', reviewed(long, GRACE)),
    homeMiss('X-REV', 'marginal', reviewed(long, { programme: text('marginal') })),
    homeMiss('X-REV', 'no review known', reviewed(EMPTY)),
  ];
}

export const exit = (yardstick: Yardstick): Scenario[] => [
  ...death(yardstick),
  ...finding(yardstick, 'X-FIN', ['fiscal_payroll']),
  ...finding(yardstick, 'X-PEN', ['pension']),
  ...finding(yardstick, 'X-BIZ', ['business']),
  ...housing(yardstick),
  ...finding(yardstick, 'X-AST', ['vehicle', 'deposit', 'housing_fund']),
  ...twice(yardstick),
  ...graceEnds(yardstick),
  ...reviewDue(yardstick),
];
