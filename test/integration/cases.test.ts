/** A case through its gates, each with the people it asks for and refused by the others. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../core/account.ts';
import { openHome } from '../../core/home.ts';
import { openStore } from '../../store/store.ts';
import { workOutClocks } from '../../cases/clocks.ts';
import { remindCounty } from '../../cases/remind.ts';
import { doudi, withHome } from '../support/doudi.ts';
import { deliver, home as household, person as inboxPerson } from '../support/inbox.ts';
import { MovedClock } from '../support/moved-clock.ts';
import { officeOf } from '../support/office.ts';
import { CaseRefused } from '../../cases/refused.ts';
import { leadId, person, plant, withClerks, type ClerksAtWork } from '../support/cases.ts';

const COUNTY = '520102';
const TOWN = '520102001';
const LEAD = leadId(1);

const officer = person('township_officer', TOWN, 1);
const second = person('township_officer', TOWN, 2);
const leader = person('township_leader', TOWN);
const civil = person('county_civil_affairs', COUNTY);
const rural = person('county_rural_revitalization', COUNTY);

const need = {
  lead_id: LEAD,
  direction: 'need',
  county: COUNTY,
  township: TOWN,
  rules: ['ILL-01'],
} as const;

/** The code of the gate that is shut, or of the refusal. */
async function refusalFrom(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CaseRefused) return error.gate ?? error.code;
    throw error;
  }
  return 'none';
}

const DIBAO = {
  civil: { finding: 'dibao', members: 3, amount_month: '780.00', reason: '人均收入低于标准' },
  rural: { finding: 'monitored', reason: '存在返贫风险' },
};

async function untilPosted({ act, clock }: ClerksAtWork): Promise<void> {
  await act(LEAD, officer, 'take');
  await act(LEAD, officer, 'visit', {}, [officer, second]);
  await act(LEAD, officer, 'accept');
  await act(LEAD, officer, 'means_check');
  await act(LEAD, leader, 'review', DIBAO);
  clock.to('2025-11-11');
  await act(LEAD, officer, 'post');
}

describe('a plain case in Guizhou', () => {
  it('goes through one visit, one review and one confirmation by both bureaus', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      const { store, act, clock } = desk;
      await plant(store, [need]);
      expect(await refusalFrom(act(LEAD, leader, 'take'))).toBe('role');
      expect(await refusalFrom(act(LEAD, person('township_officer', '520102002'), 'take'))).toBe(
        'case-unknown',
      );
      expect(await refusalFrom(act(LEAD, officer, 'review', DIBAO))).toBe('stage');
      await untilPosted(desk);
      expect(
        await refusalFrom(act(LEAD, civil, 'confirm', { finding: 'dibao', reason: '同意' })),
      ).toBe('publicity');
      clock.to('2025-11-18');
      expect(
        await refusalFrom(act(LEAD, civil, 'confirm', { finding: 'dibao', reason: '同意' })),
      ).toBe('publicity');
      clock.to('2025-11-19');
      const half = await act(LEAD, civil, 'confirm', {
        finding: 'dibao',
        reason: '同意',
        members: 3,
        amount_month: '780',
      });
      expect(half.stage).toBe('confirming');
      expect(
        await refusalFrom(act(LEAD, civil, 'confirm', { finding: 'dibao', reason: '同意' })),
      ).toBe('confirmed');
      const done = await act(LEAD, rural, 'confirm', { finding: 'monitored', reason: '同意' });
      expect(done.stage).toBe('closed');
      const [answer] = await store.sql.rows('SELECT outcome, month FROM lead_outcome');
      expect(answer).toEqual({ outcome: 'assisted', month: '2025-11' });
    }));
});

