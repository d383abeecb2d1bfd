import { addDays, firstDay, lastDay, shiftMonth } from '../oracle/calendar.ts';
import { date, flag, maybeFlag, money, put, type Tables } from './format.ts';
import type { Person } from './home.ts';
import { edgeDate, recentDate, type Moment } from './moment.ts';
import type { Prng } from './prng.ts';

// What became known in a month: bills, findings, disasters.

interface Bill {
  readonly id: string;
  readonly person: Person;
  readonly on: string;
  readonly kind: 'inpatient' | 'outpatient' | 'chronic';
  readonly major: boolean;
  readonly self: number;
}

const DISEASES = ['', 'I10', 'C50.9', 'E11', 'N18.5', 'F20.0'] as const;
const EVENTS = ['洪涝', '火灾', '山体滑坡, 房屋受损', '"冰雹"', '交通事故', '干旱'] as const;

function emitBill(prng: Prng, tables: Tables, bill: Bill): void {
  const insurance = bill.self < 0 ? -prng.int(0, 500_000) : prng.int(0, 500_000);
  put(tables, 'medical-insurance/settlements', prng, {
    bill_id: bill.id,
    person_id: bill.person.id,
    county: bill.person.county,
    settled_on: date(prng, bill.on),
    kind: bill.kind,
    disease_code: prng.pick(DISEASES),
    major_illness: flag(prng, bill.major),
    total: money(prng, bill.self + insurance),
    insurance_paid: money(prng, insurance),
    serious_illness_paid: prng.pick(['', '0', '0.00']),
    medical_aid_paid: prng.pick(['', '0', '0.0']),
    self_paid: money(prng, bill.self),
  });
}

const OUTPATIENT = ['outpatient', 'chronic'] as const;

/** The same two bills again every month with other amounts, together at a threshold. */
function yearToDate(prng: Prng, month: string, person: Person, tables: Tables): void {
  const newYear = `${month.slice(0, 4)}-01-01`;
  const threshold = prng.pick([500_000, 2_000_000, 2_000_000]);
  // So much by now is the threshold two months on, but not beyond December.
  const passed = Number(month.slice(5));
  const soon = Math.ceil((threshold * passed) / Math.min(passed + 2, 12));
  const total = prng.pick([threshold, threshold, soon]) + prng.pick([-1, 0, 0, 1]);
  const first = prng.int(1, total);
  const inYear = prng.pick([newYear, lastDay(month), firstDay(month)]);
  const lastYear = addDays(newYear, -1);
  const common = { person, kind: 'inpatient', major: false } as const;
  emitBill(prng, tables, { ...common, id: `Y${person.number}a`, on: inYear, self: first });
  emitBill(prng, tables, {
    ...common,
    id: `Y${person.number}b`,
    on: prng.chance(0.2) ? lastYear : lastDay(month),
    self: total - first,
  });
  // Big, but not an inpatient's: counts for nothing here.
  if (prng.chance(0.2)) {
    emitBill(prng, tables, {
      ...common,
      id: '',
      on: lastDay(month),
      kind: 'chronic',
      self: 700_000,
    });
  }
}

function outpatient(prng: Prng, month: string, person: Person, tables: Tables): void {
  const total = 50_000 + prng.pick([-1, 0, 0, 1]);
  const first = prng.int(1, total + 5_000);
  const bill = (self: number, on: string): void => {
    const kind = prng.pick(OUTPATIENT);
    const id = prng.chance(0.5) ? '' : `O${person.number}-${month}-${self}`;
    emitBill(prng, tables, { id, person, on, kind, major: false, self });
  };
  bill(first, recentDate(prng, month));
  // Negative where the first was already too much: a reversal.
  bill(total - first, prng.chance(0.85) ? recentDate(prng, month) : edgeDate(prng, month));
}

function major(prng: Prng, month: string, person: Person, tables: Tables): void {
  if (!prng.chance(0.4)) return;
  emitBill(prng, tables, {
    id: prng.pick(['', `M${person.number}`, `M${person.number}-${month}`]),
    person,
    on: prng.chance(0.6) ? edgeDate(prng, month) : lastDay(month),
    kind: prng.pick(['inpatient', 'inpatient', 'chronic']),
    major: prng.chance(0.85),
    self: prng.int(10_000, 900_000),
  });
}

