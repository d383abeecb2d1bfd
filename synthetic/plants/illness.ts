/** ILL-01 to ILL-05. */
import {
  assistance,
  bill,
  change,
  insured,
  marginalHome,
  member,
  monitored,
  monitoredHome,
  monthBefore,
  refusedHome,
  without,
} from './rows.ts';
import {
  BEFORE_WINDOW,
  EMPTY,
  LAST_YEAR,
  MONTH_END,
  WINDOW_START,
  billId,
  daysBefore,
  fen,
  personHit,
  personMiss,
  text,
  yuan,
  type Cells,
  type Scenario,
  type Yardstick,
} from './scenario.ts';

const MAJOR: Cells = { major_illness: text('true'), disease_code: text('C34') };

function inpatient(yardstick: Yardstick): Scenario[] {
  const poor = fen(yardstick.figures.inpatientSelfPaidLowIncome);
  const other = fen(yardstick.figures.inpatientSelfPaidOther);
  const marginal = marginalHome(yardstick);
  const reported = monitoredHome(yardstick);
  return [
    personHit('ILL-01', 'marginal, exactly', [...marginal, bill(1, 'inpatient', poor)]),
    personHit('ILL-01', 'monitored, two bills', [
      ...reported,
      bill(1, 'inpatient', poor - 100, { settled_on: 'c.year_start' }),
      bill(1, 'inpatient', 100, { settled_on: MONTH_END }),
    ]),
    personHit('ILL-01', 'without a row in a low-income home', [
      ...without(marginal, 'assistance', 1),
      bill(1, 'inpatient', poor),
    ]),
    personHit('ILL-01', 'no home, exactly', [insured(1), bill(1, 'inpatient', other)]),
    personHit('ILL-01', 'a bill corrected upwards', [
      ...marginal,
      bill(1, 'inpatient', 10_000, { bill_id: billId('twice') }),
      bill(1, 'inpatient', poor, { bill_id: billId('twice') }),
    ]),
    personMiss('ILL-01', 'marginal, one fen short', [...marginal, bill(1, 'inpatient', poor - 1)]),
    personMiss('ILL-01', 'no home, one fen short', [insured(1), bill(1, 'inpatient', other - 1)]),
    personMiss('ILL-01', 'part of it last year', [
      ...reported,
      bill(1, 'inpatient', poor - 1),
      bill(1, 'inpatient', 10_000, { settled_on: LAST_YEAR }),
    ]),
    personMiss('ILL-01', 'partly taken back', [
      ...marginal,
      bill(1, 'inpatient', poor),
      bill(1, 'inpatient', -1),
    ]),
    personMiss('ILL-01', 'a bill corrected downwards', [
      ...marginal,
      bill(1, 'inpatient', poor, { bill_id: billId('twice') }),
      bill(1, 'inpatient', poor - 1, { bill_id: billId('twice') }),
    ]),
    personMiss('ILL-01', 'refused home is not low-income', [
      ...refusedHome(yardstick),
      bill(1, 'inpatient', other - 1),
    ]),
  ];
}

function outpatient(yardstick: Yardstick): Scenario[] {
  const enough = fen(yardstick.figures.outpatientMonth);
  const marginal = marginalHome(yardstick);
  const reported = monitoredHome(yardstick);
  return [
    personHit('ILL-02', 'outpatient and chronic together', [
      ...reported,
      bill(1, 'outpatient', enough - 20_000),
      bill(1, 'chronic', 20_000),
    ]),
    personHit('ILL-02', 'a late bill counts', [
      ...marginal,
      bill(1, 'outpatient', enough, { settled_on: WINDOW_START }),
    ]),
    personMiss('ILL-02', 'one fen short', [...marginal, bill(1, 'outpatient', enough - 1)]),
    personMiss('ILL-02', 'one bill a day too old', [
      ...marginal,
      bill(1, 'chronic', enough - 1),
      bill(1, 'chronic', 10_000, { settled_on: BEFORE_WINDOW }),
    ]),
    personMiss('ILL-02', 'inpatient does not count', [...reported, bill(1, 'inpatient', enough)]),
    personMiss('ILL-02', 'only the home is low-income', [
      ...without(marginal, 'assistance', 1),
      bill(1, 'outpatient', enough),
    ]),
    personMiss(
      'ILL-02',
      'part of it known a month earlier',
      [
        ...marginal,
        bill(1, 'outpatient', enough - 1),
        monthBefore(bill(1, 'outpatient', 10_000, { settled_on: daysBefore(3) })),
      ],
      { condition: 'with-history' },
    ),
  ];
}

