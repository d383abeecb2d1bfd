/** EDU-01 to EDU-05. */
import {
  change,
  dibaoHome,
  insured,
  marginalHome,
  monitoredHome,
  pupil,
  refusedHome,
  without,
} from './rows.ts';
import {
  EMPTY,
  JANUARY,
  LAST_DECEMBER,
  fen,
  monthsBefore,
  monthsOld,
  personHit,
  personMiss,
  text,
  yuan,
  type CellExpression,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

/** The home whose second person is a child of the given age. */
function withChild(rows: PlantedRow[], birth: CellExpression): PlantedRow[] {
  const child = without(rows, 'employment', 2);
  return change(
    change(child, 'members', 2, { birth_month: birth, relation: text('子女') }),
    'monitored',
    2,
    { birth_month: birth, labour_capacity: text('none'), employment: text('none') },
  );
}

function notEnrolled(yardstick: Yardstick): Scenario[] {
  const from = yardstick.figures.compulsoryFrom * 12;
  const end = (yardstick.figures.compulsoryTo + 1) * 12;
  const marginal = (months: number) => withChild(marginalHome(yardstick), monthsOld(months));
  const second = { who: 2 };
  const hit = (name: string, rows: PlantedRow[]) => personHit('EDU-01', name, rows, second);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('EDU-01', name, rows, second);
  return [
    hit('just six', marginal(from)),
    hit('the last month before sixteen', marginal(end - 1)),
    hit('monitored', withChild(monitoredHome(yardstick), monthsOld(from + 40))),
    hit('without a row of its own', without(marginal(from + 50), 'assistance', 2)),
    miss('just sixteen', marginal(end)),
    miss('a month before six', marginal(from - 1)),
    miss('dropped out, but on the roll', [
      ...marginal(from + 50),
      pupil(2, 'primary', 'dropout', {}),
    ]),
    miss('birth unknown', withChild(marginalHome(yardstick), EMPTY)),
    miss('home is not low-income', withChild(refusedHome(yardstick), monthsOld(from + 50))),
    miss(
      'risk eliminated',
      withChild(
        monitoredHome(yardstick, { cells: { risk: text('eliminated') } }),
        monthsOld(from + 50),
      ),
    ),
  ];
}

function absent(yardstick: Yardstick): Scenario[] {
  const child = withChild(marginalHome(yardstick), monthsOld(120));
  const aid = { aid_year: text('1000.00') };
  return [
    personHit('EDU-02', 'primary, absent', [...child, pupil(2, 'primary', 'absent', aid)], {
      who: 2,
    }),
    personHit('EDU-02', 'junior, dropout, no home', [
      insured(1),
      pupil(1, 'junior', 'dropout', aid),
    ]),
    personMiss('EDU-02', 'senior', [insured(1), pupil(1, 'senior', 'dropout', aid)]),
    personMiss('EDU-02', 'taught at home', [...child, pupil(2, 'primary', 'home_teaching', aid)], {
      who: 2,
    }),
    personMiss('EDU-02', 'suspended', [insured(1), pupil(1, 'junior', 'suspended', aid)]),
  ];
}

function costs(yardstick: Yardstick): Scenario[] {
  const limit = fen(yardstick.figures.schoolOutOfPocket);
  const paying = (stage: string, paid: number, aid: CellExpression) => [
    insured(1),
    pupil(1, stage, 'enrolled', { out_of_pocket_year: yuan(paid), aid_year: aid }),
  ];
  const aid = 200_000;
  const hit = (name: string, rows: PlantedRow[]) => personHit('EDU-03', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('EDU-03', name, rows);
  return [
    hit('senior, a fen above', paying('senior', limit + aid + 1, yuan(aid))),
    hit('vocational, no aid', paying('vocational', limit + 1, yuan(0))),
    miss('exactly', paying('senior', limit + aid, yuan(aid))),
    miss('aid unknown', paying('vocational', limit * 2, EMPTY)),
    miss('university', paying('university', limit * 2, yuan(0))),
    miss('junior', paying('junior', limit * 2, yuan(0))),
  ];
}

function unaided(yardstick: Yardstick): Scenario[] {
  const senior = (home: PlantedRow[], status: string, aid: CellExpression) => [
    ...withChild(home, monthsOld(200)),
    pupil(2, 'senior', status, { aid_year: aid }),
  ];
  const zero = yuan(0);
  const second = { who: 2 };
  const hit = (name: string, rows: PlantedRow[]) => personHit('EDU-04', name, rows, second);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('EDU-04', name, rows, second);
  return [
    hit('dibao', senior(dibaoHome(yardstick), 'enrolled', zero)),
    hit('monitored', senior(monitoredHome(yardstick), 'enrolled', zero)),
    miss('one fen', senior(dibaoHome(yardstick), 'enrolled', yuan(1))),
    miss('aid unknown', senior(dibaoHome(yardstick), 'enrolled', EMPTY)),
    miss('suspended', senior(marginalHome(yardstick), 'suspended', zero)),
    miss('not low-income', senior(refusedHome(yardstick), 'enrolled', zero)),
  ];
}

function graduates(yardstick: Yardstick): Scenario[] {
  const leaving = (
    home: PlantedRow[],
    month: CellExpression,
    stage = 'university',
    status = 'enrolled',
  ) => [
    ...withChild(home, monthsOld(270)),
    pupil(2, stage, status, { aid_year: text('4400.00'), graduation_month: month }),
  ];
  const dibao = dibaoHome(yardstick);
  const now = monthsBefore(0);
  const second = { who: 2 };
  const hit = (name: string, rows: PlantedRow[]) => personHit('EDU-05', name, rows, second);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('EDU-05', name, rows, second);
  return [
    hit('this month', leaving(dibao, now)),
    hit('in January, off the roll', leaving(dibao, JANUARY, 'university', 'graduated')),
    hit('only the other member is covered', leaving(without(dibao, 'assistance', 2), now)),
    miss('next month', leaving(dibao, monthsBefore(-1))),
    miss('last December', leaving(dibao, LAST_DECEMBER, 'university', 'graduated')),
    miss('vocational', leaving(dibao, now, 'vocational')),
    miss('month unknown', leaving(dibao, EMPTY)),
    miss('marginal', leaving(marginalHome(yardstick), now)),
    miss('refused', leaving(refusedHome(yardstick), now)),
  ];
}

export const education = (yardstick: Yardstick): Scenario[] => [
  ...notEnrolled(yardstick),
  ...absent(yardstick),
  ...costs(yardstick),
  ...unaided(yardstick),
  ...graduates(yardstick),
];
