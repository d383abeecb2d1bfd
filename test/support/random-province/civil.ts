import { addDays, addMonths, lastDay, shiftMonth } from '../oracle/calendar.ts';
import { date, flag, maybeFlag, money, month, put, type Cells, type Tables } from './format.ts';
import { pseudonym, type Kind, type Person } from './home.ts';
import { edgeDate, recentDate, type Moment } from './moment.ts';
import type { Prng } from './prng.ts';

// Assistance, members and monitored: the rows that make a household.

const REASONS = ['state_employment', 'flexible_employment', 'other'] as const;
const LABOUR = ['full', 'partial', 'none', ''] as const;
const TOPUPS = ['elderly', 'disabled', 'seriously_ill', 'student', 'other'] as const;
const RELATIONS = ['配偶', '子女', '父母', '孙子女, 外孙子女', '其他"亲属"', ''] as const;

/** The codes that name one programme, and the names. */
const programmeCell = (prng: Prng, programme: string): string => {
  const code = {
    urban_dibao: '110',
    rural_dibao: '120',
    tekun_concentrated: '131',
    tekun_dispersed: '132',
  }[programme];
  return code !== undefined && prng.chance(0.15) ? code : programme;
};

function programmeOf(at: Moment, kind: Kind): string {
  const { prng, home } = at;
  switch (kind) {
    case 'tekun':
      return prng.pick(['tekun_concentrated', 'tekun_dispersed']);
    case 'marginal':
      return 'marginal';
    case 'rigid':
      return 'rigid_expenditure';
    case 'children':
      return prng.pick(['orphan', 'unattended_child']);
    case 'temporary':
      return 'temporary_aid';
    case 'dibao':
    case 'left':
    case 'monitored':
    case 'members':
    case 'none':
      // A contradiction with the residence is counted, never bad.
      return (home.residence === 'urban') !== prng.chance(0.05) ? 'urban_dibao' : 'rural_dibao';
  }
}

function statusOf(prng: Prng, kind: Kind): string {
  if (kind === 'left') {
    return prng.weighted({ refused: 5, exited: 5, applied: 1, grace: 0.3 });
  }
  return prng.weighted({ active: 12, grace: 3, exited: 1, refused: 0.5, applied: 1 });
}

/** The months end within a day of 30 days after the end of M, or clamp at a month's end. */
function graceStart(at: Moment, reason: string): string {
  const { prng, end } = at;
  const months = reason === 'state_employment' ? 3 : 6;
  const limit = addDays(end, 30);
  const exactly = addMonths(addDays(limit, prng.int(-1, 1)), -months);
  // Or just after the end of M, or at the end of the two months that rules look ahead.
  const ahead = addDays(prng.pick([end, addMonths(end, 2)]), prng.int(0, 1));
  const clamping = lastDay(shiftMonth(at.month, 1 - months + prng.int(-1, 1)));
  const start = prng.pick([
    exactly,
    exactly,
    exactly,
    addMonths(ahead, -months),
    addMonths(ahead, -months),
    clamping,
    addDays(end, -prng.int(0, 300)),
  ]);
  return start > end ? end : start;
}

function reviewDate(at: Moment): string {
  const yearAgo = lastDay(shiftMonth(at.month, -12));
  return at.prng.pick([
    yearAgo,
    addDays(yearAgo, 1),
    addDays(yearAgo, -1),
    addDays(yearAgo, at.prng.int(2, 360)),
    addDays(yearAgo, at.prng.int(2, 360)),
    addDays(yearAgo, at.prng.int(2, 360)),
  ]);
}

const incomeCell = (at: Moment): string => {
  const { prng, income } = at;
  const free = at.home.exact === undefined && at.home.incomeBefore === undefined;
  if (income === undefined || (free && prng.chance(0.1))) return '';
  const other = free && prng.chance(0.1);
  return money(prng, other ? prng.int(0, at.standard * 2) : income);
};

const sizeCell = (at: Moment): string => {
  const wrong = at.home.exact === undefined && at.prng.chance(0.08);
  return String(wrong ? at.prng.int(1, 6) : at.size);
};

