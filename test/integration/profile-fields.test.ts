/**
 * What the connectors' SELECTs and `pipelines/steps/profile.sql` make of rows: the boundary, an empty cell, and two rows of one person, for the
 * fields of the rules beyond the contract's table. All cases stand in one month, each with persons and homes of its own.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHome, workFile } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { withScratch } from '../../store/database.ts';
import { hexOf, parquet } from '../../store/sql.ts';
import { doudi, withHome } from '../support/doudi.ts';
import { home, person } from '../support/inbox.ts';
import {
  assistance,
  certificate,
  enrolment,
  fact,
  member,
  MONTH,
  monitored,
  work,
  writeInbox,
  type Line,
} from '../support/oracle/situation.ts';

/** Persons `a` and `b` of the home `h`; `c` is somebody else. */
interface Ids {
  readonly a: { readonly person_id: string; readonly household_id: string };
  readonly b: { readonly person_id: string; readonly household_id: string };
  readonly c: { readonly person_id: string; readonly household_id: string };
}

type Value = string | number | boolean | null;
type Case = readonly [what: string, value: Value, rows: (ids: Ids) => readonly Line[]];

const HALF_YEAR_AGO = '2025-04';

const idsOf = (n: number): Ids => {
  const [at, elsewhere] = [home(2 * n), home(2 * n + 1)];
  return {
    a: { person_id: person(3 * n + 1), household_id: at },
    b: { person_id: person(3 * n + 2), household_id: at },
    c: { person_id: person(3 * n + 3), household_id: elsewhere },
  };
};

/** Of datasets that know no homes. */
const alone = ({ person_id }: { readonly person_id: string }) => ({ person_id });

const left = { status: 'exited', status_date: '2024-11-01', relocated: 'true' };
const university = { stage: 'university' };
const employed = { status: 'employed' };

