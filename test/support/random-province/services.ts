import { addDays, lastDay, shiftMonth } from '../oracle/calendar.ts';
import { date, flag, maybeFlag, money, month, put, type Cells, type Tables } from './format.ts';
import type { Person } from './home.ts';
import type { Prng } from './prng.ts';

// State extracts about one person: school, insurance, disability, work.

export interface Situation {
  readonly month: string;
  readonly prng: Prng;
  readonly troubled: boolean;
  /** School costs that somebody else has already reckoned with; undefined = free to choose. */
  readonly schoolCost: number | undefined;
}

const OTHER_STATUS = ['suspended', 'home_teaching', 'abroad', 'deferred', 'graduated'] as const;

export function enrolment(at: Situation, person: Person, tables: Tables): void {
  const { prng } = at;
  const pupil = person.role === 'child' ? 0.65 : person.role === 'student' ? 0.85 : 0.02;
  if (at.schoolCost === undefined && !prng.chance(pupil)) return;
  const stage =
    person.role === 'child'
      ? prng.pick(['primary', 'junior'])
      : prng.pick(['senior', 'senior', 'vocational', 'vocational', 'university']);
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
    graduation_month: prng.chance(0.5) ? '' : month(prng, shiftMonth(at.month, prng.int(1, 40))),
  };
  put(tables, 'education/enrolment', prng, row);
  // Where the sum is exact, a row that counted twice would show.
  if (at.schoolCost !== undefined && prng.chance(0.25)) {
    put(tables, 'education/enrolment', prng, row);
  }
  if (at.schoolCost === undefined && prng.chance(0.05)) {
    put(tables, 'education/enrolment', prng, {
      ...row,
      ...prng.pick<Cells>([{ stage: 'senior' }, { status: 'absent' }, { aid_year: '0' }]),
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
    valid_until: prng.chance(0.4) ? '' : date(prng, addDays(lastDay(at.month), prng.int(1, 3_000))),
    living_subsidy: maybeFlag(prng, 0.6, 0.25),
    nursing_subsidy: maybeFlag(prng, 0.6, 0.25),
  };
  put(tables, 'disabled-federation/certificates', prng, row);
  if (prng.chance(0.1)) {
    put(tables, 'disabled-federation/certificates', prng, {
      ...row,
      ...prng.pick<Cells>([
        { status: 'expired', grade: '1' },
        { category: '7', grade: '3' },
        { grade: '4', nursing_subsidy: 'N' },
      ]),
    });
  }
}

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
      employed: 2,
      flexible: 1,
      retired: 1,
    }),
    months_without_income: prng.pick(['', '0', '2', '3', '3', '4', '12']),
    unemployment_benefit: maybeFlag(prng, 0.25, 0.55),
    contributions_until: prng.chance(0.5) ? '' : month(prng, shiftMonth(at.month, -prng.int(0, 9))),
  };
  put(tables, 'human-resources/employment', prng, row);
  if (prng.chance(0.06)) {
    put(tables, 'human-resources/employment', prng, {
      ...row,
      ...prng.pick<Cells>([{ status: 'employed' }, { months_without_income: '5' }]),
    });
  }
}