describe('what is confirmed is what was reviewed and posted', () => {
  const yes = { finding: 'dibao', reason: '同意' };

  it('neither another sum nor other persons; the same money however it is written', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      const { store, act, clock } = desk;
      await plant(store, [need]);
      await untilPosted(desk);
      clock.to('2025-11-19');
      const confirm = (actor: Actor, more: object) => act(LEAD, actor, 'confirm', more);
      for (const sums of [
        { members: 3, amount_month: '99999' },
        { amount_month: '780.01' },
        { amount_month: '700' },
        { members: 9, amount_month: '780' },
      ])
        expect(await refusalFrom(confirm(civil, { ...yes, ...sums }))).toBe('unseen');
      expect(
        await refusalFrom(
          confirm(rural, { finding: 'monitored', amount_month: '500', reason: '同意' }),
        ),
      ).toBe('unseen');
      await confirm(rural, { finding: 'monitored', reason: '同意' });
      const done = await confirm(civil, { ...yes, members: 3, amount_month: '780.0' });
      expect(done.stage).toBe('closed');
    }));

  it('says what does not agree and what to do', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      await plant(desk.store, [need]);
      await untilPosted(desk);
      desk.clock.to('2025-11-19');
      await expect(
        desk.act(LEAD, civil, 'confirm', { ...yes, amount_month: '99999' }),
      ).rejects.toMatchObject({
        zh: '保障金额与乡镇（街道）审核公示的780.00元/月不一致；如需调整，请退回重新审核公示',
      });
    }));

  it('other figures go back, and what is more than was posted is posted again', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      const { store, act, clock } = desk;
      await plant(store, [need]);
      await untilPosted(desk);
      clock.to('2025-11-19');
      await act(LEAD, civil, 'send_back', { to: 'review' });
      const more = { ...DIBAO, civil: { ...DIBAO.civil, amount_month: '930' } };
      expect((await act(LEAD, leader, 'review', more)).stage).toBe('reviewed');
      const confirmed = { ...yes, members: 3, amount_month: '930' };
      expect(await refusalFrom(act(LEAD, civil, 'confirm', confirmed))).toBe('publicity');
      await act(LEAD, officer, 'post');
      clock.to('2025-11-27');
      expect((await act(LEAD, civil, 'confirm', confirmed)).stage).toBe('confirming');
    }));

  it('less than was posted is not posted again; a higher category is', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      const { store, act, clock } = desk;
      await plant(store, [need]);
      await untilPosted(desk);
      await act(LEAD, officer, 'object');
      await act(LEAD, officer, 'appraise');
      const less = { ...DIBAO, civil: { ...DIBAO.civil, members: 2, amount_month: '520' } };
      expect((await act(LEAD, leader, 'review', less)).stage).toBe('posted');
      await act(LEAD, officer, 'object');
      await act(LEAD, officer, 'appraise');
      const higher = { ...DIBAO, civil: { ...DIBAO.civil, finding: 'tekun' } };
      expect((await act(LEAD, leader, 'review', higher)).stage).toBe('reviewed');
      await act(LEAD, officer, 'post');
      clock.to('2025-11-27');
      expect(await refusalFrom(act(LEAD, civil, 'confirm', yes))).toBe('none');
    }));

  it('what another county posted is not seen here', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      const { store, act, clock } = desk;
      await plant(store, [need]);
      await untilPosted(desk);
      clock.to('2025-11-19');
      await act(LEAD, civil, 'send_back', { to: 'visit' });
      await act(LEAD, leader, 'hand_off', { county: '520103' });
      const there = '520103019';
      const [first, other] = [1, 2].map((n) => person('township_officer', there, n));
      if (first === undefined || other === undefined) throw new Error('no officers');
      const receiving = person('county_civil_affairs', '520103');
      await act(LEAD, receiving, 'accept_hand_off', { township: there });
      await act(LEAD, first, 'take');
      await act(LEAD, first, 'visit', {}, [first, other]);
      const reviewed = await act(LEAD, person('township_leader', there), 'review', DIBAO);
      expect(reviewed.stage).toBe('reviewed');
    }));
});

