/** FAM-01, FAM-05 and FAM-06. */
import {
  assistance,
  bill,
  change,
  dibaoHome,
  hit as struck,
  marginalHome,
  pupil,
  refusedHome,
  without,
} from './rows.ts';
import {
  BEFORE_WINDOW,
  EMPTY,
  MONTH_END,
  WINDOW_START,
  daysBefore,
  fen,
  homeHit,
  homeMiss,
  personHit,
  personMiss,
  text,
  type Cells,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

const UNINSURED = { insured: text('false') };

function leftOut(yardstick: Yardstick): Scenario[] {
  const second = { who: 2 };
  const home = (cells: Cells = {}) =>
    without(change(dibaoHome(yardstick), 'assistance', 1, cells), 'assistance', 2);
  const also = (programme: string, cells: Cells = {}) => [
    ...home(),
    assistance(2, { programme: text(programme), ...cells }),
  ];
  const hit = (name: string, rows: PlantedRow[]) => personHit('FAM-01', name, rows, second);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('FAM-01', name, rows, second);
  return [
    hit('the others are covered', home()),
    hit('not said whether single', home({ single_person: EMPTY })),
    hit('only marginal', also('marginal')),
    hit('own dibao has ended', also('rural_dibao', { status: text('exited') })),
    miss('covered as a single person', home({ single_person: text('true') })),
    miss(
      'the dibao is in grace',
      home({
        status: text('grace'),
        grace_reason: text('other'),
        grace_start: daysBefore(1),
      }),
    ),
    miss('destitute itself', also('tekun_dispersed')),
    miss('a child without care', also('unattended_child')),
    miss('covered like the others', dibaoHome(yardstick)),
  ];
}

function afterRefusal(yardstick: Yardstick): Scenario[] {
  const decided = (status: string, on: string) =>
    refusedHome(yardstick, { cells: { status: text(status), status_date: on } });
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('FAM-05', name, rows);
  return [
    homeHit('FAM-05', 'refused eleven months ago', [
      ...decided('refused', WINDOW_START),
      struck(1, MONTH_END),
    ]),
    homeHit('FAM-05', 'left this month', [
      ...decided('exited', MONTH_END),
      pupil(2, 'junior', 'dropout', { aid_year: text('1000.00') }),
    ]),
    homeHit('FAM-05', 'a bill', [
      ...decided('refused', daysBefore(100)),
      bill(2, 'inpatient', 30_000, { major_illness: text('true'), disease_code: text('C34') }),
    ]),
    miss('a day too old', [...decided('refused', BEFORE_WINDOW), struck(1, MONTH_END)]),
    miss('nothing else', decided('refused', daysBefore(100))),
    miss('only two top-ups', [
      ...change(decided('exited', daysBefore(100)), 'assistance', 2, {
        programme: text('marginal'),
        status: text('active'),
        topup_kinds: text('elderly;student'),
      }),
    ]),
    miss('only applied', [...decided('applied', daysBefore(100)), struck(1, MONTH_END)]),
  ];
}

function severalRisks(yardstick: Yardstick): Scenario[] {
  const marginal = marginalHome(yardstick);
  const ill = change(marginal, 'insured', 1, UNINSURED);
  const outpatient = bill(2, 'outpatient', fen(yardstick.figures.outpatientMonth));
  const dropout = (person: number, status: string) =>
    pupil(person, 'primary', status, { aid_year: text('1000.00') });
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('FAM-06', name, rows);
  return [
    homeHit('FAM-06', 'illness and school of two members', [...ill, dropout(2, 'absent')]),
    homeHit('FAM-06', 'illness and school of one member', [...ill, dropout(1, 'dropout')]),
    miss('two rules of one family', [...ill, outpatient]),
    miss('one family', ill),
    miss('a disaster is not among them', [...ill, struck(2, MONTH_END)]),
    miss(
      'two top-ups do not count',
      change(ill, 'assistance', 2, { topup_kinds: text('elderly;student') }),
    ),
  ];
}

export const family = (yardstick: Yardstick): Scenario[] => [
  ...leftOut(yardstick),
  ...afterRefusal(yardstick),
  ...severalRisks(yardstick),
];
