/** Cases moved at random by people who try what they may and, now and then, what they may not. */
import type { Actor } from '../../core/account.ts';
import { parseMonth } from '../../core/month.ts';
import { moveDays } from '../../warnings/interpret.ts';
import { CIVIL_EXIT, CIVIL_NEED, RURAL } from '../../cases/findings.ts';
import type { CaseLead } from '../../cases/gates/gate.ts';
import type { CaseState, Direction } from '../../cases/state.ts';
import {
  ACTION_NAMES,
  AVAILABLE_ACTIONS,
  FORMS,
  WHO_MAY,
  type Action,
  type Form,
  type Proposed,
} from '../../cases/tables.ts';
import type { CaseTerms } from '../../cases/terms.ts';
import { formOf, person } from './cases.ts';

export const TOWN = '520102016';
export const OTHER_TOWN = '520103019';

/** Several of each office, in the home's county and in another. */
export const PEOPLE: readonly Actor[] = [TOWN, OTHER_TOWN].flatMap((town) => {
  const county = town.slice(0, 6);
  return [
    ...[1, 2, 3, 4].map((n) => person('township_officer', town, n)),
    person('village_assistant', town),
    person('township_leader', town, 1),
    person('township_leader', town, 2),
    person('township_head', town),
    ...[1, 2].map((n) => person('county_civil_affairs', county, n)),
    ...[1, 2].map((n) => person('county_rural_revitalization', county, n)),
    person('county_supervisor', county),
  ];
});

/** Numbers out of a generated list; it begins again at its end. */
export class Choices {
  private at = 0;
  private readonly numbers: readonly number[];

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  of<T>(list: readonly T[]): T {
    const number = this.numbers[this.at % this.numbers.length] ?? 0;
    this.at += 1;
    return list[number % list.length] as T;
  }
}

/** Numbers below a million, the same for the same seed (mulberry32). */
export function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % 1_000_000;
  };
}

const NEED = Object.keys(CIVIL_NEED);
const EXIT = Object.keys(CIVIL_EXIT);

function finding(choices: Choices, findings: readonly string[], confirming: boolean): object {
  const said = choices.of(findings);
  return {
    finding: said,
    reason: '如表',
    ...(said === 'none' ? { code: 'income_above', clause: '二（一）一' } : {}),
    ...(said === 'stop'
      ? {
          clause: '二（一）一',
          ...(confirming ? {} : { income_per_head: '20000', grace_over: true }),
        }
      : {}),
  };
}

const SUMS: readonly object[] = [
  {},
  { members: 3, amount_month: '780' },
  { members: 3, amount_month: '780.00' },
  { members: 2, amount_month: '620' },
  { members: 3, amount_month: '99999' },
];

/** Actions whose form has a day to be typed. */
const DATED: ReadonlySet<string> = new Set(
  ACTION_NAMES.filter((name) => 'on' in FORMS[name].shape),
);