describe('days that people type', () => {
  it('an application of 2020 does not take the deadline away', () =>
    withClerks('520000', '2025-11-10', async ({ store, act }) => {
      await plant(store, [need]);
      await act(LEAD, officer, 'take');
      for (const on of ['2020-01-01', '2025-03-03', '2025-08-31'])
        expect(await refusalFrom(act(LEAD, officer, 'accept', { on }))).toBe('before-lead');
      expect(await refusalFrom(act(LEAD, officer, 'accept', { on: '2025-11-11' }))).toBe('future');
      expect(await refusalFrom(act(LEAD, officer, 'visit', { on: '2020-01-01' }))).toBe(
        'before-lead',
      );
      expect(await refusalFrom(act(LEAD, officer, 'attempt', { on: '2019-02-11' }))).toBe(
        'before-lead',
      );
      // At the counter, in the month before the lead.
      await act(LEAD, officer, 'accept', { on: '2025-09-01' });
      await workOutClocks(store, await officeOf(store.home.root));
      const [clock] = await store.sql.rows<{ due: string | null }>(
        "SELECT due FROM due_clock WHERE clock = 'confirmation'",
      );
      expect(clock?.due).toMatch(/^2025-10-/);
    }));

  it('a second visit does not move the clock of the first', () =>
    withClerks('520000', '2025-11-10', async ({ store, act, clock }) => {
      await plant(store, [need]);
      await act(LEAD, officer, 'take');
      await act(LEAD, officer, 'visit', {}, [officer, second]);
      clock.to('2025-11-20');
      await act(LEAD, officer, 'visit', {}, [officer, second]);
      await workOutClocks(store, await officeOf(store.home.root));
      expect(await store.sql.rows("SELECT since FROM due_clock WHERE clock = 'monitored'")).toEqual(
        [{ since: '2025-11-10' }],
      );
    }));

  it('what was sent back to be visited is visited afterwards', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      const { store, act, clock } = desk;
      await plant(store, [need]);
      await untilPosted(desk);
      clock.to('2025-11-19');
      await act(LEAD, civil, 'send_back', { to: 'visit' });
      clock.to('2025-11-21');
      const visit = (on: string) => act(LEAD, officer, 'visit', { on }, [officer, second]);
      expect(await refusalFrom(visit('2025-11-10'))).toBe('before-restart');
      expect(await refusalFrom(visit('2025-11-20'))).toBe('none');
    }));

  it('a review is asked for after the notice, and looked into after that', () =>
    withClerks('520000', '2025-11-10', async ({ store, act, clock }) => {
      await plant(store, [need]);
      const no = { finding: 'none', code: 'income_above', clause: '二（一）一', reason: '如表' };
      await act(LEAD, officer, 'take');
      await act(LEAD, officer, 'visit', {}, [officer, second]);
      await act(LEAD, officer, 'accept');
      await act(LEAD, officer, 'means_check');
      await act(LEAD, leader, 'review', { civil: no, rural: no });
      await act(LEAD, civil, 'confirm', no);
      await act(LEAD, rural, 'confirm', no);
      await act(LEAD, officer, 'notify');
      clock.to('2026-03-10');
      const appeal = (on: string) => act(LEAD, officer, 'appeal', { on });
      expect(await refusalFrom(appeal('2025-11-09'))).toBe('before-notice');
      expect(await refusalFrom(appeal('2025-11-10'))).toBe('none');
      // What answers it comes after it.
      expect(await refusalFrom(act(LEAD, officer, 'appraise', { on: '2025-11-09' }))).toBe(
        'before-objection',
      );
    }));
});

it('the months after a death run from the day of death', () =>
  withHome(async (home) => {
    const inbox = join(home, 'inbox');
    deliver(
      inbox,
      'civil-affairs/assistance/2025-10.csv',
      `person_id,household_id,county,township,residence,programme,status,status_date,household_size
${inboxPerson(1)},${household(1)},${COUNTY},${TOWN},rural,rural_dibao,active,2024-01-01,2
`,
    );
    deliver(
      inbox,
      'cross-check/facts/2025-10.csv',
      `person_id,county,kind,since
${inboxPerson(1)},${COUNTY},death,2025-09-30
`,
    );
    const clock = new MovedClock('2025-11-10');
    await doudi(home, ['run', '--month', '2025-10', '--inbox', inbox], clock);
    const store = await openStore(openHome(home), clock);
    try {
      const deployment = await officeOf(home);
      await workOutClocks(store, deployment);
      expect(
        await store.sql.rows("SELECT clock, since, due FROM due_clock WHERE clock = 'death'"),
      ).toEqual([{ clock: 'death', since: '2025-09-30', due: '2025-12-30' }]);
      clock.to('2026-01-10');
      expect(await remindCounty(store, deployment, COUNTY)).toBe(1);
      expect(await remindCounty(store, deployment, COUNTY)).toBe(0);
      expect(await store.sql.rows('SELECT clock, level FROM case_reminder')).toEqual([
        { clock: 'death', level: 'escalated' },
      ]);
    } finally {
      await store.close();
    }
  }));
