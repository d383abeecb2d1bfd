/** What the ledger makes of cases: two people at once, a request twice, and a ledger made anew. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../core/account.ts';
import { stateHash } from '../../store/dump.ts';
import { openStore } from '../../store/store.ts';
import { verify } from '../../store/verify.ts';
import { CaseLedger } from '../../cases/book.ts';
import type { Action } from '../../cases/tables.ts';
import { CaseRefused } from '../../cases/refused.ts';
import { STAGES } from '../../cases/stages.ts';
import { newCase } from '../../cases/state.ts';
import { noticesOf } from '../../cases/notices.ts';
import { officeOf } from '../support/office.ts';
import { openCaseOffice, staffOf, type CaseOffice, type Staff } from '../support/case-office.ts';
import { formOf, leadId, plant, withClerks } from '../support/cases.ts';
import { moveDays } from '../../warnings/interpret.ts';
import { Choices, DIRECTIONS, nextAttempt, numbersOf, TOWN } from '../support/random-case.ts';

const COUNTY = '520102';
const LEADS = Number(process.env['DOUDI_RACES'] ?? 300);
const CASES = Number(process.env['DOUDI_CASES'] ?? 2_000);

const DIBAO = {
  civil: { finding: 'dibao', members: 3, amount_month: '780.00', reason: '人均收入低于标准' },
  rural: { finding: 'monitored', reason: '存在返贫风险' },
};

/** A card of a home in the township, as tests plant it. */
const cardOf = (lead_id: string) => ({
  lead_id,
  direction: 'need' as const,
  county: COUNTY,
  township: TOWN,
  rules: ['ILL-01'],
});

const WAVES = 45;

describe('two people at once', () => {
  let office: CaseOffice;
  let staff: Staff;
  let rival: Actor;
  const leads = Array.from({ length: LEADS }, (_, n) => leadId(n + 1));

  beforeAll(async () => {
    office = await openCaseOffice('520000', '2025-11-10');
    staff = await staffOf(office, TOWN, '520102017');
    rival = await office.hire('county_civil_affairs', COUNTY, 2);
    await office.plant(leads.map(cardOf));
    // The way to the county, by a book of its own that the server's has not looked into yet.
    const book = new CaseLedger(office.store, noticesOf(office.serving.held.deployment, null));
    const [first, second] = staff.officers;
    const way: readonly [Action, Actor, object][] = [
      ['take', first, {}],
      ['visit', first, {}],
      ['accept', first, {}],
      ['means_check', first, {}],
      ['review', staff.leader, DIBAO],
      ['post', first, {}],
    ];
    for (const [version, [action, actor, more]] of way.entries()) {
      const form = formOf(action, '2025-11-10', [first, second], more) as never;
      await Promise.all(
        leads.map((lead_id) =>
          book.act({ lead_id, action, form, version, key: `way-${version}-key`, actor }),
        ),
      );
    }
    office.clock.to('2025-11-19');
  }, 120_000);
  afterAll(() => office.close());

  it(`confirm one lead, ${LEADS} times: one is written down, one is told who was first`, async () => {
    const body = {
      action: 'confirm',
      version: 6,
      form: { finding: 'dibao', members: 3, amount_month: '780', reason: '同意' },
    };
    const both = [staff.civil, rival];
    for (let at = 0; at < leads.length; at += 25)
      await Promise.all(
        leads.slice(at, at + 25).map(async (lead) => {
          const answers = await Promise.all(
            both.map((actor) =>
              office.ask(
                actor,
                'POST',
                `/cases/${lead}/acts`,
                body,
                `race-of-${actor.name.slice(-1)}`,
              ),
            ),
          );
          expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
          const [first, second] = answers[0]?.status === 200 ? [0, 1] : [1, 0];
          const winner = both[first] ?? rival;
          expect(answers[second]?.body).toMatchObject({ code: 'case-changed', version: 7 });
          expect(answers[second]?.body['message']).toContain(winner.name);
          const again = await office.ask(
            winner,
            'POST',
            `/cases/${lead}/acts`,
            body,
            `race-of-${winner.name.slice(-1)}`,
          );
          expect(again).toMatchObject({ status: 200, body: { repeated: true, version: 7 } });
        }),
      );
    const rows = await office.store.task(({ sql }) =>
      sql.rows<{ version: number; n: number }>(
        `SELECT version, count(*)::INTEGER AS n FROM case_act WHERE version >= 6 GROUP BY version ORDER BY version`,
      ),
    );
    expect(rows).toEqual([
      { version: 6, n: LEADS },
      { version: 7, n: LEADS },
    ]);
    const written = office.store.records
      .flatMap((record) => (record.type === 'case.acted' ? record.data.acts : []))
      .filter(({ version }) => version === 7);
    expect(new Set(written.map(({ lead_id }) => lead_id)).size).toBe(LEADS);
    expect(written.length).toBe(LEADS);
  }, 300_000);

  it('a key means one request', async () => {
    const [lead = ''] = leads;
    const confirm = (finding: string) =>
      office.ask(
        staff.rural,
        'POST',
        `/cases/${lead}/acts`,
        { action: 'confirm', version: 7, form: { finding, reason: '同意' } },
        'the-same-key',
      );
    expect((await confirm('monitored')).status).toBe(200);
    expect((await confirm('already_monitored')).body.code).toBe('key-reused');
  });
});