function anyBills(prng: Prng, month: string, person: Person, tables: Tables): void {
  for (let left = prng.int(0, 3); left > 0; left -= 1) {
    const bill: Bill = {
      id: prng.chance(0.3) ? '' : `A${person.number}-${prng.int(1, 5)}`,
      person,
      on: prng.chance(0.5) ? recentDate(prng, month) : edgeDate(prng, month),
      kind: prng.pick(['inpatient', 'outpatient', 'chronic']),
      major: prng.chance(0.1),
      self: prng.pick([0, prng.int(1, 60_000), prng.int(1, 800_000)]),
    };
    emitBill(prng, tables, bill);
    // Taken back, wholly or in part, under another number or none.
    if (bill.self > 0 && prng.chance(0.2)) {
      const self = -prng.pick([bill.self, Math.ceil(bill.self / 2)]);
      emitBill(prng, tables, { ...bill, id: bill.id === '' ? '' : `${bill.id}R`, self });
    }
  }
}

export function bills(prng: Prng, month: string, person: Person, tables: Tables): void {
  if (person.bills === 'year-to-date') yearToDate(prng, month, person, tables);
  if (person.bills === 'outpatient') outpatient(prng, month, person, tables);
  if (person.bills === 'major') major(prng, month, person, tables);
  if (person.bills === 'any') anyBills(prng, month, person, tables);
}

/** The rigid expenditure that puts the home at the threshold, one fen above or below it. */
function target(at: Moment): number {
  const { prng, home, standard, size } = at;
  const income = at.income ?? standard;
  const edge =
    home.exact === 'EXP-01' ? Math.floor((3 * income * size) / 5) : (income - standard) * size;
  return Math.max(edge, 0) + prng.int(-1, 2);
}

/** School costs and two bills, redelivered each month, that add up to the target. */
export function exactBills(
  at: Moment,
  tables: Tables,
): { pupil: Person; cost: number } | undefined {
  const { prng, home } = at;
  if (home.exact === undefined) return undefined;
  const total = target(at);
  const pupil = home.persons.find(({ role }) => role === 'child' || role === 'student');
  const cost = pupil === undefined ? 0 : prng.int(0, Math.max(total, 0));
  const first = prng.int(0, Math.max(total, 0));
  const [owner] = home.persons;
  if (owner === undefined) return undefined;
  const bill = (id: string, person: Person, self: number, on: string): void => {
    const kind = prng.pick(['inpatient', ...OUTPATIENT] as const);
    emitBill(prng, tables, { id, person, on, kind, major: false, self });
  };
  const outside = addDays(firstDay(shiftMonth(at.month, -11)), -1);
  bill(`E${home.number}a`, owner, first, recentDate(prng, at.month));
  bill(
    `E${home.number}b`,
    prng.pick(home.persons),
    total - cost - first,
    prng.chance(0.1) ? outside : recentDate(prng, at.month),
  );
  return pupil === undefined ? undefined : { pupil, cost };
}

export function facts(
  prng: Prng,
  month: string,
  months: readonly string[],
  person: Person,
  tables: Tables,
): void {
  const [earliest = month] = months;
  const end = lastDay(month);
  person.factKinds.forEach((kind, index) => {
    if (!prng.chance(0.6)) return;
    // The same `since` in every month, so that later rows replace earlier ones; now and then new.
    const fixed = addDays(lastDay(earliest), -((person.number * 7 + index) % 400));
    const emit = (): void => {
      put(tables, 'cross-check/facts', prng, {
        person_id: person.id,
        county: person.county,
        kind,
        since: date(prng, prng.chance(0.85) ? fixed : prng.pick([end, firstDay(month)])),
        until: prng.pick([
          '',
          '',
          '',
          date(prng, end),
          date(prng, addDays(end, -1)),
          date(prng, addDays(end, 1)),
          date(prng, lastDay(shiftMonth(month, 1))),
        ]),
        amount: prng.chance(0.4) ? '' : money(prng, prng.int(0, 9_000_000)),
        relocation_housing:
          kind === 'real_estate' ? maybeFlag(prng, 0.25, 0.5) : maybeFlag(prng, 0.1, 0.1),
      });
    };
    emit();
    if (prng.chance(0.15)) emit();
  });
}

export function affected(
  prng: Prng,
  month: string,
  person: Person,
  probability: number,
  tables: Tables,
): void {
  if (!prng.chance(probability)) return;
  put(tables, 'emergency/affected', prng, {
    person_id: person.id,
    county: person.county,
    event: prng.pick(EVENTS),
    happened_on: date(prng, edgeDate(prng, month)),
  });
}
