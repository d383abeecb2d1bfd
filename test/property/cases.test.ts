/**
 * Random sequences of attempts on a case (G19), 100,000 of them in `npm run torture`. Whatever was let through is then
 * read by a second reader, who knows nothing of stages and gates and holds every act to what the notices ask for.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveDays } from '../../warnings/interpret.ts';
import { refusalOf } from '../../cases/gates.ts';
import type { CaseLead } from '../../cases/gates/gate.ts';
import { STAGES, type Stage } from '../../cases/stages.ts';
import { WHO_MAY, type Act } from '../../cases/tables.ts';
import { advance } from '../../cases/advance.ts';
import { newCase, type CaseState } from '../../cases/state.ts';
import type { CaseTerms } from '../../cases/terms.ts';
import { Choices, DIRECTIONS, LEADS, nextAttempt, TERMS, TOWN } from '../support/random-case.ts';

const RUNS = Number(process.env['DOUDI_SEQUENCES'] ?? 2_000);
const PUBLICITY = 7;

interface Played {
  readonly acts: readonly Act[];
  readonly states: readonly CaseState[];
}

function play(numbers: readonly number[], terms: CaseTerms, lead: CaseLead): Played {
  const choices = new Choices(numbers);
  let day = '2025-11-10';
  let state = newCase({
    lead_id: 'L1',
    direction: choices.of(DIRECTIONS),
    county: TOWN.slice(0, 6),
    township: TOWN,
  });
  const acts: Act[] = [];
  const states = [state];
  for (let step = 0; step < 90; step += 1) {
    day = moveDays(day, choices.of([0, 0, 1, 8]));
    const { asked, batch } = nextAttempt(state, day, choices);
    if (refusalOf(state, asked, terms, lead) !== null) continue;
    const until = moveDays((asked.form as { on?: string }).on ?? day, PUBLICITY);
    const act = {
      ...asked,
      lead_id: 'L1',
      version: state.version + 1,
      at: `${day}T00:00:00Z`,
      batch: batch ? `B${step}` : null,
      fixed: { until, way: terms.way, signatures: terms.signatures },
    } as Act;
    const next = advance(state, act);
    acts.push(act);
    states.push(next);
    state = next;
  }
  return { acts, states };
}

/** Acts that count: without those that were undone, and their undoing. */
function standing(acts: readonly Act[]): Act[] {
  const left: Act[] = [];
  for (const act of acts) {
    if (act.action === 'undo') left.pop();
    else left.push(act);
  }
  return left;
}

const GRANTS = new Set(['dibao', 'single_dibao', 'tekun', 'marginal', 'rigid_expenditure']);

/** Higher counts more; nobody who was shown the lower one has seen the higher. */
const KINDS = ['', 'marginal rigid_expenditure', 'dibao single_dibao', 'tekun'];
const kindOf = (finding: string): number =>
  KINDS.findLastIndex((kind) => kind.split(' ').includes(finding));

/** Every day that somebody typed lies between what came before it and the day on which it was typed. */
function daysHold(acts: readonly Act[], holds: (what: string, is: boolean) => void): void {
  acts.forEach((act, at) => {
    const form = act.form as { readonly on?: string; readonly received?: string };
    const on = form.on ?? form.received;
    if (on === undefined) return;
    const { action } = act;
    const since = (...names: readonly Act['action'][]): string => {
      const before = acts.slice(0, at).findLast((one) => names.includes(one.action));
      const said = before?.form as typeof form | undefined;
      return said?.on ?? said?.received ?? before?.day ?? '';
    };
    holds(`${action} in the future`, on <= act.day);
    holds(
      `${action} long before the lead`,
      on >= (action === 'accept' ? '2025-09-01' : '2025-10-01'),
    );
    if (action === 'visit')
      for (const one of acts.slice(0, at))
        if (
          one.action === 'accept_hand_off' ||
          (one.action === 'send_back' && one.form.to === 'visit')
        )
          holds('a visit of before it was asked for again', on >= one.day);
    if (action === 'object') holds('an objection before anything was shown', on >= since('post'));
    if (action === 'reinvestigate' || action === 'appraise')
      holds(`${action} before the objection`, on >= since('object', 'rebut', 'appeal'));
    if (action === 'rebut') holds('an answer before the question', on >= since('inform'));
    if (action === 'appeal') holds('a review asked for before the notice', on >= since('notify'));
    if (action === 'spot_check') holds('a check before the visit', on >= since('visit'));
  });
}

