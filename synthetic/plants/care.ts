/** DIS-04, FAM-03 and FAM-04: who can look after whom. */
import {
  assistance,
  certificate,
  change,
  dibaoHome,
  fact,
  job,
  marginalHome,
  member,
  monitored,
  monitoredHome,
  pupil,
  refusedHome,
  without,
} from './rows.ts';
import {
  EMPTY,
  OTHER_HOME,
  daysBefore,
  homeHit,
  homeMiss,
  monthsBefore,
  monthsOld,
  personHit,
  personKey,
  personMiss,
  text,
  yuan,
  type CellExpression,
  type Cells,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

const GRACE = { status: text('grace'), grace_reason: text('other'), grace_start: daysBefore(1) };

function heavyBurden(yardstick: Yardstick): Scenario[] {
  const old = yardstick.figures.elderlyAge * 12;
  const home = refusedHome(yardstick);
  const supported = (birth: CellExpression, rows = home) =>
    change(rows, 'members', 2, { supporter_of: personKey(1), birth_month: birth });
  const severe = certificate(1, 2, 4);
  const two = [certificate(1, 4, 1), certificate(2, 3, 2)];
  const hit = (name: string, rows: PlantedRow[]) => homeHit('DIS-04', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('DIS-04', name, rows);
  return [
    hit('two certificates of any grade', [...home, ...two]),
    hit('supporter just sixty', [...supported(monthsOld(old)), severe]),
    hit('the older supporter lives elsewhere', [
      ...supported(monthsOld(old - 1)),
      member(3, {
        household_id: OTHER_HOME,
        supporter_of: personKey(1),
        birth_month: monthsOld(old + 1),
      }),
      severe,
    ]),
    miss('supporter a month short of sixty', [...supported(monthsOld(old - 1)), severe]),
    miss('age of the supporter unknown', [...supported(EMPTY), severe]),
    miss('grade 3 physical', [...supported(monthsOld(old)), certificate(1, 3, 4)]),
    miss('an old member supports nobody', [
      ...change(home, 'members', 2, { birth_month: monthsOld(old) }),
      severe,
    ]),
    miss('both certificates of one person', [...home, certificate(1, 4, 1), certificate(1, 4, 2)]),
    miss('one of two expired', [
      ...home,
      certificate(1, 4, 1),
      certificate(2, 3, 2, { status: text('expired') }),
    ]),
    miss('marginal', [...marginalHome(yardstick), ...two]),
    miss('a member in grace', [...change(home, 'assistance', 2, GRACE), ...two]),
  ];
}

function destitute(yardstick: Yardstick): Scenario[] {
  const { standard } = yardstick;
  const adult = yardstick.figures.adultAge * 12;
  const unable = { labour_capacity: text('none') };
  const idle = (rows: PlantedRow[]) => without(rows, 'employment', 1);
  const home = (cells: Cells = {}) =>
    idle(dibaoHome(yardstick, { size: 1, cells: { ...unable, ...cells } }));
  const refused = (fen: number) =>
    idle(
      refusedHome(yardstick, { size: 1, cells: { ...unable, income_per_capita_year: yuan(fen) } }),
    );
  const born = (birth: CellExpression) => change(home(), 'members', 1, { birth_month: birth });
  const hit = (name: string, rows: PlantedRow[]) => personHit('FAM-03', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('FAM-03', name, rows);
  return [
    hit('on dibao, just of age', born(monthsOld(adult))),
    hit('a fen below the standard', refused(standard - 1)),
    hit(
      'monitored',
      idle(
        monitoredHome(yardstick, {
          size: 1,
          cells: {
            ...unable,
            employment: text('none'),
            income_per_capita_year: yuan(standard - 1),
          },
        }),
      ),
    ),
    hit('contributions a year ago', [
      ...home(),
      job(1, 'none', { contributions_until: monthsBefore(12) }),
    ]),
    miss('a month too young', born(monthsOld(adult - 1))),
    miss('age unknown', born(EMPTY)),
    miss('exactly the standard', refused(standard)),
    miss('contributions within the year', [
      ...home(),
      job(1, 'none', { contributions_until: monthsBefore(11) }),
    ]),
    miss('a supporter elsewhere', [
      ...home(),
      member(2, { household_id: OTHER_HOME, supporter_of: personKey(1) }),
    ]),
    miss('a partly able member', [...home(), assistance(2, {}), member(2)]),
    miss('able by another row', [...home(), monitored(1, { risk: text('eliminated') })]),
    miss('capacity unknown', home({ labour_capacity: EMPTY })),
    miss('destitute already', home({ programme: text('tekun_dispersed') })),
  ];
}

function withoutCare(yardstick: Yardstick): Scenario[] {
  const adult = yardstick.figures.adultAge * 12;
  const born = (rows: PlantedRow[], person: number, birth: CellExpression) =>
    change(without(rows, 'employment', person), 'members', person, { birth_month: birth });
  const alone = (months: number, cells: Cells = {}) =>
    born(marginalHome(yardstick, { size: 1, cells }), 1, monthsOld(months));
  const withAdult = [
    ...born(marginalHome(yardstick), 1, monthsOld(120)),
    pupil(1, 'primary', 'enrolled', { aid_year: text('1000.00') }),
  ];
  const hit = (name: string, rows: PlantedRow[]) => personHit('FAM-04', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('FAM-04', name, rows);
  return [
    hit('alone, the last month before eighteen', alone(adult - 1)),
    hit('the other not of age either', born(withAdult, 2, monthsOld(adult - 1))),
    hit('the adult has died', [...withAdult, fact(2, 'death')]),
    hit('the adult is severely disabled', [...withAdult, certificate(2, 3, 6)]),
    miss('just of age', alone(adult)),
    miss('the other just of age', born(withAdult, 2, monthsOld(adult))),
    miss('age of the other unknown', born(withAdult, 2, EMPTY)),
    miss('own age unknown', born(marginalHome(yardstick, { size: 1 }), 1, EMPTY)),
    miss('the finding has ended', [...withAdult, fact(2, 'death', { until: 'c.month_end - 1' })]),
    miss('disabled, but not severely', [...withAdult, certificate(2, 3, 4)]),
    miss('an orphan already', alone(120, { programme: text('orphan') })),
  ];
}

export const care = (yardstick: Yardstick): Scenario[] => [
  ...heavyBurden(yardstick),
  ...destitute(yardstick),
  ...withoutCare(yardstick),
];
