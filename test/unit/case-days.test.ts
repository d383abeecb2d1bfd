/** Every action with a day to be typed refuses one that cannot be true: found by its form, so that none is forgotten. */
import { describe, expect, it } from 'vitest';
import { parseMonth } from '../../core/month.ts';
import type { CaseLead } from '../../cases/gates/gate.ts';
import { newCase, type CaseState, type Opinion } from '../../cases/state.ts';
import { ACTION_NAMES, actionOf, FORMS, type Action } from '../../cases/tables.ts';
import { formOf, person } from '../support/cases.ts';
import { TERMS, TOWN } from '../support/random-case.ts';

const TODAY = '2025-11-20';
const LEAD: CaseLead = {
  rules: ['ILL-01'],
  families: 1,
  complaint: false,
  opened: parseMonth('2025-10'),
};

const said = <F extends string>(finding: F): Opinion<F> => ({
  finding,
  reason: '如表',
  by: 'leader',
  day: '2025-11-10',
});
const opinion = (finding: 'dibao' | 'stop') => ({
  civil: said(finding),
  rural: said('none' as const),
  by: 'leader',
  way: 'county' as const,
  signatures: 0,
});
const visit = { on: '2025-11-10', since: '2025-11-10', relative_of_staff: false, by: 'officer' };
const told = { on: '2025-11-10', until: '2026-01-31' };
const posted = { on: '2025-11-10', civil: said('dibao'), rural: false, until: '2025-11-17' };

/** A case in which each action may happen, and what has to have come before it, on 10 November or in the months before. */
const SITUATIONS: Partial<Record<Action, Partial<CaseState>>> = {
  attempt: {},
  visit: {},
  accept: {},
  conference: {},
  post: { opinion: opinion('dibao') },
  object: { opinion: opinion('dibao'), posted },
  reinvestigate: { objection: 'open', objected: '2025-11-10' },
  appraise: { objection: 'open', objected: '2025-11-10' },
  inform: { direction: 'exit', opinion: opinion('stop') },
  rebut: { direction: 'exit', opinion: opinion('stop'), informed: told },
  notify: { civil: said('none'), rural: said('none') },
  appeal: { notified: told },
  announce: {
    ended: '2025-11-10',
    outcome: {
      civil: 'dibao',
      rural: 'none',
      code: null,
      clause: '',
      reason: '如表',
      kind: 'assisted',
    },
  },
  spot_check: { visit },
};

const dated = ACTION_NAMES.flatMap((name) =>
  ['on', 'received']
    .filter((field) => field in FORMS[name].shape)
    .map((field) => ({ name, field })),
);

describe.each(dated)('$name', ({ name, field }) => {
  const { gate, who } = actionOf(name);
  const people = [1, 2].map((n) => person('township_officer', TOWN, n));
  const actor = people[0] ?? person(who[0], TOWN);
  const situation = SITUATIONS[name];
  const state: CaseState = {
    ...newCase({ lead_id: 'L1', direction: 'need', county: TOWN.slice(0, 6), township: TOWN }),
    ...situation,
  };
  const code = (on: string): string | null => {
    const form = formOf(name, TODAY, people, { [field]: on });
    const [terms] = TERMS;
    if (terms === undefined) throw new Error('no terms');
    return gate?.(state, { form, actor, day: TODAY }, terms, LEAD)?.code ?? null;
  };

  it('takes today, and neither tomorrow nor a day of years ago', () => {
    expect(situation, `say in which situation ${name} may happen`).toBeDefined();
    expect(code(TODAY)).toBeNull();
    expect(code('2025-11-21')).toBe('future');
    expect(code('2020-01-01')).toMatch(/^before-/);
    // The day before what has to come first: 10 November, or the first of a month of the lead.
    const first =
      name === 'accept' ? '2025-09-01' : situationless(name) ? '2025-10-01' : '2025-11-10';
    expect(code(first)).toBeNull();
    expect(code(dayBefore(first))).toMatch(/^before-/);
  });
});

/** Bound by the month of the lead only. */
const situationless = (name: Action): boolean =>
  name === 'attempt' || name === 'visit' || name === 'conference';

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
