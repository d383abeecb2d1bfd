/** A case through its gates, each with the people it asks for and refused by the others. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { openStore } from '../../core/store/store.ts';
import { workOutClocks } from '../../pipelines/case/clocks.ts';
import { remindCounty } from '../../pipelines/case/remind.ts';
import { doudi, withHome } from '../support/doudi.ts';
import { deliver, home as household, person as inboxPerson } from '../support/inbox.ts';
import { MovedClock } from '../support/moved-clock.ts';
import { officeOf } from '../support/office.ts';
import { CaseRefused } from '../../leads/case/refused.ts';
import { leadId, person, plant, withDesk, type Desk } from '../support/cases.ts';

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

async function untilPosted({ act, clock }: Desk): Promise<void> {
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
    withDesk('520000', '2025-11-10', async (desk) => {
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
      const office = await officeOf(home);
      await workOutClocks(store, office);
      expect(
        await store.sql.rows("SELECT clock, since, due FROM due_clock WHERE clock = 'death'"),
      ).toEqual([{ clock: 'death', since: '2025-09-30', due: '2025-12-30' }]);
      clock.to('2026-01-10');
      expect(await remindCounty(store, office, COUNTY)).toBe(1);
      expect(await remindCounty(store, office, COUNTY)).toBe(0);
      expect(await store.sql.rows('SELECT clock, level FROM case_reminder')).toEqual([
        { clock: 'death', level: 'escalated' },
      ]);
    } finally {
      await store.close();
    }
  }));
