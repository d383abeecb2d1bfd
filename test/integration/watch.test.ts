/** `doudi watch`: persons and homes at the boundary give exactly these rows. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doudi, parseCsv, withHome } from '../support/doudi.ts';
import { home, person } from '../support/inbox.ts';
import {
  assistance,
  bill,
  certificate,
  COUNTY,
  enrolment,
  member,
  MONTH,
  monitored,
  OTHER_COUNTY,
  writeInbox,
  type Line,
} from '../support/oracle/situation.ts';

const HALF_YEAR_AGO = '2025-04';
const poor = (n: number, more = {}): Line =>
  monitored({ person_id: person(n), household_id: home(n), ...more });
const grace = (n: number, reason: string, start: string): Line =>
  assistance({
    person_id: person(n),
    household_id: home(n),
    status: 'grace',
    grace_reason: reason,
    grace_start: start,
  });
const earning = (n: number, income: string, month?: string): Line => ({
  ...assistance({
    person_id: person(n),
    household_id: home(n),
    status: 'exited',
    income_per_capita_year: income,
  }),
  month,
});
const graduate = (n: number, month: string): Line =>
  enrolment({ person_id: person(n), stage: 'university', graduation_month: month });
const ends = (n: number, day: string): Line =>
  certificate({ person_id: person(n), valid_until: day });
const inpatient = (n: number, self: string): Line =>
  bill({ person_id: person(n), self_paid: self, total: self });

/** Odd numbers are told of; the even one after each is a month, a day or a fen away from it. */
const LINES: readonly Line[] = [
  poor(1, { birth_month: '2007-11' }),
  poor(2, { birth_month: '2007-10' }),
  poor(3, { birth_month: '1965-12', county: OTHER_COUNTY }),
  poor(4, { birth_month: '1966-01' }),
  poor(5, { birth_month: '1945-11' }),
  member({ person_id: person(6), household_id: home(6), birth_month: '1945-11' }),
  ...[poor(7), graduate(7, '2025-12')],
  ...[poor(8), graduate(8, '2026-01')],
  ...[poor(9), ends(9, '2025-12-31')],
  ...[poor(10), ends(10, '2026-01-01')],
  ...[poor(11), ends(11, '2025-11-01')],
  ...[poor(12), ends(12, '2025-10-31')],
  ...[grace(13, 'state_employment', '2025-08-31'), grace(13, 'other', '2025-05-30')],
  grace(14, 'other', '2025-04-30'),
  grace(15, 'flexible_employment', '2025-06-30'),
  grace(16, 'flexible_employment', '2025-07-01'),
  ...[earning(17, '7000.00'), earning(17, '10000.00', HALF_YEAR_AGO)],
  ...[earning(18, '7000.01'), earning(18, '10000.00', HALF_YEAR_AGO)],
  inpatient(19, '16666.67'),
  inpatient(20, '16666.66'),
  ...[poor(21), inpatient(21, '4166.67')],
  ...[poor(22), inpatient(22, '5000')],
];

describe('doudi watch', () => {
  it('tells of what lies after the month and within two months of it, and of nothing else', async () => {
    await withHome(async (folder) => {
      const inbox = join(folder, 'inbox');
      writeInbox(inbox, LINES);
      await doudi(folder, ['run', '--month', MONTH, '--inbox', inbox, '--json']);
      const all = parseCsv(await doudi(folder, ['watch', '--month', MONTH]));
      // A clause that ends is told of once, for its region.
      const clauses = all.filter(({ subject }) => subject === 'clause');
      expect(clauses.map(({ due, rule, county }) => [due, rule, county])).toContainEqual([
        '2025-12-31',
        'direct-marginal-recognition',
        '520000',
      ]);
      for (const { person_id, household_id, evidence } of clauses) {
        expect([person_id, household_id]).toEqual(['', '']);
        expect(JSON.parse(evidence ?? '')).toHaveProperty('clause');
      }
      const rows = all.filter(({ subject }) => subject !== 'clause');
      const short = rows.map((row) =>
        [row['due'], row['rule'], row['person_id'], row['household_id'], row['county']].join(' '),
      );
      const of = (due: string, rule: string, n: number, county = COUNTY): string =>
        `${due} ${rule} ${person(n)} ${home(n)} ${county}`;
      const ofHome = (due: string, rule: string, n: number): string =>
        `${due} ${rule}  ${home(n)} ${COUNTY}`;
      const ofNobodysHome = (due: string, rule: string, n: number): string =>
        `${due} ${rule} ${person(n)}  ${COUNTY}`;
      expect(short).toEqual([
        of('2025-11-01', 'DIS-07', 11),
        of('2025-11-01', 'FAM-02', 1),
        of('2025-11-01', 'FAM-02', 5),
        ofHome('2025-11-30', 'FAM-07', 13),
        ofHome('2025-11-30', 'FAM-07', 13),
        of('2025-12-01', 'FAM-02', 3, OTHER_COUNTY),
        ofHome('2025-12-30', 'FAM-07', 15),
        of('2025-12-31', 'DIS-07', 9),
        of('2025-12-31', 'EDU-06', 7),
        of('2025-12-31', 'ILL-06', 21),
        ofNobodysHome('2025-12-31', 'ILL-06', 19),
        ofHome('2025-12-31', 'INC-04', 17),
      ]);
      expect(rows.map(({ subject }) => subject === 'person')).toEqual(
        rows.map(({ person_id }) => person_id !== ''),
      );
      // Two reasons that end on one day are two rows, each with its words.
      const words = rows.filter(({ rule }) => rule === 'FAM-07').map(({ what }) => what);
      expect(new Set(words).size).toBe(3);
      // They are no warnings and open no lead.
      const watching = new Set(rows.map(({ rule }) => rule));
      const warned = parseCsv(await doudi(folder, ['warnings', '--month', MONTH]));
      expect(warned.filter(({ rule }) => watching.has(rule ?? ''))).toEqual([]);
      const leads = parseCsv(await doudi(folder, ['leads', '--month', MONTH]));
      const named = leads.flatMap(({ rules }) => (rules ?? '').split(';'));
      expect(named.filter((rule) => watching.has(rule))).toEqual([]);
      // One county's rows alone.
      expect(
        parseCsv(await doudi(folder, ['watch', '--month', MONTH, '--county', OTHER_COUNTY])),
      ).toEqual([...rows.filter(({ county }) => county === OTHER_COUNTY), ...clauses]);

      // What half a year ago is corrected to counts in the month that looks back at it.
      const corrected = LINES.map((line) =>
        line.month === HALF_YEAR_AGO && line.cells['household_id'] === home(18)
          ? earning(18, '10000.02', HALF_YEAR_AGO)
          : line,
      );
      writeInbox(inbox, corrected);
      const report = JSON.parse(
        await doudi(folder, ['run', '--month', MONTH, '--inbox', inbox, '--json']),
      ) as { changed: boolean };
      expect(report.changed).toBe(true);
      const now = parseCsv(await doudi(folder, ['watch', '--month', MONTH]));
      expect(now.filter(({ rule }) => rule === 'INC-04').map((row) => row['household_id'])).toEqual(
        [home(17), home(18)].sort(),
      );
    });
  });
});
