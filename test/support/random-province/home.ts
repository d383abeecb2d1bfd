import { createHash } from 'node:crypto';
import { shiftMonth } from '../oracle/calendar.ts';
import type { Prng } from './prng.ts';

// What stays the same about a home from month to month.

export interface Options {
  readonly dir: string;
  readonly seed: number;
  readonly homes: number;
  readonly months: readonly string[];
  readonly counties: readonly string[];
  readonly standard: { readonly rural: number; readonly urban: number };
  readonly pcdi: number;
  readonly missing?: readonly string[] | undefined;
  readonly manifests?: boolean | undefined;
}

export type Role = 'child' | 'student' | 'adult' | 'elder';

export type Bills = 'none' | 'year-to-date' | 'outpatient' | 'major' | 'any';

export interface Person {
  readonly id: string;
  readonly number: number;
  readonly county: string;
  readonly role: Role;
  readonly birth: string;
  readonly sex: 'male' | 'female';
  readonly bills: Bills;
  readonly disability: { readonly category: number; readonly grade: number } | undefined;
  readonly factKinds: readonly string[];
}

export type Kind =
  | 'dibao'
  | 'tekun'
  | 'marginal'
  | 'rigid'
  | 'children'
  | 'temporary'
  | 'left'
  | 'monitored'
  | 'members'
  | 'none';

export interface Home {
  readonly number: number;
  readonly id: string;
  /** The household_id in the monitored extract; differs from `id` in some homes. */
  readonly monitoredId: string;
  readonly kind: Kind;
  /** Also among the monitored, with open risk as a rule. */
  readonly monitored: boolean;
  readonly listed: boolean;
  readonly county: string;
  readonly otherCounty: string;
  readonly township: string;
  readonly residence: 'urban' | 'rural';
  readonly persons: readonly Person[];
  readonly singlePerson: boolean | undefined;
  /** Bills and school costs add up to a target for one rule and nothing else. */
  readonly exact: 'EXP-01' | 'EXP-02' | undefined;
  /** Nobody here works, or hardly anybody: what FAM-03 looks for. */
  readonly idle: boolean;
  /** Income falls in the last month to about 70 % of this many fen, what it was before. */
  readonly incomeBefore: number | undefined;
  /** Many things at once go wrong here, as they do: what the combining rules look for. */
  readonly troubled: boolean;
}

const FACTS = [
  'death',
  'death',
  'fiscal_payroll',
  'pension',
  'business',
  'real_estate',
  'real_estate',
  'real_estate',
  'vehicle',
  'deposit',
  'housing_fund',
] as const;

export function pseudonym(seed: number, what: string, number: number): string {
  return createHash('sha256').update(`${seed} ${what} ${number}`).digest('hex').slice(0, 32);
}

/** Ages stand at, just before and just after the birthdays that the rules name. */
function birthMonth(prng: Prng, role: Role, months: readonly string[]): string {
  const now = prng.pick(months);
  const years = {
    child: () => prng.pick([6, 6, 16, 16, 7, 10, 15, 3]),
    student: () => prng.pick([16, 17, 18, 18]),
    adult: () => prng.pick([18, 18, 60, 60, 30, 45, 59]),
    elder: () => prng.pick([60, 60, 72, 80, 80]),
  }[role]();
  return shiftMonth(now, -12 * years + prng.int(-1, 3));
}

const CHILD_KINDS: Readonly<Record<Role, number>> = { child: 3, student: 1, adult: 0, elder: 0 };
const HOME_KINDS: Readonly<Record<Role, number>> = { child: 3, student: 2, adult: 4, elder: 1 };

export interface PersonOptions {
  readonly seed: number;
  readonly number: number;
  readonly county: string;
  readonly months: readonly string[];
  readonly role: Role;
  readonly troubled: boolean;
  readonly exact: boolean;
  readonly onDibao: boolean;
}

export function makePerson(prng: Prng, options: PersonOptions): Person {
  const { seed, number, county, months, role, troubled, exact, onDibao } = options;
  const busy = troubled ? 2 : 1;
  const bills = exact
    ? 'none'
    : prng.weighted({
        none: 5,
        'year-to-date': busy,
        outpatient: busy,
        major: busy * 1.5,
        any: busy,
      });
  return {
    id: pseudonym(seed, 'person', number),
    number,
    county,
    role,
    birth: birthMonth(prng, role, months),
    sex: prng.pick(['male', 'female']),
    bills,
    disability: prng.chance(0.15 * busy)
      ? { category: prng.int(1, 7), grade: prng.pick([1, 2, 2, 3, 3, 4]) }
      : undefined,
    factKinds: prng.chance(onDibao ? 0.65 : 0.08)
      ? [prng.pick(FACTS), ...(prng.chance(0.3) ? [prng.pick(FACTS)] : [])]
      : [],
  };
}

export function makeHome(prng: Prng, options: Options, number: number): Home {
  const { seed, counties, months } = options;
  const county = prng.pick(counties);
  const kind = prng.weighted<Kind>({
    dibao: 9,
    tekun: 2,
    marginal: 2,
    rigid: 1,
    children: 2,
    temporary: 2,
    left: 6,
    monitored: 6,
    members: 2,
    none: 1,
  });
  const exact =
    ['left', 'monitored', 'temporary', 'rigid', 'marginal', 'dibao'].includes(kind) &&
    prng.chance(kind === 'dibao' ? 0.05 : 0.35)
      ? prng.pick(['EXP-01', 'EXP-02'] as const)
      : undefined;
  const troubled = prng.chance(0.45);
  const id = pseudonym(seed, 'household', number);
  const heads = kind === 'tekun' ? 1 : prng.int(1, 4);
  // Children with nobody grown up beside them, or only a disabled elder: what FAM-04 looks for.
  const alone = kind === 'children' || prng.chance(0.12);
  const persons = Array.from({ length: heads }, (_, index) =>
    makePerson(prng, {
      seed,
      number: number * 10 + index,
      county,
      months,
      role:
        index === 0 && (!alone || (kind !== 'children' && prng.chance(0.5)))
          ? prng.pick(['adult', 'adult', 'elder'])
          : prng.weighted(alone ? CHILD_KINDS : HOME_KINDS),
      troubled: troubled || alone,
      exact: exact !== undefined,
      onDibao: kind === 'dibao',
    }),
  );
  const monitored = kind === 'monitored' || prng.chance(0.25);
  return {
    number,
    id,
    // A person with two household_ids: civil affairs' one and the other bureau's.
    monitoredId: kind !== 'monitored' && prng.chance(0.3) ? pseudonym(seed, 'other', number) : id,
    kind,
    monitored,
    listed: kind === 'members' || prng.chance(0.7),
    county,
    otherCounty: prng.pick(counties),
    township: `${county}${prng.pick(['001', '002', '100'])}`,
    residence: prng.chance(0.35) ? 'urban' : 'rural',
    persons,
    singlePerson: prng.pick([true, false, false, undefined]),
    exact,
    idle: exact === undefined && prng.chance(0.2),
    incomeBefore:
      exact === undefined && prng.chance(0.2)
        ? prng.pick([0, 1, prng.int(1, 1_500_000)])
        : undefined,
    troubled,
  };
}