function major(yardstick: Yardstick): Scenario[] {
  const earlier = (on: string) =>
    monthBefore(bill(1, 'inpatient', 30_000, { ...MAJOR, settled_on: on }));
  const now = bill(1, 'inpatient', 30_000, MAJOR);
  const history = { condition: 'with-history' } as const;
  return [
    personHit('ILL-03', 'the first bill', [insured(1), now]),
    personHit(
      'ILL-03',
      'the earlier one a day too old',
      [insured(1), earlier(BEFORE_WINDOW), now],
      history,
    ),
    personMiss(
      'ILL-03',
      'known for eleven months',
      [insured(1), earlier(WINDOW_START), now],
      history,
    ),
    personMiss(
      'ILL-03',
      'known since the day before',
      [insured(1), earlier(daysBefore(1)), now],
      history,
    ),
    personMiss('ILL-03', 'a bill that came a day too late', [
      insured(1),
      bill(1, 'inpatient', 30_000, { ...MAJOR, settled_on: BEFORE_WINDOW }),
    ]),
    personMiss('ILL-03', 'an ordinary illness', [insured(1), bill(1, 'inpatient', 30_000)]),
    ...band(yardstick),
  ];
}

function band(yardstick: Yardstick): Scenario[] {
  const { standard, marginalEnd } = yardstick;
  const now = bill(1, 'inpatient', 30_000, MAJOR);
  const home = (incomeFen: number) =>
    marginalHome(yardstick, { cells: { income_per_capita_year: yuan(incomeFen) } });
  return [
    personHit('ILL-04', 'income at the standard', [...home(standard), now]),
    personHit('ILL-04', 'income a fen below the end', [...home(marginalEnd - 1), now]),
    personHit('ILL-04', 'the first day that counts', [
      ...home(standard + 50_000),
      bill(1, 'inpatient', 30_000, { ...MAJOR, settled_on: WINDOW_START }),
    ]),
    personMiss('ILL-04', 'income at the end of the band', [...home(marginalEnd), now]),
    personMiss('ILL-04', 'income a fen below the standard', [...home(standard - 1), now]),
    personMiss('ILL-04', 'in a basic guarantee', [
      ...change(home(standard), 'assistance', 1, {
        programme: text('tekun_dispersed'),
        status: text('grace'),
        grace_reason: text('other'),
        grace_start: daysBefore(1),
      }),
      now,
    ]),
    personMiss('ILL-04', 'a day too old', [
      ...home(standard),
      bill(1, 'inpatient', 30_000, { ...MAJOR, settled_on: BEFORE_WINDOW }),
    ]),
    personMiss('ILL-04', 'income unknown', [
      ...marginalHome(yardstick, { cells: { income_per_capita_year: EMPTY } }),
      now,
    ]),
  ];
}

function uninsured(yardstick: Yardstick): Scenario[] {
  const no = { insured: text('false') };
  const temporary = { programme: text('temporary_aid') };
  const refused = refusedHome(yardstick);
  return [
    personHit('ILL-05', 'marginal', change(marginalHome(yardstick), 'insured', 1, no)),
    personHit('ILL-05', 'monitored', change(monitoredHome(yardstick), 'insured', 1, no)),
    personMiss('ILL-05', 'insured', marginalHome(yardstick)),
    personMiss('ILL-05', 'no row on the roll', without(marginalHome(yardstick), 'insured', 1)),
    personMiss('ILL-05', 'risk eliminated', [
      ...[1, 2].map((person) => monitored(person, { risk: text('eliminated') })),
      insured(1, false),
    ]),
    personMiss('ILL-05', 'temporary aid only', [
      assistance(1, temporary),
      member(1),
      insured(1, false),
    ]),
    personMiss('ILL-05', 'refused', change(refused, 'insured', 1, no)),
  ];
}

export const illness = (yardstick: Yardstick): Scenario[] => [
  ...inpatient(yardstick),
  ...outpatient(yardstick),
  ...major(yardstick),
  ...uninsured(yardstick),
];
