/** MOV-01 and LST-02: what one county or department has and the other lacks. */
import { assistance, change, dibaoHome, marginalHome, monitored } from './rows.ts';
import {
  BEFORE_WINDOW,
  EMPTY,
  MONTH_END,
  OTHER_HOME,
  WINDOW_START,
  daysBefore,
  personHit,
  personMiss,
  text,
  type CellExpression,
  type Cells,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

function movedAway(yardstick: Yardstick): Scenario[] {
  const left = (on: CellExpression, cells: Cells = {}) =>
    dibaoHome(yardstick, {
      size: 1,
      cells: { status: text('exited'), relocated: text('true'), status_date: on, ...cells },
    });
  const there = (cells: Cells) =>
    assistance(1, {
      household_id: OTHER_HOME,
      county: 'c.other_county',
      township: 'c.other_township',
      village: EMPTY,
      household_size: text('1'),
      ...cells,
    });
  const both = { condition: 'two-counties' } as const;
  const miss = (name: string, rows: PlantedRow[]) => personMiss('MOV-01', name, rows);
  const recent = daysBefore(100);
  return [
    personHit('MOV-01', 'eleven months ago', left(WINDOW_START)),
    personHit(
      'MOV-01',
      'destitute, this month',
      left(MONTH_END, { programme: text('tekun_dispersed') }),
    ),
    personHit(
      'MOV-01',
      'only marginal there',
      [...left(recent), there({ programme: text('marginal') })],
      both,
    ),
    miss('a day too old', left(BEFORE_WINDOW)),
    miss('not relocated', left(recent, { relocated: text('false') })),
    miss('not said whether relocated', left(recent, { relocated: EMPTY })),
    miss('refused', left(recent, { status: text('refused') })),
    miss('left the marginal programme', left(recent, { programme: text('marginal') })),
    personMiss('MOV-01', 'taken over there', [...left(recent), there({})], both),
    personMiss(
      'MOV-01',
      'in grace there',
      [
        ...left(recent),
        there({
          status: text('grace'),
          grace_reason: text('other'),
          grace_start: daysBefore(1),
        }),
      ],
      both,
    ),
  ];
}

function withoutMeasure(yardstick: Yardstick): Scenario[] {
  const home = dibaoHome(yardstick);
  const measures = (count: CellExpression, cells: Cells = {}) =>
    monitored(1, { measures: count, ...cells });
  const none = text('0');
  const own = (cells: Cells) => change(home, 'assistance', 1, cells);
  const hit = (name: string, rows: PlantedRow[]) => personHit('LST-02', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('LST-02', name, rows);
  return [
    hit('dibao', [...home, measures(none)]),
    hit('destitute', [...own({ programme: text('tekun_dispersed') }), measures(none)]),
    hit('in grace, unknown in another row', [
      ...own({
        status: text('grace'),
        grace_reason: text('other'),
        grace_start: daysBefore(1),
      }),
      measures(none),
      measures(EMPTY),
    ]),
    miss('one measure', [...home, measures(text('1'))]),
    miss('measures unknown', [...home, measures(EMPTY)]),
    miss('risk eliminated', [
      ...home,
      measures(text('1')),
      measures(none, { risk: text('eliminated') }),
    ]),
    miss('marginal', [...marginalHome(yardstick), measures(none)]),
    miss('dibao has ended', [...own({ status: text('exited') }), measures(none)]),
  ];
}

export const handover = (yardstick: Yardstick): Scenario[] => [
  ...movedAway(yardstick),
  ...withoutMeasure(yardstick),
];