it(
  `a ledger made anew from lake and journal is the same, with ${CASES} cases in every state`,
  () =>
    withClerks('520000', '2025-11-03', async ({ store, clock }) => {
      const notices = noticesOf(await officeOf(store.home.root), null);
      const book = new CaseLedger(store, notices);
      const numbers = numbersOf(7);
      const cases = Array.from({ length: CASES }, (_, n) => ({
        lead_id: leadId(n + 1),
        direction: DIRECTIONS[n % DIRECTIONS.length] ?? 'need',
        county: COUNTY,
        township: TOWN,
        rules: n % 3 === 0 ? ['MAR-01'] : ['ILL-01'],
      }));
      await plant(store, cases);
      const states = new Map(cases.map((lead) => [lead.lead_id, newCase(lead)]));
      const everyone = { name: 'reader', role: 'province_analyst', region: '520000' } as const;
      let day = '2025-11-03';
      for (let wave = 0; wave < WAVES; wave += 1) {
        day = moveDays(day, wave % 3 === 2 ? 8 : 0);
        clock.to(day);
        await Promise.all(
          [...states].map(async ([lead_id, state], n) => {
            // Cases are left at different times, so that some stand at every stage.
            if (wave > 10 + (n % (WAVES - 10))) return;
            const choices = new Choices(Array.from({ length: 24 }, () => numbers()));
            const { asked, batch } = nextAttempt(state, day, choices);
            try {
              await book.act({
                lead_id,
                action: asked.action,
                form: asked.form,
                version: state.version,
                key: `wave-${wave}`,
                actor: asked.actor,
                ...(batch ? { batch: `B${wave}` } : {}),
              });
            } catch (error) {
              if (!(error instanceof CaseRefused)) throw error;
              return;
            }
            states.set(lead_id, (await book.look(everyone, lead_id)).state);
          }),
        );
      }
      const stages = await store.sql.rows<{ stage: string }>(
        `SELECT DISTINCT arg_max(stage, version) AS stage FROM case_act GROUP BY lead_id UNION SELECT 'dispatched'`,
      );
      // Only where townships confirm does a case wait for the county's file.
      expect(stages.map(({ stage }) => stage).sort()).toEqual(
        Object.keys(STAGES)
          .filter((stage) => stage !== 'to_file')
          .sort(),
      );
      const before = await stateHash(store.sql, store.home.temporary);
      expect((await verify(store)).faults).toEqual([]);
      const anew = await openStore(store.home, clock, join(store.home.root, 'anew.duckdb'));
      try {
        expect(await stateHash(anew.sql, store.home.temporary)).toEqual(before);
        // A book that reads the ledger knows every case as the one did that wrote it.
        const reader = new CaseLedger(anew, notices);
        for (const [lead_id, state] of [...states].slice(0, 200))
          expect((await reader.look(everyone, lead_id)).state).toEqual(state);
      } finally {
        await anew.close();
      }
    }),
  900_000,
);

it('what the ledger could not take in is known before anybody decides again', () =>
  withClerks('520000', '2025-11-10', async ({ store, book }) => {
    await plant(store, [
      { lead_id: leadId(1), direction: 'need', county: COUNTY, township: TOWN, rules: ['ILL-01'] },
    ]);
    const actor = { name: 'officer-1', role: 'township_officer', region: TOWN } as const;
    const take = () =>
      book.act({
        lead_id: leadId(1),
        action: 'take',
        form: {},
        version: 0,
        key: 'the-same-key',
        actor,
      });
    // The journal takes the act, the ledger cannot: as with a disk that is full in between.
    await store.sql.run('ALTER TABLE case_act ADD COLUMN more INTEGER');
    await expect(take()).rejects.toThrow();
    await store.sql.run('ALTER TABLE case_act DROP COLUMN more');
    const { result } = await take();
    expect(result).toMatchObject({ version: 1, repeated: true });
    expect(store.records.filter(({ type }) => type === 'case.acted').length).toBe(1);
  }));

it('somebody who looks beside the decisions leaves nothing stale behind', () =>
  withClerks('520000', '2025-11-10', async ({ store, book }) => {
    const leads = Array.from({ length: 60 }, (_, n) => leadId(n + 1));
    await plant(store, leads.map(cardOf));
    const actor = { name: 'officer-1', role: 'township_officer', region: TOWN } as const;
    await Promise.all(
      leads.flatMap((lead_id) => [
        book.look(actor, lead_id),
        book.act({ lead_id, action: 'take', form: {}, version: 0, key: 'take-it-now', actor }),
        book.look(actor, lead_id),
      ]),
    );
    for (const lead_id of leads) expect((await book.look(actor, lead_id)).state.version).toBe(1);
  }));
