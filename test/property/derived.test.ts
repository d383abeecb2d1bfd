/** Fields made of earlier months and of members, over random homes, against a plain reading of what they mean. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withScratch } from '../../store/database.ts';
import { identifier, literal } from '../../store/sql.ts';
import { derive } from '../../pipelines/steps/derive.ts';
import { readDerived, type Derivation } from '../../warnings/derived.ts';
import { loadFields } from '../../pipelines/fields/index.ts';
import { catalogueOf } from '../../warnings/fields.ts';

const FIELDS = catalogueOf(await loadFields());
const MONTHS = 6;
const YES = 'education.out_of_school';
const AMOUNT = 'medical.outpatient_self_paid_new';
const INCOME = 'household.income';

const NAMES = [
  ...['@1', '@5', '@last-2.count', '@last-6.count', '@last-2.streak', '@last-6.streak'].map(
    (x) => YES + x,
  ),
  ...['any', 'all', 'count'].map((take) => `${YES}@members.${take}`),
  ...['@1', '@4', '@last-3.sum', '@last-6.most', '@last-6.least'].map((x) => AMOUNT + x),
  ...['sum', 'most', 'least'].map((take) => `${AMOUNT}@members.${take}`),
  ...['@2', '@last-4.sum', '@last-6.least'].map((x) => INCOME + x),
];
const DERIVATIONS = new Map<string, Derivation>(
  NAMES.map((name) => {
    const derivation = readDerived(name, FIELDS);
    if (typeof derivation === 'string') throw new Error(derivation);
    return [name, derivation];
  }),
);

type Cell = number | boolean | null;
interface Person {
  /** Homes the person lives in this month; empty: none. */
  readonly homes: readonly number[];
  /** By month before; undefined: nothing is known of the person then. */
  readonly yes: readonly (boolean | undefined)[];
  readonly amount: readonly (number | null | undefined)[];
}
/** Income of each home by month before; undefined: there was no such home. */
type Homes = readonly (readonly (number | null | undefined)[])[];

const PERSONS = 5;
const HOMES = 3;
const absent = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arb, { nil: undefined, freq: 4 });
const unknown = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arb, { freq: 4 });
const months = <T>(
  now: fc.Arbitrary<T>,
  then: fc.Arbitrary<T | undefined>,
): fc.Arbitrary<(T | undefined)[]> =>
  fc
    .tuple(now, fc.array(then, { minLength: MONTHS - 1, maxLength: MONTHS - 1 }))
    .map(([a, b]) => [a, ...b]);
const whole = fc.integer({ min: 0, max: 20 });
const province = fc.tuple(
  fc.array(
    fc.record({
      homes: fc.subarray([0, 1, 2], { maxLength: 2 }),
      yes: months(fc.boolean(), absent(fc.boolean())),
      amount: months(unknown(whole), absent(unknown(whole))),
    }),
    { minLength: PERSONS, maxLength: PERSONS },
  ),
  fc.array(months(unknown(whole), absent(unknown(whole))), { minLength: HOMES, maxLength: HOMES }),
);

/** What the name asks for, month by month or member by member. */
function reference(derivation: Derivation, values: readonly (Cell | undefined)[]): Cell {
  if (derivation.kind === 'before') {
    const then = values[derivation.months] ?? null;
    return derivation.base.type === 'boolean' ? then === true : then;
  }
  const { take } = derivation;
  const looked = derivation.kind === 'last' ? values.slice(0, derivation.months) : values;
  const known = looked.filter((value) => typeof value === 'number');
  switch (take) {
    case 'sum':
      return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
    case 'most':
      return known.length === 0 ? null : Math.max(...known);
    case 'least':
      return known.length === 0 ? null : Math.min(...known);
    case 'count':
      return looked.filter((value) => value === true).length;
    case 'streak': {
      const end = looked.findIndex((value) => value !== true);
      return end === -1 ? looked.length : end;
    }
    case 'any':
      return looked.some((value) => value === true);
    case 'all':
      return looked.length > 0 && looked.every((value) => value === true);
  }
}

const id = (kind: number, n: number): string =>
  literal(`00000000-0000-0000-000${kind}-${String(n).padStart(12, '0')}`);
const sqlOf = (value: Cell | undefined, type: string): string =>
  `${String(value ?? null)}::${type}`;

const table = (name: string, columns: string, rows: readonly string[]): string =>
  `CREATE OR REPLACE TEMP TABLE ${name} (${columns});${rows.length === 0 ? '' : ` INSERT INTO ${name} VALUES ${rows.join(', ')};`}`;
const PERSON_COLUMNS = `person_id UUID, ${identifier(YES)} BOOLEAN, ${identifier(AMOUNT)} DECIMAL(18,2)`;
const HOME_COLUMNS = `household_id UUID, ${identifier(INCOME)} DECIMAL(18,2)`;