/** The second reader. @returns what is wrong with a case that ended, in words */
function faults(acts: readonly Act[], end: CaseState, terms: CaseTerms, lead: CaseLead): string[] {
  const found: string[] = [];
  const holds = (what: string, is: boolean): void => {
    if (!is) found.push(what);
  };
  const last = <A extends Act['action']>(action: A): Extract<Act, { action: A }> | undefined =>
    acts.findLast((act): act is Extract<Act, { action: A }> => act.action === action);
  const all = <A extends Act['action']>(action: A): Extract<Act, { action: A }>[] =>
    acts.filter((act): act is Extract<Act, { action: A }> => act.action === action);
  for (const { action, actor } of acts)
    holds(`${action} by ${actor.role}`, WHO_MAY[action].includes(actor.role));
  for (const act of all('visit')) {
    const names = act.form.investigators.map(({ account }) => account);
    holds('a visit by too few', new Set(names).size >= terms.investigators);
    holds('a visit without whoever entered it', names.includes(act.actor.name));
  }
  daysHold(acts, holds);
  const { outcome } = end;
  if (outcome === null) return found;
  const uphold = last('uphold');
  if (outcome.civil === null) {
    holds(
      'dismissed by one person',
      uphold !== undefined && last('dismiss')?.actor.name !== uphold.actor.name,
    );
    holds('dismissed after an application', last('accept') === undefined);
    if (lead.complaint) holds('a complaint without a visit', all('visit').length > 0);
    return found;
  }
  // What came after the end decided nothing.
  const deciders = ['recognise', 'confirm', 'sign', 'file', 'notify'];
  const recognised = acts
    .slice(acts.findLastIndex(({ action }) => action === 'send_back' || action === 'visit') + 1)
    .filter((act): act is Extract<Act, { action: 'recognise' }> => act.action === 'recognise');
  if (acts.findLast(({ action }) => deciders.includes(action))?.action === 'recognise') {
    holds(
      'recognised without both bureaus',
      new Set(recognised.map(({ actor }) => actor.role)).size === 2,
    );
    holds('recognised without the clause', terms.direct && lead.rules.includes('MAR-01'));
    return found;
  }
  const review = last('review');
  const visit = last('visit');
  holds('no visit', visit !== undefined);
  holds('no review', review !== undefined);
  if (review === undefined || visit === undefined) return found;
  const deciding = acts
    .slice(acts.indexOf(review))
    .filter(({ action }) => action === 'confirm' || action === 'sign');
  const isAfter = (day: string | undefined, opinion: string): boolean =>
    day === undefined || day >= opinion;
  // An objection may send a posted opinion back: what counts is the one that was posted or told.
  for (const act of acts)
    if (act.action === 'post' || act.action === 'inform') {
      const before = acts.slice(0, acts.indexOf(act)).findLast(({ action }) => action === 'review');
      holds(`${act.action} before its opinion`, isAfter(act.form.on, before?.day ?? ''));
    }
  holds(
    'told before it was decided',
    isAfter(last('notify')?.form.received, deciding[0]?.day ?? ''),
  );
  const investigators = new Set(
    acts.flatMap((act) =>
      act.action === 'visit' || act.action === 'reinvestigate'
        ? [act.actor.name, ...act.form.investigators.map(({ account }) => account)]
        : [],
    ),
  );
  for (const { actor } of deciding) {
    holds('an investigator decides', !investigators.has(actor.name));
    holds('a reviewer decides', !all('review').some((one) => one.actor.name === actor.name));
  }
  holds(
    'an investigator reviews',
    !investigators.has(review.actor.name) ||
      acts.indexOf(review) <
        acts.findLastIndex(({ action }) => action === 'visit' || action === 'reinvestigate'),
  );
  const civil = deciding.some(({ actor }) => actor.role === 'county_civil_affairs');
  const rural = deciding.some(({ actor }) => actor.role === 'county_rural_revitalization');
  holds('rural revitalization has not spoken', rural);
  if (terms.way === 'county') holds('civil affairs has not spoken', civil);
  else {
    const signed = deciding.filter(({ action }) => action === 'sign');
    holds(
      'signatures are lacking',
      new Set(signed.map(({ actor }) => actor.role)).size >= terms.signatures,
    );
    holds('the county has not filed', last('file') !== undefined);
  }
  if (GRANTS.has(outcome.civil)) {
    holds('granted without an application', last('accept') !== undefined);
    holds('granted without a means check', last('means_check') !== undefined);
  }
  const asked = review.form.civil;
  for (const act of deciding)
    if (act.action === 'confirm') {
      const { members, amount_month } = act.form;
      const own = act.actor.role === 'county_civil_affairs' ? asked : undefined;
      if (members !== undefined) holds('other persons than reviewed', members === own?.members);
      if (amount_month !== undefined)
        holds('another sum than reviewed', Number(amount_month) === Number(own?.amount_month));
    }
  if (GRANTS.has(outcome.civil)) {
    // What the village was shown: the opinion before the last posting.
    const posting = acts.findLastIndex(({ action }) => action === 'post');
    const shown = acts
      .slice(0, Math.max(posting, 0))
      .findLast((act): act is Extract<Act, { action: 'review' }> => act.action === 'review')
      ?.form.civil;
    holds(
      'more money than posted',
      Number(asked.amount_month ?? 0) <= Number(shown?.amount_month ?? 0),
    );
    holds('more persons than posted', (asked.members ?? 0) <= (shown?.members ?? 0));
    holds('a higher kind than posted', kindOf(outcome.civil) <= kindOf(shown?.finding ?? ''));
  }
  if (GRANTS.has(outcome.civil) || outcome.rural === 'monitored') {
    const post = last('post');
    holds('granted unseen', post !== undefined);
    for (const { day } of deciding)
      if (post !== undefined)
        holds('decided during publicity', day > moveDays(post.form.on, PUBLICITY));
  }
  if (outcome.civil === 'stop') {
    const inform = last('inform');
    holds('stopped without a means check', last('means_check') !== undefined);
    holds('stopped without telling the household', inform !== undefined);
    holds('stopped without a written notice', last('notify') !== undefined);
    holds('stopped during grace', review.form.civil.grace_over === true);
    for (const { day } of deciding)
      if (inform !== undefined)
        holds('stopped before the answer', day > moveDays(inform.form.on, PUBLICITY));
  }
  if (outcome.civil === 'none' && last('accept') !== undefined) {
    holds('an applicant refused without a means check', last('means_check') !== undefined);
    holds('an applicant refused without a written notice', last('notify') !== undefined);
  }
  if (visit.form.relative_of_staff) {
    holds('a relative who is not registered', last('register') !== undefined);
    if (terms.relativeCheck)
      holds(
        'a relative whom the county has not checked',
        last('county_check')?.form.sound === true,
      );
  }
  if (terms.conferenceFamilies !== null && lead.families >= terms.conferenceFamilies)
    holds('no joint conference', last('conference') !== undefined);
  return found;
}

