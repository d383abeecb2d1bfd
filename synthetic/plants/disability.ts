/** DIS-01, 02, 03, 05 and 06. */
import {
  assistance,
  certificate,
  change,
  dibaoHome,
  insured,
  job,
  marginalHome,
  monitoredHome,
  monthBefore,
  without,
} from './rows.ts';
import {
  EMPTY,
  daysBefore,
  monthsOld,
  personHit,
  personMiss,
  text,
  type Cells,
  type PlantedRow,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

function uncovered(yardstick: Yardstick): Scenario[] {
  const adult = yardstick.figures.adultAge * 12;
  const idle = without(marginalHome(yardstick), 'employment', 1);
  const born = (cells: Cells): PlantedRow[] => change(idle, 'members', 1, cells);
  const hit = (name: string, rows: PlantedRow[]) => personHit('DIS-01', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('DIS-01', name, rows);
  return [
    hit('grade 2, just of age', [...born({ birth_month: monthsOld(adult) }), certificate(1, 2, 4)]),
    hit('grade 3 intellectual', [...idle, certificate(1, 3, 5), job(1, 'none')]),
    hit('grade 3 mental, registered unemployed', [
      ...idle,
      certificate(1, 3, 6),
      job(1, 'registered_unemployed', {
        months_without_income: text('1'),
        unemployment_benefit: text('true'),
      }),
    ]),
    hit('monitored, grade 1', [
      ...without(monitoredHome(yardstick), 'employment', 1),
      certificate(1, 1, 4),
    ]),
    miss('a month too young', [
      ...born({ birth_month: monthsOld(adult - 1) }),
      certificate(1, 2, 4),
    ]),
    miss('age unknown', [...born({ birth_month: EMPTY }), certificate(1, 2, 4)]),
    miss('grade 3 multiple', [...idle, certificate(1, 3, 7)]),
    miss('grade 3 physical', [...idle, certificate(1, 3, 4)]),
    miss('retired', [...idle, certificate(1, 2, 4), job(1, 'retired')]),
    miss('a flexible job', [...idle, certificate(1, 2, 4), job(1, 'flexible')]),
    miss('certificate expired', [...idle, certificate(1, 2, 4, { status: text('expired') })]),
    miss('destitute', [
      ...change(idle, 'assistance', 1, { programme: text('tekun_dispersed') }),
      certificate(1, 2, 4),
    ]),
  ];
}

function topUp(yardstick: Yardstick): Scenario[] {
  const paid = (cells: Cells): PlantedRow[] => change(dibaoHome(yardstick), 'assistance', 1, cells);
  const none = paid({ topup_month: EMPTY });
  return [
    personHit('DIS-02', 'nothing entered', [...none, certificate(1, 4, 1)]),
    personHit('DIS-02', 'zero', [...paid({ topup_month: text('0.00') }), certificate(1, 1, 4)]),
    personHit('DIS-02', 'in grace', [
      ...paid({
        topup_month: EMPTY,
        status: text('grace'),
        grace_reason: text('other'),
        grace_start: daysBefore(1),
      }),
      certificate(1, 3, 2),
    ]),
    personMiss('DIS-02', 'one fen', [...paid({ topup_month: text('0.01') }), certificate(1, 4, 1)]),
    personMiss('DIS-02', 'paid on another row', [
      ...none,
      assistance(1, { programme: text('temporary_aid'), topup_month: text('50.00') }),
      certificate(1, 4, 1),
    ]),
    personMiss('DIS-02', 'certificate cancelled', [
      ...none,
      certificate(1, 4, 1, { status: text('cancelled') }),
    ]),
    personMiss('DIS-02', 'dibao has ended', [
      ...paid({ topup_month: EMPTY, status: text('exited') }),
      certificate(1, 4, 1),
    ]),
  ];
}

function newlySevere(): Scenario[] {
  const history = { condition: 'with-history' } as const;
  const now = [insured(1), certificate(1, 2, 4)];
  const before = (grade: number, cells: Cells = {}) => monthBefore(certificate(1, grade, 4, cells));
  const miss = (name: string, rows: PlantedRow[]) => personMiss('DIS-03', name, rows, history);
  return [
    personHit('DIS-03', 'first certificate', now, history),
    personHit('DIS-03', 'was grade 3', [before(3), ...now], history),
    personHit('DIS-03', 'had expired', [before(1, { status: text('expired') }), ...now], history),
    miss('the same as before', [before(2), ...now]),
    miss('was grade 1', [before(1), ...now]),
    miss('only grade 3', [before(4), insured(1), certificate(1, 3, 5)]),
    miss('cancelled now', [insured(1), certificate(1, 2, 4, { status: text('cancelled') })]),
  ];
}

function subsidies(yardstick: Yardstick): Scenario[] {
  const noNursing = { nursing_subsidy: text('false') };
  const noLiving = { living_subsidy: text('false') };
  const marginal = marginalHome(yardstick);
  const hit = (name: string, rows: PlantedRow[]) => personHit('DIS-05', name, rows);
  const miss = (name: string, rows: PlantedRow[]) => personMiss('DIS-05', name, rows);
  return [
    hit('no nursing subsidy, no home', [insured(1), certificate(1, 2, 4, noNursing)]),
    hit('no living subsidy, marginal', [...marginal, certificate(1, 4, 3, noLiving)]),
    hit('no living subsidy, monitored', [
      ...monitoredHome(yardstick),
      certificate(1, 4, 1, noLiving),
    ]),
    miss('nursing for grade 3', [insured(1), certificate(1, 3, 5, noNursing)]),
    miss('nursing unknown', [insured(1), certificate(1, 1, 4, { nursing_subsidy: EMPTY })]),
    miss('living unknown', [...marginal, certificate(1, 4, 4, { living_subsidy: EMPTY })]),
    miss('living, not low-income', [insured(1), certificate(1, 2, 4, noLiving)]),
    miss('expired', [
      ...marginal,
      certificate(1, 2, 4, { ...noLiving, ...noNursing, status: text('expired') }),
    ]),
  ];
}

function twoTopUps(yardstick: Yardstick): Scenario[] {
  const kinds = (value: string, cells: Cells = {}): PlantedRow[] =>
    change(dibaoHome(yardstick), 'assistance', 1, { topup_kinds: text(value), ...cells });
  return [
    personHit('DIS-06', 'two kinds', kinds('elderly;disabled')),
    personHit(
      'DIS-06',
      'two kinds in grace',
      kinds('disabled;seriously_ill', {
        status: text('grace'),
        grace_reason: text('other'),
        grace_start: daysBefore(1),
      }),
    ),
    personMiss('DIS-06', 'one kind', kinds('disabled')),
    personMiss('DIS-06', 'after the exit', kinds('elderly;disabled', { status: text('exited') })),
    personMiss('DIS-06', 'one kind on each of two rows', [
      ...kinds('student'),
      assistance(1, { programme: text('temporary_aid'), topup_kinds: text('other') }),
    ]),
  ];
}

export const disability = (yardstick: Yardstick): Scenario[] => [
  ...uncovered(yardstick),
  ...topUp(yardstick),
  ...newlySevere(),
  ...subsidies(yardstick),
  ...twoTopUps(yardstick),
];
