/** EXP-01, EXP-02, DSR-01, INC-01 to INC-03 and MAR-01. */
import {
  assistance,
  bill,
  change,
  dibaoHome,
  hit as struck,
  insured,
  marginalHome,
  member,
  monitoredHome,
  monthBefore,
  pupil,
  refusedHome,
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
  yuan,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

const earning = (incomeFen: number) => ({ income_per_capita_year: yuan(incomeFen) });
const GRACE = {
  status: text('grace'),
  grace_reason: text('other'),
  grace_start: daysBefore(1),
};

/** The largest whole fen not above the share of the income of that many heads. */
function shareOf(yardstick: Yardstick, incomeFen: number, heads: number): number {
  const millionths = BigInt(Math.round(yardstick.figures.rigidShare * 1e6));
  return Number((millionths * BigInt(incomeFen) * BigInt(heads)) / 1_000_000n);
}

function rigidShare(yardstick: Yardstick): Scenario[] {
  const { disposable } = yardstick;
  const income = Math.floor(disposable * 0.7);
  const most = shareOf(yardstick, income, 2);
  const home = monitoredHome(yardstick, { cells: earning(income) });
  const rich = (fen: number) => monitoredHome(yardstick, { cells: earning(fen) });
  const hit = (name: string, rows: PlantedRow[]) => homeHit('EXP-01', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('EXP-01', name, rows);
  return [
    hit('a fen above the share', [...home, bill(1, 'inpatient', most + 1)]),
    hit('bills and school together', [
      ...home,
      bill(1, 'outpatient', most - 300_000, { settled_on: WINDOW_START }),
      pupil(2, 'university', 'enrolled', { out_of_pocket_year: yuan(300_001) }),
    ]),
    hit('income a fen below the average', [
      ...rich(disposable - 1),
      bill(2, 'inpatient', shareOf(yardstick, disposable, 2) + 1),
    ]),
    miss('exactly the share', [...home, bill(1, 'inpatient', most)]),
    miss('income at the average', [
      ...rich(disposable),
      bill(1, 'inpatient', shareOf(yardstick, disposable, 2) + 1_000_000),
    ]),
    miss('a bill a day too old', [
      ...home,
      bill(1, 'inpatient', most),
      bill(1, 'chronic', 10_000, { settled_on: BEFORE_WINDOW }),
    ]),
    miss('marginal', [...marginalHome(yardstick), bill(1, 'inpatient', yardstick.standard * 3)]),
    miss('taken back', [
      ...home,
      bill(1, 'inpatient', most + 1),
      bill(1, 'inpatient', -1, { settled_on: MONTH_END }),
    ]),
  ];
}

function belowAfterSpending(yardstick: Yardstick): Scenario[] {
  const { standard } = yardstick;
  const margin = 100_000;
  const home = marginalHome(yardstick, { size: 3, cells: earning(standard + margin) });
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('EXP-02', name, rows);
  return [
    // A third of a fen per head: nothing is rounded before comparing.
    homeHit('EXP-02', 'a fen for three heads', [...home, bill(1, 'inpatient', margin * 3 + 1)]),
    homeHit('EXP-02', 'school', [
      ...home,
      pupil(3, 'university', 'enrolled', { out_of_pocket_year: yuan(margin * 3 + 100) }),
    ]),
    miss('exactly the standard is left', [...home, bill(1, 'inpatient', margin * 3)]),
    miss(
      'below, but nothing spent',
      marginalHome(yardstick, { cells: earning(standard - 10_000) }),
    ),
    miss('a member in grace', [
      ...change(home, 'assistance', 1, { programme: text('rural_dibao'), ...GRACE }),
      bill(1, 'inpatient', margin * 3 + 1),
    ]),
    miss('income unknown', [
      ...marginalHome(yardstick, { cells: { income_per_capita_year: EMPTY } }),
      bill(1, 'inpatient', margin * 9),
    ]),
  ];
}

function disaster(yardstick: Yardstick): Scenario[] {
  return [
    personHit('DSR-01', 'this month, no home', [insured(1), struck(1, MONTH_END)]),
    personHit('DSR-01', 'reported late', [...marginalHome(yardstick), struck(1, WINDOW_START)]),
    personMiss('DSR-01', 'a day too old', [...marginalHome(yardstick), struck(1, BEFORE_WINDOW)]),
    personMiss(
      'DSR-01',
      'in the file of the month before',
      [insured(1), monthBefore(struck(1, daysBefore(1)))],
      { condition: 'with-history' },
    ),
  ];
}

function monitoredPoor(yardstick: Yardstick): Scenario[] {
  const { standard } = yardstick;
  const home = (fen: number, cells = {}) =>
    monitoredHome(yardstick, { cells: { ...earning(fen), ...cells } });
  const said = (fen: number) => assistance(1, { status: text('refused'), ...earning(fen) });
  const hit = (name: string, rows: PlantedRow[]) => homeHit('INC-01', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('INC-01', name, rows);
  return [
    hit('exactly the standard', home(standard)),
    hit('civil affairs says so', [...home(standard * 2), said(standard)]),
    hit('marginal', [
      ...home(standard - 1),
      assistance(1, { programme: text('marginal'), ...earning(standard - 1) }),
    ]),
    miss('a fen above', home(standard + 1)),
    miss('civil affairs says more', [...home(standard), said(standard + 1)]),
    miss('a member in grace', [
      ...home(standard),
      assistance(2, { ...GRACE, ...earning(standard) }),
    ]),
    miss('risk eliminated', home(standard, { risk: text('eliminated') })),
    miss('income unknown', home(standard, { income_per_capita_year: EMPTY })),
  ];
}

function notYetMarginal(yardstick: Yardstick): Scenario[] {
  const { standard, marginalEnd } = yardstick;
  const home = (fen: number) => monitoredHome(yardstick, { cells: earning(fen) });
  const refused = (fen: number) => refusedHome(yardstick, { cells: earning(fen) });
  const hit = (name: string, rows: PlantedRow[]) => homeHit('INC-02', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('INC-02', name, rows);
  return [
    hit('a fen above the standard', home(standard + 1)),
    hit('a fen below the end', refused(marginalEnd - 1)),
    hit('temporary aid only', [
      assistance(1, { programme: text('temporary_aid'), ...earning(standard + 100) }),
      member(1),
    ]),
    miss('exactly the standard', home(standard)),
    miss('exactly the end', refused(marginalEnd)),
    miss('rigid expenditure in force', [
      ...home(standard + 100),
      assistance(1, { programme: text('rigid_expenditure'), ...earning(standard + 100) }),
    ]),
    miss('a child without care', [
      ...refused(standard + 100),
      assistance(2, { programme: text('unattended_child'), ...earning(standard + 100) }),
    ]),
  ];
}

function belowTheLine(yardstick: Yardstick): Scenario[] {
  const line = fen(yardstick.figures.monitoringLine);
  const refused = (income: number, cells = {}) =>
    refusedHome(yardstick, { cells: { ...earning(income), ...cells } });
  const eliminated = { ...earning(line - 1), risk: text('eliminated') };
  const hit = (name: string, rows: PlantedRow[]) => homeHit('INC-03', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('INC-03', name, rows);
  return [
    hit('a fen below, refused', refused(line - 1)),
    hit('marginal', marginalHome(yardstick, { cells: earning(line - 1) })),
    hit('risk eliminated, residence unknown', monitoredHome(yardstick, { cells: eliminated })),
    miss('exactly the line', refused(line)),
    miss('urban', refused(line - 1, { residence: text('urban') })),
    miss(
      'one member with open risk',
      change(monitoredHome(yardstick, { cells: eliminated }), 'monitored', 2, {
        risk: text('open'),
      }),
    ),
    miss('a member in grace', [...refused(line - 1), assistance(2, { ...GRACE })]),
    miss('an orphan', [...refused(line - 1), assistance(2, { programme: text('orphan') })]),
    miss('income unknown', refused(line, { income_per_capita_year: EMPTY })),
  ];
}

function directRecognition(yardstick: Yardstick): Scenario[] {
  const home = monitoredHome(yardstick);
  const inForce = { condition: 'clause-in-force' } as const;
  const eliminated = { risk: text('eliminated') };
  return [
    homeHit('MAR-01', 'in no programme', home, inForce),
    homeHit(
      'MAR-01',
      'dibao has ended',
      [...home, assistance(1, { status: text('exited'), status_date: daysBefore(500) })],
      inForce,
    ),
    homeHit(
      'MAR-01',
      'one member with open risk',
      change(home, 'monitored', 2, eliminated),
      inForce,
    ),
    homeMiss('MAR-01', 'the clause is over', home, { condition: 'clause-over' }),
    homeMiss('MAR-01', 'marginal', [...home, assistance(1, { programme: text('marginal') })]),
    homeMiss('MAR-01', 'marginal in grace', [
      ...home,
      assistance(2, { programme: text('marginal'), ...GRACE }),
    ]),
    homeMiss('MAR-01', 'an orphan', [...home, assistance(2, { programme: text('orphan') })]),
    homeMiss('MAR-01', 'risk eliminated', monitoredHome(yardstick, { cells: eliminated })),
    homeMiss('MAR-01', 'dibao', dibaoHome(yardstick)),
  ];
}

export const need = (yardstick: Yardstick): Scenario[] => [
  ...rigidShare(yardstick),
  ...belowAfterSpending(yardstick),
  ...disaster(yardstick),
  ...monitoredPoor(yardstick),
  ...notYetMarginal(yardstick),
  ...belowTheLine(yardstick),
  ...directRecognition(yardstick),
];