/** Person `a`, or the home. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'person.tekun': [
    ['in grace', true, ({ a }) => [assistance({ ...a, programme: '131', status: 'grace' })]],
    ['ended', false, ({ a }) => [assistance({ ...a, programme: '131', status: 'exited' })]],
    ['no row', false, ({ a }) => [member(a)]],
    ['a second row', true, ({ a }) => [assistance(a), assistance({ ...a, programme: '132' })]],
  ],
  'person.birth_month': [
    [
      'members first',
      '1990-02-01',
      ({ a }) => [
        member({ ...a, birth_month: '199002' }),
        monitored({ ...a, birth_month: '1980-01' }),
      ],
    ],
    [
      'empty in members',
      '1980-01-01',
      ({ a }) => [member(a), monitored({ ...a, birth_month: '1980-01' })],
    ],
    ['empty', null, ({ a }) => [member(a), monitored(a)]],
    [
      'two rows: the first that says it',
      '1990-02-01',
      ({ a }) => [
        member(a),
        member({ ...a, birth_month: '1990-02' }),
        member({ ...a, birth_month: '1980-01' }),
      ],
    ],
  ],
  'person.no_labour': [
    [
      'a row of whatever status',
      true,
      ({ a }) => [assistance({ ...a, status: 'refused', labour_capacity: 'none' })],
    ],
    [
      'monitored',
      true,
      ({ a }) => [monitored({ ...a, risk: 'eliminated', labour_capacity: 'none' })],
    ],
    ['partial', false, ({ a }) => [assistance({ ...a, labour_capacity: 'partial' })]],
    ['empty', false, ({ a }) => [assistance(a)]],
    [
      'two rows',
      true,
      ({ a }) => [
        assistance({ ...a, labour_capacity: 'full' }),
        monitored({ ...a, labour_capacity: 'none' }),
      ],
    ],
  ],
  'person.moved_out': [
    ['on the first day', true, ({ a }) => [assistance({ ...a, ...left })]],
    ['a day too old', false, ({ a }) => [assistance({ ...a, ...left, status_date: '2024-10-31' })]],
    ['empty', false, ({ a }) => [assistance({ ...a, ...left, relocated: '' })]],
    ['marginal', false, ({ a }) => [assistance({ ...a, ...left, programme: 'marginal' })]],
    [
      'two rows, each a part',
      false,
      ({ a }) => [
        assistance({ ...a, ...left, relocated: 'N' }),
        assistance({ ...a, relocated: 'Y' }),
      ],
    ],
  ],
  'person.supporter_named': [
    [
      'by another home',
      true,
      ({ a, c }) => [member(a), member({ ...c, supporter_of: a.person_id })],
    ],
    ['empty', false, ({ a, c }) => [member(a), member({ ...c, supporter_of: '' })]],
    ['is itself a supporter', false, ({ a, c }) => [member({ ...a, supporter_of: c.person_id })]],
    [
      'two of them',
      true,
      ({ a, b, c }) => [
        member(a),
        ...[b, c].map((one) => member({ ...one, supporter_of: a.person_id })),
      ],
    ],
  ],
  'monitored.measures': [
    ['none', 0, ({ a }) => [monitored({ ...a, measures: 0 })]],
    ['empty', null, ({ a }) => [monitored(a)]],
    [
      'two rows: the smaller',
      1,
      ({ a }) => [monitored({ ...a, measures: 2 }), monitored({ ...a, measures: 1 })],
    ],
    ['an empty one beside it', 2, ({ a }) => [monitored({ ...a, measures: 2 }), monitored(a)]],
    [
      'risk eliminated',
      2,
      ({ a }) => [
        monitored({ ...a, measures: 2 }),
        monitored({ ...a, measures: 0, risk: 'eliminated' }),
      ],
    ],
  ],
  'education.university_graduated': [
    [
      'January',
      true,
      ({ a }) => [enrolment({ ...alone(a), ...university, graduation_month: '2025-01' })],
    ],
    [
      'last December',
      false,
      ({ a }) => [enrolment({ ...alone(a), ...university, graduation_month: '2024-12' })],
    ],
    [
      'this month',
      true,
      ({ a }) => [enrolment({ ...alone(a), ...university, graduation_month: '2025-10' })],
    ],
    [
      'next month',
      false,
      ({ a }) => [enrolment({ ...alone(a), ...university, graduation_month: '2025-11' })],
    ],
    ['empty', false, ({ a }) => [enrolment({ ...alone(a), ...university })]],
    [
      'two rows, each a part',
      false,
      ({ a }) => [
        enrolment({ ...alone(a), ...university }),
        enrolment({ ...alone(a), stage: 'senior', graduation_month: '2025-07' }),
      ],
    ],
  ],
  'education.graduation': [
    [
      'next month',
      '2025-11-30',
      ({ a }) => [enrolment({ ...alone(a), ...university, graduation_month: '2025-11' })],
    ],
    [
      'this month',
      null,
      ({ a }) => [enrolment({ ...alone(a), ...university, graduation_month: '2025-10' })],
    ],
    ['empty', null, ({ a }) => [enrolment({ ...alone(a), ...university })]],
    [
      'junior',
      null,
      ({ a }) => [enrolment({ ...alone(a), stage: 'junior', graduation_month: '2025-11' })],
    ],
    [
      'two rows: the earlier to come',
      '2026-02-28',
      ({ a }) =>
        ['2025-07', '2026-07', '2026-02'].map((month) =>
          enrolment({ ...alone(a), stage: 'vocational', graduation_month: month }),
        ),
    ],
    [
      'suspended',
      null,
      ({ a }) => [
        enrolment({ ...alone(a), ...university, status: 'suspended', graduation_month: '2025-11' }),
      ],
    ],
  ],
  'disability.valid_until': [
    ['a day', '2025-10-31', ({ a }) => [certificate({ ...alone(a), valid_until: '2025-10-31' })]],
    ['empty', null, ({ a }) => [certificate(alone(a))]],
    [
      'two rows: the later',
      '2025-12-01',
      ({ a }) =>
        ['2025-12-01', '2025-11-01'].map((day) => certificate({ ...alone(a), valid_until: day })),
    ],
    [
      'two rows, one without end',
      null,
      ({ a }) => [certificate({ ...alone(a), valid_until: '2025-12-01' }), certificate(alone(a))],
    ],
    [
      'an expired one beside it',
      '2025-12-01',
      ({ a }) => [
        certificate({ ...alone(a), valid_until: '2025-12-01' }),
        certificate({ ...alone(a), status: 'expired' }),
      ],
    ],
  ],
  'calendar.month': [['October', 10, ({ a }) => [member(a)]]],
  'calendar.months_left': [['October', 2, ({ a }) => [member(a)]]],
  'household.certified_members': [
    [
      'any grade',
      2,
      ({ a, b }) => [
        member(a),
        member(b),
        certificate({ ...alone(a), grade: 4 }),
        certificate({ ...alone(b), grade: 3 }),
      ],
    ],
    [
      'two rows of one person',
      1,
      ({ a, b }) => [
        member(a),
        member(b),
        certificate(alone(a)),
        certificate({ ...alone(a), category: 1 }),
      ],
    ],
    ['expired', 0, ({ a }) => [member(a), certificate({ ...alone(a), status: 'expired' })]],
  ],
  'household.severe_supporter_age': [
    [
      'sixty this month',
      60,
      ({ a, b }) => [
        member(a),
        member({ ...b, supporter_of: a.person_id, birth_month: '1965-10' }),
        certificate(alone(a)),
      ],
    ],
    [
      'sixty next month',
      59,
      ({ a, b }) => [
        member(a),
        member({ ...b, supporter_of: a.person_id, birth_month: '1965-11' }),
        certificate(alone(a)),
      ],
    ],
    [
      'age from monitored',
      65,
      ({ a, b }) => [
        member(a),
        member({ ...b, supporter_of: a.person_id }),
        monitored({ ...b, birth_month: '1960-10' }),
        certificate(alone(a)),
      ],
    ],
    [
      'empty',
      null,
      ({ a, b }) => [member(a), member({ ...b, supporter_of: a.person_id }), certificate(alone(a))],
    ],
    [
      'not severe',
      null,
      ({ a, b }) => [
        member(a),
        member({ ...b, supporter_of: a.person_id, birth_month: '1940-01' }),
        certificate({ ...alone(a), grade: 3 }),
      ],
    ],
    [
      'two supporters: the older',
      70,
      ({ a, b, c }) => [
        member(a),
        member({ ...b, supporter_of: a.person_id, birth_month: '1990-01' }),
        member({ ...c, supporter_of: a.person_id, birth_month: '1955-10' }),
        certificate(alone(a)),
      ],
    ],
  ],
  'household.able_member': [
    [
      'partial',
      true,
      ({ a, b }) => [
        member(a),
        assistance({ ...b, status: 'refused', labour_capacity: 'partial' }),
      ],
    ],
    ['empty', false, ({ a }) => [assistance(a)]],
    [
      'two rows',
      true,
      ({ a }) => [
        assistance({ ...a, labour_capacity: 'none' }),
        monitored({ ...a, labour_capacity: 'full' }),
      ],
    ],
    ['flexible', true, ({ a }) => [member(a), work({ ...alone(a), status: 'flexible' })]],
    [
      'paid in the first of twelve months',
      true,
      ({ a }) => [member(a), work({ ...alone(a), contributions_until: '2024-11' })],
    ],
    [
      'paid a month earlier',
      false,
      ({ a }) => [member(a), work({ ...alone(a), contributions_until: '2024-10' })],
    ],
  ],
  'household.earners': [
    [
      'one twice',
      1,
      ({ a, b }) => [
        member(a),
        member(b),
        work({ ...alone(a), ...employed }),
        work({ ...alone(a), status: 'flexible' }),
      ],
    ],
    [
      'two',
      2,
      ({ a, b }) => [
        member(a),
        member(b),
        work({ ...alone(a), ...employed }),
        work({ ...alone(b), contributions_until: '2024-11' }),
      ],
    ],
    ['empty', 0, ({ a }) => [member(a), work(alone(a))]],
    [
      'retired',
      0,
      ({ a }) => [
        member(a),
        work({ ...alone(a), status: 'retired', contributions_until: '2024-10' }),
      ],
    ],
  ],
  'household.earner_contributions_until': [
    [
      'last day',
      '2025-02-28',
      ({ a }) => [member(a), work({ ...alone(a), contributions_until: '2025-02' })],
    ],
    ['empty', null, ({ a }) => [member(a), work({ ...alone(a), ...employed })]],
    [
      'two rows: the later',
      '2025-06-30',
      ({ a }) => [
        member(a),
        ...['2025-06', '2025-02'].map((month) =>
          work({ ...alone(a), ...employed, contributions_until: month }),
        ),
      ],
    ],
    [
      'two earners',
      null,
      ({ a, b }) => [
        member(a),
        member(b),
        ...[a, b].map((one) =>
          work({ ...alone(one), ...employed, contributions_until: '2025-06' }),
        ),
      ],
    ],
    [
      'who earns nothing does not count',
      '2025-06-30',
      ({ a, b }) => [
        member(a),
        member(b),
        work({ ...alone(a), ...employed, contributions_until: '2025-06' }),
        work({ ...alone(b), contributions_until: '2024-10' }),
      ],
    ],
  ],
  'household.oldest_carer': [
    ['a child alone', 17, ({ a }) => [member({ ...a, birth_month: '2007-11' })]],
    [
      'an adult',
      18,
      ({ a, b }) => [
        member({ ...a, birth_month: '2015-01' }),
        member({ ...b, birth_month: '2007-10' }),
      ],
    ],
    [
      'dead',
      10,
      ({ a, b }) => [
        member({ ...a, birth_month: '2015-10' }),
        member({ ...b, birth_month: '1990-01' }),
        fact({ ...alone(b), until: '2025-10-31' }),
      ],
    ],
    [
      'the finding has ended',
      35,
      ({ a, b }) => [
        member({ ...a, birth_month: '2015-10' }),
        member({ ...b, birth_month: '1990-01' }),
        fact({ ...alone(b), until: '2025-10-30' }),
      ],
    ],
    [
      'severely disabled',
      10,
      ({ a, b }) => [
        member({ ...a, birth_month: '2015-10' }),
        member({ ...b, birth_month: '1990-01' }),
        certificate(alone(b)),
      ],
    ],
    ['none', 0, ({ a }) => [member({ ...a, birth_month: '1990-01' }), certificate(alone(a))]],
  ],
  'household.carer_unclear': [
    ['empty', true, ({ a, b }) => [member({ ...a, birth_month: '2015-01' }), member(b)]],
    ['known', false, ({ a }) => [member({ ...a, birth_month: '2015-01' })]],
    [
      'two rows, one says it',
      false,
      ({ a }) => [member(a), member({ ...a, birth_month: '2015-01' })],
    ],
    [
      'of a severely disabled member',
      false,
      ({ a, b }) => [member({ ...a, birth_month: '2015-01' }), member(b), certificate(alone(b))],
    ],
  ],
  'household.income@6': [
    [
      'of then, not of now',
      '800.50',
      ({ a }) => [
        assistance({ ...a, income_per_capita_year: 1 }),
        { ...assistance({ ...a, income_per_capita_year: '800.50' }), month: HALF_YEAR_AGO },
      ],
    ],
    [
      'zero',
      '0.00',
      ({ a }) => [
        member(a),
        { ...assistance({ ...a, income_per_capita_year: 0 }), month: HALF_YEAR_AGO },
      ],
    ],
    [
      'empty: monitored says it',
      '700.00',
      ({ a }) => [
        member(a),
        { ...assistance(a), month: HALF_YEAR_AGO },
        { ...monitored({ ...a, income_per_capita_year: 700 }), month: HALF_YEAR_AGO },
      ],
    ],
    [
      'nowhere',
      null,
      ({ a }) => [
        assistance({ ...a, income_per_capita_year: 1 }),
        { ...assistance(a), month: HALF_YEAR_AGO },
      ],
    ],
    [
      'two rows: the later status',
      '2.00',
      ({ a }) => [
        member(a),
        ...(['2023-01-01', '2023-01-02'] as const).map((day, n) => ({
          ...assistance({ ...a, status_date: day, income_per_capita_year: n + 1 }),
          month: HALF_YEAR_AGO,
        })),
      ],
    ],
  ],
  'household.temporary_aid': [
    [
      'in grace',
      true,
      ({ a }) => [assistance({ ...a, programme: 'temporary_aid', status: 'grace' })],
    ],
    [
      'applied for',
      false,
      ({ a }) => [assistance({ ...a, programme: 'temporary_aid', status: 'applied' })],
    ],
    ['another programme', false, ({ a }) => [assistance(a)]],
  ],
  'household.programmes': [
    [
      'of two members, each once, in the order of the contract',
      'rural_dibao;marginal;temporary_aid',
      ({ a, b }) => [
        assistance({ ...a, programme: 'temporary_aid' }),
        assistance({ ...a, programme: 'rural_dibao' }),
        assistance({ ...b, programme: 'rural_dibao', status: 'grace' }),
        assistance({ ...b, programme: 'marginal' }),
      ],
    ],
    ['ended', '', ({ a }) => [assistance({ ...a, status: 'exited' })]],
    ['no row', '', ({ a }) => [member(a)]],
  ],
  'household.dibao_refused': [
    [
      'the latest of two',
      '2025-03-02',
      ({ a, b }) => [
        assistance({ ...a, status: 'refused', status_date: '2025-03-01' }),
        assistance({ ...b, status: 'refused', programme: '110', status_date: '2025-03-02' }),
      ],
    ],
    [
      'refused for something else, or ended',
      null,
      ({ a, b }) => [
        assistance({ ...a, status: 'refused', programme: 'marginal' }),
        assistance({ ...b, status: 'exited' }),
      ],
    ],
  ],
  'household.certified_without_topup': [
    ['grade 4', true, ({ a }) => [assistance(a), certificate({ ...alone(a), grade: 4 })]],
    ['in grace', true, ({ a }) => [assistance({ ...a, status: 'grace' }), certificate(alone(a))]],
    [
      'a top-up of zero',
      true,
      ({ a }) => [assistance({ ...a, topup_month: 0 }), certificate(alone(a))],
    ],
    [
      'a top-up',
      false,
      ({ a }) => [assistance({ ...a, topup_month: '0.01' }), certificate(alone(a))],
    ],
    [
      'one member is in dibao, another certified',
      false,
      ({ a, b }) => [assistance(a), member(b), certificate(alone(b))],
    ],
    ['in tekun', false, ({ a }) => [assistance({ ...a, programme: '131' }), certificate(alone(a))]],
  ],
  'household.severe_without_topup': [
    ['grade 2', true, ({ a }) => [assistance(a), certificate(alone(a))]],
    [
      'grade 3, mental',
      true,
      ({ a }) => [assistance(a), certificate({ ...alone(a), grade: 3, category: 6 })],
    ],
    [
      'grade 3, physical',
      false,
      ({ a }) => [assistance(a), certificate({ ...alone(a), grade: 3 })],
    ],
  ],
  ...Object.fromEntries(
    ['unstable', 'marginal', 'sudden'].map((category, n, all): [string, readonly Case[]] => [
      `household.monitored_${category}`,
      [
        ['open', true, ({ a, b }) => [member(a), monitored({ ...b, category })]],
        ['eliminated', false, ({ a }) => [monitored({ ...a, category, risk: 'eliminated' })]],
        [
          'open as something else',
          false,
          ({ a }) => [monitored({ ...a, category: all[(n + 1) % all.length] ?? '' })],
        ],
      ],
    ]),
  ),
  ...Object.fromEntries(
    ['disability', 'illness'].map((cause): [string, readonly Case[]] => [
      `household.monitored_${cause}`,
      [
        ['one of several', true, ({ a }) => [monitored({ ...a, causes: `other;${cause}` })]],
        ['empty', false, ({ a }) => [monitored(a)]],
        [
          'two rows, each a part',
          false,
          ({ a, b }) => [
            monitored({ ...a, causes: cause, risk: 'eliminated' }),
            monitored({ ...b, causes: 'schooling' }),
          ],
        ],
      ],
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['fiscal_payroll', 'fiscal_payroll'],
        ['pension', 'pension'],
        ['business', 'business'],
        ['assets', 'housing_fund'],
      ] as const
    ).map(([field, kind]): [string, readonly Case[]] => [
      `household.${field}`,
      [
        ['of any member', true, ({ a, b }) => [member(a), member(b), fact({ ...alone(b), kind })]],
        ['ended', false, ({ a }) => [member(a), fact({ ...alone(a), kind, until: '2025-10-30' })]],
        ['another finding', false, ({ a }) => [member(a), fact(alone(a))]],
      ],
    ]),
  ),
  'household.real_estate': [
    [
      'known to be none of relocation',
      true,
      ({ a }) => [
        member(a),
        fact({ ...alone(a), kind: 'real_estate', relocation_housing: 'false' }),
      ],
    ],
    ['empty', false, ({ a }) => [member(a), fact({ ...alone(a), kind: 'real_estate' })]],
    [
      'relocation housing',
      false,
      ({ a }) => [member(a), fact({ ...alone(a), kind: 'real_estate', relocation_housing: 'Y' })],
    ],
  ],
};

describe('fields of the profile', () => {
  it('are what docs/catalogue.md says at the boundary, of an empty cell, of two rows', async () => {
    const cases = Object.entries(CASES)
      .flatMap(([field, some]) => some.map(([what, value, rows]) => ({ field, what, value, rows })))
      .map((one, n) => ({ ...one, ids: idsOf(n) }));
    const found = await withHome(async (folder) => {
      const inbox = join(folder, 'inbox');
      writeInbox(
        inbox,
        cases.flatMap(({ rows, ids }) => rows(ids)),
      );
      await doudi(folder, ['run', '--month', MONTH, '--inbox', inbox, '--json']);
      return withScratch({ threads: 1 }, async (sql) => {
        const values = new Map<string, Readonly<Record<string, unknown>>>();
        for (const subject of ['person', 'household'] as const) {
          const file = parquet(workFile(openHome(folder), MONTH as Month, subject));
          for (const row of await sql.rows<{ id: string }>(
            `SELECT ${hexOf(`${subject}_id`)} AS id, * EXCLUDE (${subject}_id) FROM ${file}`,
          ))
            values.set(row.id, { ...values.get(row.id), ...row });
        }
        return values;
      });
    });
    // Dates and decimals are objects of the driver with a text of their own.
    const text = (value: unknown): string => String(value);
    const seen = cases.map(({ field, what, ids }) => {
      const id = field.startsWith('household.') ? ids.a.household_id : ids.a.person_id;
      return `${field}, ${what}: ${text(found.get(id)?.[field])}`;
    });
    expect(seen).toEqual(
      cases.map(({ field, what, value }) => `${field}, ${what}: ${String(value)}`),
    );
  });
});