describe('random sequences of attempts', () => {
  it(`reach no state that the notices forbid, in ${RUNS} sequences`, () => {
    const reached = new Set<Stage>();
    let ended = 0;
    fc.assert(
      fc.property(
        fc.noBias(fc.array(fc.nat(1_000_000), { minLength: 600, maxLength: 700 })),
        fc.constantFrom(...TERMS),
        fc.constantFrom(...LEADS),
        (numbers, terms, lead) => {
          const { acts, states } = play(numbers, terms, lead);
          for (const { stage } of states) reached.add(stage);
          states.forEach((state, at) => {
            expect(state.version).toBe(at);
            expect(state.stage in STAGES).toBe(true);
          });
          const end = states.at(-1);
          if (end === undefined) return;
          if (end.outcome !== null) ended += 1;
          expect(faults(standing(acts), end, terms, lead)).toEqual([]);
          // The same acts make the same case, whoever reads them.
          const [first] = states;
          const again = acts.map((act) => JSON.parse(JSON.stringify(act)) as Act);
          expect(first === undefined ? null : again.reduce<CaseState>(advance, first)).toEqual(end);
        },
      ),
      // A list of hundreds of choices shrinks for minutes; the seed finds the case again.
      { numRuns: RUNS, seed: 20251110, endOnFailure: true },
    );
    // A test that never gets anywhere proves nothing.
    expect([...reached].sort()).toEqual(Object.keys(STAGES).sort());
    expect(ended).toBeGreaterThan(RUNS / 20);
  }, 600_000);
});