function village(at: Moment): string {
  return at.prng.chance(0.2) ? '' : `${at.home.township}${at.prng.pick(['201', '202'])}`;
}

/** In a home that does not work hardly anybody is able, and the word is often left out. */
const labour = (at: Moment, otherwise: readonly string[]): string =>
  at.home.idle
    ? at.prng.pick(['none', 'none', 'none', '', '', 'partial'])
    : at.prng.pick(otherwise);

function assistanceRow(at: Moment, person: Person, kind: Kind, more: Cells = {}): Cells {
  const { prng, home } = at;
  const status = more['status'] ?? statusOf(prng, kind);
  const reason = status === 'grace' || prng.chance(0.05) ? prng.pick([...REASONS, '']) : '';
  const graced = status === 'grace' || prng.chance(0.05);
  const residence = prng.chance(0.04) ? prng.pick(['urban', 'rural']) : home.residence;
  return {
    person_id: person.id,
    household_id: home.id,
    county: home.county,
    township: home.township,
    village: village(at),
    residence,
    programme: programmeCell(prng, programmeOf(at, kind === 'left' ? 'dibao' : kind)),
    status_date: date(
      prng,
      prng.chance(0.6) ? recentDate(prng, at.month) : edgeDate(prng, at.month),
    ),
    household_size: sizeCell(at),
    income_per_capita_year: incomeCell(at),
    labour_capacity: labour(at, LABOUR),
    self_care: prng.pick(LABOUR),
    single_person: home.singlePerson === undefined ? '' : flag(prng, home.singlePerson),
    amount_month: prng.chance(0.2) ? '' : money(prng, prng.int(0, 80_000)),
    topup_month: prng.pick(['', '', '0', '0.00', '0.01', money(prng, prng.int(1, 20_000))]),
    topup_kinds: prng
      .shuffle(TOPUPS)
      .slice(0, prng.pick([0, 0, 0, 1, 1, 2, 3]))
      .join(';'),
    review_date: prng.chance(0.15) ? '' : date(prng, reviewDate(at)),
    grace_reason: reason,
    grace_start: graced && prng.chance(0.9) ? date(prng, graceStart(at, reason)) : '',
    relocated: maybeFlag(prng, 0.2, 0.5),
    status,
    ...more,
  };
}

/** Moved away, and taken over at the other end, or not, or by a programme that is none of these. */
function moved(at: Moment, person: Person, emit: (row: Cells) => void): void {
  const { prng, home } = at;
  const row = assistanceRow(
    at,
    person,
    prng.pick(['dibao', 'dibao', 'tekun', 'children', 'marginal']),
    {
      status: prng.weighted({ exited: 8, refused: 1, active: 1 }),
      status_date: edgeDate(prng, at.month),
      relocated: maybeFlag(prng, 0.85, 0.1),
    },
  );
  emit(row);
  if (!prng.chance(0.5)) return;
  emit({
    ...row,
    county: home.otherCounty,
    township: `${home.otherCounty}001`,
    programme: programmeCell(prng, prng.pick(['rural_dibao', 'tekun_dispersed', 'marginal'])),
    status: prng.pick(['active', 'grace', 'applied']),
    grace_start: '',
  });
}

export function assistance(at: Moment, tables: Tables): void {
  const { prng, home } = at;
  if (['monitored', 'members', 'none'].includes(home.kind)) return;
  const emit = (row: Cells): void => {
    put(tables, 'civil-affairs/assistance', prng, row);
  };
  home.persons.forEach((person, index) => {
    if (home.kind === 'left' && prng.chance(0.15)) {
      moved(at, person, emit);
      return;
    }
    if (index > 0 && !prng.chance(0.6)) return;
    const row = assistanceRow(at, person, home.kind);
    emit(row);
    if (!prng.chance(0.25)) return;
    // A second row of the same person that differs in one thing.
    const basic = prng.pick(['rural_dibao', 'orphan', 'tekun_dispersed', 'urban_dibao']);
    const more: readonly Cells[] = [
      { county: home.otherCounty },
      { programme: basic },
      { programme: basic, status: 'exited' },
      { status: row['status'] === 'active' ? 'grace' : 'active' },
      { programme: 'temporary_aid', status: 'active' },
      { township: `${home.county}003` },
      { topup_month: '120.50', status_date: edgeDate(prng, at.month) },
      { status: 'refused', status_date: edgeDate(prng, at.month) },
      // Two graces, of one reason or of two, of which the earlier may be over.
      {
        status: 'grace',
        grace_reason: 'other',
        grace_start: date(prng, graceStart(at, 'other')),
      },
    ];
    emit({ ...row, ...prng.pick(more) });
  });
}

