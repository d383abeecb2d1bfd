/** EMP-01, EMP-02 and EMP-03. */
import {
  change,
  dibaoHome,
  job,
  marginalHome,
  monitoredHome,
  refusedHome,
  without,
} from './rows.ts';
import {
  EMPTY,
  homeHit,
  homeMiss,
  monthsBefore,
  monthsOld,
  personHit,
  personMiss,
  text,
  type CellExpression,
  type Cells,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

function withoutIncome(yardstick: Yardstick): Scenario[] {
  const { adultAge, workingAgeEnd, monthsWithoutIncome } = yardstick.figures;
  const idle = (home: PlantedRow[], months: number, cells: Cells = {}) => [
    ...without(home, 'employment', 1),
    job(1, 'unregistered_unemployed', {
      months_without_income: text(String(months)),
      unemployment_benefit: text('false'),
      ...cells,
    }),
  ];
  const marginal = marginalHome(yardstick);
  const aged = (months: number) =>
    change(marginal, 'members', 1, { birth_month: monthsOld(months) });
  const enough = monthsWithoutIncome;
  const hit = (name: string, rows: PlantedRow[]) => personHit('EMP-01', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('EMP-01', name, rows);
  return [
    hit('exactly, just of age', idle(aged(adultAge * 12), enough)),
    hit('the last month before sixty', idle(aged(workingAgeEnd * 12 - 1), enough + 2)),
    hit('monitored', idle(monitoredHome(yardstick), enough)),
    miss('a month short', idle(marginal, enough - 1)),
    miss('just sixty', idle(aged(workingAgeEnd * 12), enough)),
    miss('a month before eighteen', idle(aged(adultAge * 12 - 1), enough)),
    miss('benefit paid', idle(marginal, enough, { unemployment_benefit: text('true') })),
    miss('benefit unknown', idle(marginal, enough, { unemployment_benefit: EMPTY })),
    miss('dibao', idle(dibaoHome(yardstick), enough)),
    miss('age unknown', idle(change(marginal, 'members', 1, { birth_month: EMPTY }), enough)),
  ];
}

function withoutMeasure(yardstick: Yardstick): Scenario[] {
  const able = (cells: Cells = {}) =>
    change(monitoredHome(yardstick), 'monitored', 1, {
      labour_capacity: text('full'),
      employment: text('none'),
      measures: text('0'),
      ...cells,
    });
  return [
    personHit('EMP-03', 'able, no job, no measure', able()),
    personHit('EMP-03', 'one person in the home only', [...without(able(), 'monitored', 2)]),
    personMiss('EMP-03', 'one measure', able({ measures: text('1') })),
    personMiss('EMP-03', 'measures unknown', able({ measures: EMPTY })),
    personMiss('EMP-03', 'partly able', able({ labour_capacity: text('partial') })),
    personMiss('EMP-03', 'a public post', able({ employment: text('public_post') })),
    personMiss('EMP-03', 'risk eliminated', able({ risk: text('eliminated') })),
  ];
}

function onlyEarner(yardstick: Yardstick): Scenario[] {
  const stopped = yardstick.figures.contributionsStoppedMonths;
  const marginal = marginalHome(yardstick);
  const paid = (until: CellExpression, status = 'employed', home = marginal) => [
    ...without(without(home, 'employment', 1), 'employment', 2),
    job(1, status, { contributions_until: until }),
  ];
  const enough = monthsBefore(stopped);
  const hit = (name: string, rows: PlantedRow[]) => homeHit('EMP-02', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => homeMiss('EMP-02', name, rows);
  return [
    hit('exactly so long ago', paid(enough)),
    hit('flexible, refused', paid(monthsBefore(stopped + 1), 'flexible', refusedHome(yardstick))),
    hit('no job now, but one within the year', paid(monthsBefore(11), 'registered_unemployed')),
    hit('the other has no job', [...paid(enough), job(2, 'none')]),
    miss('a month short', paid(monthsBefore(stopped - 1))),
    miss('another row says later', [
      ...paid(enough),
      job(1, 'flexible', { contributions_until: monthsBefore(stopped - 1) }),
    ]),
    miss('a second earner', [...paid(enough), job(2, 'flexible')]),
    miss('a second one paid for within the year', [
      ...paid(enough),
      job(2, 'none', { contributions_until: monthsBefore(11) }),
    ]),
    miss('none within the year', paid(monthsBefore(12), 'none')),
    miss('not said until when', paid(EMPTY)),
    miss('dibao', paid(enough, 'employed', dibaoHome(yardstick))),
  ];
}

export const livelihood = (yardstick: Yardstick): Scenario[] => [
  ...withoutIncome(yardstick),
  ...onlyEarner(yardstick),
  ...withoutMeasure(yardstick),
];