/** What somebody would say with an action, made of choices. */
export function randomForm(
  action: Action,
  state: Pick<CaseState, 'direction' | 'opinion'>,
  actor: Actor,
  day: string,
  choices: Choices,
): Form<Action> {
  const civil = state.direction === 'exit' ? EXIT : NEED;
  const officers = PEOPLE.filter(
    ({ role, region, name }) =>
      role === 'township_officer' && region === actor.region && name !== actor.name,
  );
  const people = choices.of([[actor], [actor, choices.of([...officers, actor])]]);
  const rural = Object.keys(RURAL);
  const own = actor.role === 'county_civil_affairs' ? 'civil' : 'rural';
  const same = state.opinion === null ? [] : [state.opinion[own].finding];
  const sums = state.opinion?.civil;
  const reviewedSums =
    own === 'civil' && sums?.members !== undefined && sums.amount_month !== undefined
      ? { members: sums.members, amount_month: sums.amount_month }
      : {};
  // Days that cannot be true take a clock away or shorten somebody's time: the gates must see it.
  const typed = (): string =>
    choices.of([
      ...Array.from({ length: 12 }, () => day),
      moveDays(day, -3),
      '2025-10-01',
      '2020-01-01',
      moveDays(day, 1),
    ]);
  const words: Partial<Record<Action, () => object>> = {
    visit: () => ({ relative_of_staff: choices.of([false, false, false, true]) }),
    review: () => ({
      civil: {
        ...finding(choices, civil, false),
        ...choices.of(SUMS),
      },
      rural: finding(choices, rural, false),
    }),
    confirm: () => ({
      ...finding(
        choices,
        [...same, ...same, ...same, choices.of(own === 'civil' ? civil : rural)],
        true,
      ),
      // Mostly the figures of the opinion; other ones are for the gate to see.
      ...choices.of([...Array.from({ length: 9 }, () => reviewedSums), choices.of(SUMS)]),
    }),
    dismiss: () => ({
      code: choices.of(['moved', 'covered', 'not_eligible', 'not_dead']),
      clause: '二（一）',
    }),
    notify: () => ({ received: typed() }),
    assign: () => ({ township: choices.of([TOWN, OTHER_TOWN]) }),
    accept_hand_off: () => ({ township: choices.of([TOWN, OTHER_TOWN]) }),
    hand_off: () => ({ county: choices.of(['520103', '520102']) }),
    send_back: () => ({ to: choices.of(['visit', 'review']) }),
  };
  const more = { ...(DATED.has(action) ? { on: typed() } : {}), ...words[action]?.() };
  return formOf(
    action,
    day,
    people.filter((one, at) => people.indexOf(one) === at),
    more,
  ) as Form<Action>;
}

const SELDOM: ReadonlySet<Action> = new Set<Action>([
  'assign',
  'extend',
  'spot_check',
  'undo',
  'send_back',
  'release',
  'paperwork',
  'notify',
  'hand_off',
  'decline_hand_off',
  'attempt',
  'dismiss',
  'object',
  'appeal',
  'recognise',
]);

export interface Attempt {
  readonly asked: Proposed;
  readonly batch: boolean;
}

/** Somebody's next attempt: mostly something whose turn it is, by somebody who may; sometimes anything by anybody. */
export function nextAttempt(state: CaseState, day: string, choices: Choices): Attempt {
  const wild = choices.of([false, false, false, false, true]);
  const all = Object.keys(WHO_MAY) as Action[];
  const turn: readonly Action[] = AVAILABLE_ACTIONS[state.stage];
  // What is always possible, or leads back, is rarer than what leads on.
  const onward = turn.filter((one) => !SELDOM.has(one));
  const often = onward.length > 0 && choices.of([true, true, true, true, false]);
  const action = choices.of(wild ? all : often ? onward : turn);
  const roles: readonly string[] = WHO_MAY[action];
  const able = PEOPLE.filter(
    ({ role, region }) => roles.includes(role) && region.startsWith(state.county.slice(0, 6)),
  );
  const actor = choices.of(wild || able.length === 0 ? PEOPLE : able);
  return {
    asked: {
      action,
      form: randomForm(action, state, actor, day, choices),
      actor,
      day,
    } as Proposed,
    batch: action === 'recognise' || choices.of([false, false, false, true]),
  };
}

/** As Guizhou and Fenxi have them, and one that asks for everything. */
export const TERMS: readonly CaseTerms[] = [
  {
    investigators: 2,
    meansCheck: true,
    relativeCheck: false,
    conferenceFamilies: 2,
    way: 'county',
    signatures: 0,
    direct: true,
    extensions: [],
  },
  {
    investigators: 2,
    meansCheck: true,
    relativeCheck: true,
    conferenceFamilies: 2,
    way: 'township',
    signatures: 3,
    direct: false,
    extensions: ['objection'],
  },
  {
    investigators: 2,
    meansCheck: true,
    relativeCheck: true,
    conferenceFamilies: 1,
    way: 'county',
    signatures: 0,
    direct: true,
    extensions: ['objection', 'difficult-check'],
  },
];

export const DIRECTIONS: readonly Direction[] = ['need', 'need', 'exit', 'correction'];

const opened = parseMonth('2025-10');

export const LEADS: readonly CaseLead[] = [
  { rules: ['ILL-01'], families: 1, complaint: false, opened },
  { rules: ['MAR-01', 'ILL-01'], families: 2, complaint: false, opened },
  { rules: ['REPORT-complaint'], families: 1, complaint: true, opened },
];