/** Rather one of the disabled, sometimes somebody of the next home. */
function supported({ prng, home, options }: Moment): string {
  if (prng.chance(0.1)) return pseudonym(options.seed, 'person', (home.number + 1) * 10);
  const disabled = home.persons.filter(({ disability }) => disability !== undefined);
  return prng.pick(disabled.length > 0 && prng.chance(0.7) ? disabled : home.persons).id;
}

export function members(at: Moment, tables: Tables): void {
  const { prng, home } = at;
  if (!home.listed) return;
  home.persons.forEach((person) => {
    if (home.kind !== 'members' && prng.chance(0.1)) return;
    const supporter = prng.chance(0.2);
    const row = {
      person_id: person.id,
      household_id: home.id,
      county: home.county,
      relation: prng.pick(RELATIONS),
      sex: prng.chance(0.2) ? '' : person.sex,
      birth_month: prng.chance(0.1) ? '' : month(prng, person.birth),
      supporter_of: supporter ? supported(at) : '',
      supporter_income_per_capita_year: supporter ? money(prng, prng.int(0, 5_000_000)) : '',
    };
    put(tables, 'civil-affairs/members', prng, row);
    // Two rows of one person that do not agree about the birth month: the earlier line speaks.
    if (prng.chance(0.04)) {
      const birth = prng.chance(0.5)
        ? ''
        : month(prng, shiftMonth(person.birth, prng.int(-13, 13)));
      put(tables, 'civil-affairs/members', prng, { ...row, birth_month: birth });
    }
  });
}

function monitoredRow(at: Moment, person: Person): Cells {
  const { prng, home } = at;
  const open = prng.chance(home.kind === 'monitored' ? 0.85 : 0.7);
  const identified = shiftMonth(at.month, -prng.pick([0, 1, 2, 11, 12, 13, 30]));
  return {
    person_id: person.id,
    household_id: home.monitoredId,
    county: home.monitoredId === home.id ? home.county : home.otherCounty,
    township: home.township,
    village: village(at),
    category: prng.pick(['unstable', 'marginal', 'sudden']),
    risk: open ? 'open' : 'eliminated',
    causes: prng.pick([
      '',
      'illness',
      'illness;schooling',
      'disaster',
      'accident;employment',
      'other',
      'disability',
    ]),
    identified_month: month(prng, identified),
    eliminated_month: open ? '' : month(prng, at.month),
    income_per_capita_year: incomeCell(at),
    rigid_expenditure_year: prng.chance(0.5) ? '' : money(prng, prng.int(0, 3_000_000)),
    labour_capacity: labour(at, ['full', 'full', 'full', 'partial', 'none', '']),
    employment: prng.pick(['none', 'none', 'none', 'local', 'migrant', 'public_post', '']),
    measures: prng.pick(['0', '0', '0', '1', '2', '']),
    relocated: maybeFlag(prng, 0.3, 0.5),
    household_size: sizeCell(at),
    birth_month: prng.chance(0.25) ? '' : month(prng, person.birth),
  };
}

export function monitored(at: Moment, tables: Tables): void {
  const { prng, home } = at;
  if (!home.monitored) return;
  home.persons.forEach((person, index) => {
    if (index > 0 && prng.chance(0.2)) return;
    const row = monitoredRow(at, person);
    put(tables, 'rural-revitalization/monitored', prng, row);
    // Two rows whose parts satisfy EMP-03 only together.
    if (prng.chance(0.08)) {
      put(tables, 'rural-revitalization/monitored', prng, {
        ...row,
        ...prng.pick<Cells>([{ risk: 'eliminated' }, { measures: '3' }, { employment: 'local' }]),
      });
    }
  });
}
