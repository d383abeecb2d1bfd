import { addDays, addMonths, lastDay, shiftMonth } from '../oracle/calendar.ts';
import { date, flag, maybeFlag, money, month, put, type Cells, type Tables } from './format.ts';
import type { Person } from './home.ts';
import type { Prng } from './prng.ts';

// State extracts about one person: school, insurance, disability, work.

export interface Situation {
  readonly month: string;
  readonly prng: Prng;
  readonly troubled: boolean;
  /** The home hardly works. */
  readonly idle: boolean;
  /** School costs that somebody else has already reckoned with; undefined = free to choose. */
  readonly schoolCost: number | undefined;
}

const OTHER_STATUS = ['suspended', 'home_teaching', 'abroad', 'deferred', 'graduated'] as const;

/** At the turn of the year, about M, and about the end of the two months that rules look ahead. */
function graduation({ prng, month: now }: Situation): string {
  const january = `${now.slice(0, 4)}-01`;
  return prng.pick([
    january,
    shiftMonth(january, -1),
    now,
    shiftMonth(now, 1),
    shiftMonth(now, 2),
    shiftMonth(now, 3),
    shiftMonth(now, prng.int(-14, 40)),
  ]);
}

export function enrolment(at: Situation, person: Person, tables: Tables): void {
  const { prng } = at;
  const pupil = { child: 0.65, student: 0.85, adult: 0.12, elder: 0.01 }[person.role];
  if (at.schoolCost === undefined && !prng.chance(pupil)) return;
  const stage =
    person.role === 'child'
      ? prng.pick(['primary', 'junior'])
      : prng.pick(['senior', 'senior', 'vocational', 'vocational', 'university', 'university']);
  const gone = prng.chance(at.troubled ? 0.25 : 0.08);
  const aid = prng.pick([0, 0, 100_000, 123_456, prng.int(0, 400_000)]);
  const paid = prng.pick([
    aid + 1_000_000,
    aid + 1_000_001,
    aid + 1_000_001,
    aid + 999_999,
    0,
    prng.int(0, 2_000_000),
  ]);
  const row = {
    person_id: person.id,
    county: person.county,
    stage,
    status: gone
      ? prng.pick(['absent', 'dropout'])
      : prng.chance(0.8)
        ? 'enrolled'
        : prng.pick(OTHER_STATUS),
    aid_year: prng.chance(0.1) ? '' : money(prng, aid),
    out_of_pocket_year:
      at.schoolCost !== undefined
        ? money(prng, at.schoolCost)
        : prng.chance(0.1)
          ? ''
          : money(prng, paid),
    graduation_month: prng.chance(0.25) ? '' : month(prng, graduation(at)),
  };
  put(tables, 'education/enrolment', prng, row);
  // Where the sum is exact, a row that counted twice would show.
  if (at.schoolCost !== undefined && prng.chance(0.25)) {
    put(tables, 'education/enrolment', prng, row);
  }
  if (at.schoolCost === undefined && prng.chance(0.1)) {
    put(tables, 'education/enrolment', prng, {
      ...row,
      ...prng.pick<Cells>([
        { stage: 'senior' },
        { status: 'absent' },
        { aid_year: '0' },
        { status: 'enrolled', graduation_month: month(prng, graduation(at)) },
      ]),
    });
  }
}

export function insured(at: Situation, person: Person, tables: Tables): void {
  const { prng } = at;
  if (prng.chance(0.15)) return;
  const row = {
    person_id: person.id,
    county: person.county,
    insured: flag(prng, !prng.chance(at.troubled ? 0.2 : 0.06)),
    subsidised: maybeFlag(prng, 0.4, 0.4),
  };
  put(tables, 'medical-insurance/insured', prng, row);
  if (prng.chance(0.02)) {
    put(tables, 'medical-insurance/insured', prng, {
      ...row,
      insured: flag(prng, prng.chance(0.5)),
    });
  }
}

/** At either edge of the two months that rules look ahead, or anywhere. */
function validUntil({ prng, month: now }: Situation): string {
  const end = lastDay(now);
  const edge = prng.pick([end, addMonths(end, 2), lastDay(shiftMonth(now, 2))]);
  return prng.chance(0.7) ? addDays(edge, prng.int(0, 1)) : addDays(end, prng.int(-90, 3_000));
}

export function certificates(at: Situation, person: Person, tables: Tables): void {
  const { prng } = at;
  const { disability } = person;
  if (disability === undefined || prng.chance(0.08)) return;
  const issued = addDays(lastDay(at.month), -prng.int(0, 4_000));
  const row = {
    person_id: person.id,
    county: person.county,
    category: String(prng.chance(0.9) ? disability.category : prng.int(1, 7)),
    // A certificate changes between months: DIS-03 compares them.
    grade: String(prng.chance(0.85) ? disability.grade : prng.int(1, 4)),
    status: prng.weighted({ valid: 9, cancelled: 1, expired: 1 }),
    issued: date(prng, issued),
    valid_until: prng.chance(0.25) ? '' : date(prng, validUntil(at)),
    living_subsidy: maybeFlag(prng, 0.6, 0.25),
    nursing_subsidy: maybeFlag(prng, 0.6, 0.25),
  };
  put(tables, 'disabled-federation/certificates', prng, row);
  if (prng.chance(0.2)) {
    put(tables, 'disabled-federation/certificates', prng, {
      ...row,
      ...prng.pick<Cells>([
        { category: '2', valid_until: '' },
        { category: '2', valid_until: date(prng, validUntil(at)) },
        { status: 'expired', grade: '1' },
        { category: '7', grade: '3' },
        { grade: '4', nursing_subsidy: 'N' },
      ]),
    });
  }
}

/** About three months ago and about a year ago, where the rules look, or between. */
const paidUntil = ({ prng, month: now }: Situation): string =>
  shiftMonth(now, -prng.pick([2, 3, 3, 4, 11, 11, 12, prng.int(0, 9)]));

export function employment(at: Situation, person: Person, tables: Tables): void {
  const { prng } = at;
  if (person.role === 'child' || prng.chance(0.35)) return;
  const row = {
    person_id: person.id,
    county: person.county,
    status: prng.weighted({
      registered_unemployed: 3,
      unregistered_unemployed: 2,
      none: 2,
      employed: at.idle ? 0.2 : 2,
      flexible: at.idle ? 0.1 : 1,
      retired: 1,
    }),
    months_without_income: prng.pick(['', '0', '2', '3', '3', '4', '12']),
    unemployment_benefit: maybeFlag(prng, 0.25, 0.55),
    contributions_until: prng.chance(at.idle ? 0.8 : 0.5) ? '' : month(prng, paidUntil(at)),
  };
  put(tables, 'human-resources/employment', prng, row);
  if (prng.chance(0.06)) {
    put(tables, 'human-resources/employment', prng, {
      ...row,
      ...prng.pick<Cells>([
        { status: 'employed' },
        { months_without_income: '5' },
        { contributions_until: month(prng, paidUntil(at)) },
      ]),
    });
  }
}