function tables(persons: readonly Person[], homes: Homes): string {
  const cells = ({ yes, amount }: Person, before: number): string =>
    `${sqlOf(yes[before], 'BOOLEAN')}, ${sqlOf(amount[before], 'DECIMAL(18,2)')}`;
  const now = persons.flatMap((person, n) =>
    (person.homes.length === 0 ? [null] : person.homes).map((home) => {
      const income = home === null ? null : homes[home]?.[0];
      return `(${id(1, n)}, ${cells(person, 0)}, ${home === null ? 'NULL' : id(2, home)}, ${sqlOf(income, 'DECIMAL(18,2)')})`;
    }),
  );
  const parts = [
    table(
      'now_person',
      `${PERSON_COLUMNS}, household_id UUID, ${identifier(INCOME)} DECIMAL(18,2)`,
      now,
    ),
    table(
      'now_home',
      HOME_COLUMNS,
      homes.map((income, n) => `(${id(2, n)}, ${sqlOf(income[0], 'DECIMAL(18,2)')})`),
    ),
  ];
  for (let before = 1; before < MONTHS; before += 1)
    parts.push(
      table(
        `then_person_${before}`,
        PERSON_COLUMNS,
        persons.flatMap((person, n) =>
          person.yes[before] === undefined && person.amount[before] === undefined
            ? []
            : [`(${id(1, n)}, ${cells(person, before)})`],
        ),
      ),
      table(
        `then_home_${before}`,
        HOME_COLUMNS,
        homes.flatMap((income, n) =>
          income[before] === undefined
            ? []
            : [`(${id(2, n)}, ${sqlOf(income[before], 'DECIMAL(18,2)')})`],
        ),
      ),
    );
  return parts.join('\n');
}

it('means the same in SQL and month by month', async () => {
  await withScratch({ threads: 1 }, async (sql) => {
    await fc.assert(
      fc.asyncProperty(province, async ([persons, homes]) => {
        await sql.run(tables(persons, homes));
        const past = Array.from({ length: MONTHS - 1 }, (_, n) => ({
          before: n + 1,
          person: `then_person_${n + 1}`,
          household: `then_home_${n + 1}`,
        }));
        const made = await derive(
          sql,
          { person: 'now_person', household: 'now_home' },
          past,
          DERIVATIONS,
        );
        const columns = (names: readonly string[]): string =>
          names.map((name) => `${identifier(name)}::VARCHAR AS ${identifier(name)}`).join(', ');
        const rows = await sql.rows<Record<string, string | null>>(
          `SELECT right(person_id::VARCHAR, 1) AS who, right(household_id::VARCHAR, 1) AS home, ${columns(NAMES)} FROM ${made.person}`,
        );
        const members = (home: number): Person[] =>
          persons.filter((one) => one.homes.includes(home));
        const text = (value: Cell): string | null =>
          value === null ? null : typeof value === 'boolean' ? String(value) : String(value);
        const plain = (value: string | null | undefined): string | null =>
          value === null || value === undefined ? null : value.replace(/\.00$/, '');
        expect(rows).toHaveLength(
          persons.reduce((sum, one) => sum + Math.max(1, one.homes.length), 0),
        );
        const valuesFor = (
          name: string,
          person: Person | null,
          home: number | null,
        ): (Cell | undefined)[] => {
          const derivation = DERIVATIONS.get(name);
          const of = (one: Person): readonly (Cell | undefined)[] =>
            name.startsWith(YES) ? one.yes : one.amount;
          if (derivation?.kind === 'members')
            return home === null ? [] : members(home).map((one) => of(one)[0]);
          if (name.startsWith(INCOME)) return home === null ? [] : [...(homes[home] ?? [])];
          return person === null ? [] : [...of(person)];
        };
        for (const row of rows) {
          const person = persons[Number(row['who'])] ?? null;
          const home = row['home'] === null ? null : Number(row['home']);
          for (const [name, derivation] of DERIVATIONS)
            expect(plain(row[name]), name).toBe(
              text(reference(derivation, valuesFor(name, person, home))),
            );
        }
        const own = NAMES.filter((name) => name.includes('members') || name.startsWith(INCOME));
        const ofHomes = await sql.rows<Record<string, string | null>>(
          `SELECT right(household_id::VARCHAR, 1) AS home, ${columns(own)} FROM ${made.household}`,
        );
        expect(ofHomes).toHaveLength(HOMES);
        for (const row of ofHomes)
          for (const name of own) {
            const derivation = DERIVATIONS.get(name);
            if (derivation === undefined) throw new Error(name);
            expect(plain(row[name]), name).toBe(
              text(reference(derivation, valuesFor(name, null, Number(row['home'])))),
            );
          }
      }),
      { numRuns: Number(process.env['DOUDI_RUNS'] ?? 40), seed: 11 },
    );
  });
});
