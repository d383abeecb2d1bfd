/**
 * One case per way through the law, over the interface, each step by the people it is for and refused to the others; and
 * the same case in four localities, each by its own notice.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Citation } from '../../warnings/calculators/locality.ts';
import { localityAt } from '../../warnings/calculators/locality.ts';
import {
  openCaseOffice,
  staffOf,
  type CaseOffice,
  type Staff,
  type WorkedCase,
} from '../support/case-office.ts';
import { leadId, person } from '../support/cases.ts';

const DAY = '2025-11-10';

const DIBAO = {
  civil: { finding: 'dibao', members: 3, amount_month: '780.00', reason: '人均收入低于标准' },
  rural: { finding: 'monitored', reason: '存在返贫风险' },
};
const YES = { finding: 'dibao', members: 3, amount_month: '780.00', reason: '同意' };
const MONITORED = { finding: 'monitored', reason: '同意' };
const NO = {
  finding: 'none',
  code: 'income_above',
  clause: '黔民发〔2023〕2号 二（一）一',
  reason: '人均收入高于标准',
};

/** From the visit to the township's opinion. */
async function reviewed(home: WorkedCase, staff: Staff, opinion: object = DIBAO): Promise<void> {
  const [first, second] = staff.officers;
  await home.done(first, 'take');
  await home.done(first, 'visit', {}, [first, second]);
  await home.done(first, 'accept');
  await home.done(first, 'means_check');
  await home.done(staff.leader, 'review', opinion);
}

describe('in Guizhou', () => {
  const [COUNTY, TOWN, BESIDE] = ['520102', '520102016', '520102017'];
  let office: CaseOffice;
  let staff: Staff;
  let number = 0;

  const next = async (
    direction: 'need' | 'exit' | 'correction',
    ...rules: string[]
  ): Promise<string> => {
    number += 1;
    const lead_id = leadId(number);
    await office.plant([{ lead_id, direction, county: COUNTY, township: TOWN, rules }]);
    return lead_id;
  };

  beforeAll(async () => {
    office = await openCaseOffice('520000', DAY);
    staff = await staffOf(office, TOWN, BESIDE);
  });
  afterAll(() => office.close());

  it('plain: one visit, one review, seven days of publicity, both bureaus', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('need', 'ILL-01'));
    const { officers, leader, head, civil, rural, neighbour, assistant } = staff;
    const [first, second] = officers;
    expect(await home.refused(neighbour, 'take')).toBe('case-unknown');
    expect(await home.refused(leader, 'take')).toBe('role');
    expect(await home.done(first, 'take')).toBe('taken');
    expect(await home.refused(first, 'visit', {}, [first])).toBe('investigators');
    expect(
      await home.refused(first, 'visit', {}, [first, civil, person('township_officer', TOWN, 77)]),
    ).toBe('investigator-unknown');
    expect(await home.refused(first, 'visit', {}, [second, assistant])).toBe('not-present');
    expect(await home.refused(first, 'visit', { on: '2025-11-11' }, [first, second])).toBe(
      'future',
    );
    expect(await home.done(assistant, 'attempt')).toBe('taken');
    expect(await home.done(first, 'visit', {}, [first, second])).toBe('visited');
    expect(await home.refused(first, 'means_check')).toBe('authorisation');
    expect(await home.refused(leader, 'review', DIBAO)).toBe('application');
    expect(await home.done(first, 'accept')).toBe('accepted');
    expect(await home.refused(leader, 'review', DIBAO)).toBe('means-check');
    expect(await home.done(first, 'means_check')).toBe('checked');
    expect(await home.refused(second, 'review', DIBAO)).toBe('same-person');
    expect(await home.done(leader, 'review', DIBAO)).toBe('reviewed');
    expect(await home.refused(civil, 'confirm', YES)).toBe('publicity');
    expect(await home.refused(first, 'post', { on: '2025-11-01' })).toBe('before-review');
    expect(await home.done(first, 'post')).toBe('posted');
    office.clock.to('2025-11-17');
    expect(await home.refused(civil, 'confirm', YES)).toBe('publicity');
    office.clock.to('2025-11-18');
    expect(await home.refused(head, 'sign')).toBe('way');
    expect(await home.refused(rural, 'confirm', YES)).toBe('finding');
    expect(await home.done(rural, 'confirm', MONITORED)).toBe('confirming');
    expect(await home.refused(rural, 'confirm', MONITORED)).toBe('confirmed');
    expect(await home.done(civil, 'confirm', YES)).toBe('closed');
    expect(await home.done(first, 'announce')).toBe('closed');
  });

  it('refused: a means check and a clause, a written notice, a review asked for in time', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('need', 'ILL-01'));
    const { officers, leader, civil, rural } = staff;
    await reviewed(home, staff, { civil: NO, rural: { ...NO, reason: '无返贫风险' } });
    expect(
      await home.refused(civil, 'confirm', {
        finding: 'none',
        code: 'income_above',
        reason: '同意',
      }),
    ).toBe('clause');
    expect(await home.done(civil, 'confirm', NO)).toBe('confirming');
    expect(await home.done(rural, 'confirm', NO)).toBe('to_notify');
    expect(await home.refused(officers[0], 'notify', { received: '2025-11-01' })).toBe(
      'before-decision',
    );
    expect(await home.done(officers[0], 'notify')).toBe('closed');
    expect(await home.done(officers[0], 'appeal')).toBe('objected');
    expect(await home.refused(leader, 'review', DIBAO)).toBe('objection');
    expect(await home.done(officers[1], 'reinvestigate', {}, [officers[1], officers[2]])).toBe(
      'objected',
    );
    expect(await home.done(leader, 'review', DIBAO)).toBe('reviewed');
  });

  it('objection: looked into, reviewed again, not posted twice', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('need', 'ILL-01'));
    const { officers, leader, civil, rural, supervisor } = staff;
    await reviewed(home, staff);
    await home.done(officers[0], 'post');
    office.clock.to('2025-11-13');
    expect(await home.done(supervisor, 'object')).toBe('objected');
    expect(await home.refused(civil, 'confirm', YES)).toBe('stage');
    expect(await home.refused(leader, 'review', DIBAO)).toBe('objection');
    expect(await home.refused(officers[0], 'extend', { reason: 'objection' })).toBe('role');
    // Guizhou's notice names no reason for more time.
    expect(await home.refused(leader, 'extend', { reason: 'objection' })).toBe('extension');
    expect(await home.done(officers[0], 'appraise')).toBe('objected');
    expect(await home.done(leader, 'review', DIBAO)).toBe('posted');
    office.clock.to('2025-11-18');
    await home.done(civil, 'confirm', YES);
    expect(await home.done(rural, 'confirm', MONITORED)).toBe('closed');
  });

  it('divergence: the county may say otherwise, never more than the village has seen', async () => {
    office.clock.to(DAY);
    const lead = await next('need', 'ILL-01');
    const home = office.work(lead);
    const { officers, civil, rural } = staff;
    await reviewed(home, staff, { civil: DIBAO.civil, rural: NO });
    await home.done(officers[0], 'post');
    office.clock.to('2025-11-18');
    expect(await home.refused(rural, 'confirm', MONITORED)).toBe('unseen');
    await home.done(civil, 'confirm', { ...YES, finding: 'marginal' });
    expect(await home.done(rural, 'confirm', NO)).toBe('closed');
    const [last] = await office.store.task(({ sql }) =>
      sql.rows<{ diverges: string[] }>(
        `SELECT diverges FROM case_act WHERE lead_id = '${lead}' ORDER BY version DESC LIMIT 1`,
      ),
    );
    expect(last?.diverges).toEqual(['tracks', 'levels']);
  });

  it('emergency: help first, papers after, and dibao if it is still needed', async () => {
    office.clock.to(DAY);
    const lead = await office.ask(staff.assistant, 'POST', '/leads', {
      household_id: 'e'.repeat(32),
      township: TOWN,
      kind: 'emergency',
      note: '火灾，无处居住',
    });
    expect(lead.status).toBe(200);
    const home = office.work(String(lead.body['lead_id']));
    const { officers, leader, civil, rural } = staff;
    expect(await home.refused(officers[0], 'aid_first')).toBe('role');
    expect(await home.done(leader, 'aid_first')).toBe('dispatched');
    expect(await home.refused(leader, 'aid_first')).toBe('aided');
    await home.done(officers[0], 'take');
    await home.done(officers[0], 'visit', {}, [officers[0], officers[1]]);
    const aid = { finding: 'temporary_aid', reason: '已先行救助' };
    await home.done(leader, 'review', { civil: aid, rural: NO });
    await home.done(civil, 'confirm', aid);
    expect(await home.done(rural, 'confirm', NO)).toBe('papers_due');
    expect(await home.done(officers[0], 'paperwork')).toBe('closed');
  });

  it('a near relative of staff is registered and checked by the county where its notice says so', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('need', 'ILL-01'));
    const { officers, leader, civil, supervisor } = staff;
    await home.done(officers[0], 'take');
    expect(await home.refused(officers[0], 'register')).toBe('no-relative');
    await home.done(officers[0], 'visit', { relative_of_staff: true }, [officers[0], officers[1]]);
    await home.done(officers[0], 'accept');
    await home.done(officers[0], 'means_check');
    await home.done(leader, 'review', DIBAO);
    await home.done(officers[0], 'post');
    office.clock.to('2025-11-18');
    expect(await home.refused(civil, 'confirm', YES)).toBe('register');
    await home.done(officers[0], 'register');
    expect(await home.refused(officers[0], 'county_check')).toBe('role');
    await home.done(supervisor, 'county_check');
    expect(await home.done(civil, 'confirm', YES)).toBe('confirming');
  });

  it('several hardships: a joint conference before anybody confirms', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('need', 'ILL-01', 'EDU-03'));
    const { officers, civil, leader } = staff;
    await reviewed(home, staff);
    await home.done(officers[0], 'post');
    office.clock.to('2025-11-18');
    expect(await home.refused(civil, 'confirm', YES)).toBe('conference');
    expect(await home.refused(leader, 'conference')).toBe('role');
    await home.done(civil, 'conference');
    expect(await home.done(civil, 'confirm', YES)).toBe('confirming');
  });

  it('relocation: open until the other county takes it, which visits anew', async () => {
    office.clock.to(DAY);
    const lead = await next('need', 'MOV-01');
    const home = office.work(lead);
    const other = await staffOf(office, '520103019', '520103020');
    const { officers, leader, civil } = staff;
    await home.done(officers[0], 'take');
    expect(await home.refused(other.civil, 'accept_hand_off', { township: '520103019' })).toBe(
      'case-unknown',
    );
    expect(await home.refused(leader, 'hand_off', { county: COUNTY })).toBe('same-county');
    expect(await home.done(leader, 'hand_off', { county: '520103' })).toBe('handed_off');
    expect(await home.refused(civil, 'accept_hand_off', { township: '520103019' })).toBe(
      'not-receiving',
    );
    expect(await home.refused(other.civil, 'accept_hand_off', { township: TOWN })).toBe('township');
    expect(await home.done(other.civil, 'decline_hand_off')).toBe('taken');
    await home.done(leader, 'hand_off', { county: '520103' });
    expect(await home.done(other.civil, 'accept_hand_off', { township: '520103019' })).toBe(
      'dispatched',
    );
    expect(await home.refused(officers[0], 'take')).toBe('case-unknown');
    expect(await home.done(other.officers[0], 'take')).toBe('taken');
    const seen = await office.ask(staff.officers[0], 'GET', `/cases/${lead}`);
    expect(seen.status).toBe(404);
  });

  it('exit: told, answered, grace looked at, stopped only in writing', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('exit', 'X-FIN'));
    const { officers, leader, civil, rural } = staff;
    const said = {
      finding: 'stop',
      clause: '黔民发〔2023〕2号 二（一）一',
      reason: '人均收入高于标准，不在渐退期',
    };
    const stop = { ...said, income_per_head: '18000', grace_over: true };
    const none = { finding: 'none', reason: '不是监测对象' };
    await home.done(officers[0], 'take');
    await home.done(officers[0], 'visit', {}, [officers[0], officers[1]]);
    expect(await home.refused(officers[0], 'accept')).toBe('direction');
    expect(await home.refused(leader, 'review', { civil: stop, rural: none })).toBe('means-check');
    await home.done(officers[0], 'means_check');
    expect(
      await home.refused(leader, 'review', { civil: { ...stop, grace_over: false }, rural: none }),
    ).toBe('grace');
    await home.done(leader, 'review', { civil: stop, rural: none });
    expect(await home.refused(civil, 'confirm', said)).toBe('inform');
    expect(await home.done(officers[0], 'inform')).toBe('informed');
    expect(await home.refused(civil, 'confirm', said)).toBe('inform');
    expect(await home.done(officers[0], 'rebut')).toBe('objected');
    await home.done(officers[1], 'reinvestigate', {}, [officers[1], officers[2]]);
    await home.done(leader, 'review', { civil: stop, rural: none });
    await home.done(officers[0], 'inform');
    office.clock.to('2025-11-18');
    await home.done(civil, 'confirm', said);
    expect(await home.done(rural, 'confirm', none)).toBe('to_notify');
    expect(await home.done(officers[0], 'notify')).toBe('closed');
  });

  it('a false alarm: said by one, agreed to by another, and back to the department', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('exit', 'X-DTH'));
    const { officers, leader } = staff;
    await home.done(officers[0], 'take');
    expect(await home.refused(officers[0], 'dismiss', { code: 'not_dead' })).toBe('visit');
    await home.done(officers[0], 'visit', {}, [officers[0], officers[1]]);
    expect(await home.refused(officers[0], 'dismiss', { code: 'not_dead' })).toBe('clause');
    expect(
      await home.done(officers[0], 'dismiss', { code: 'not_dead', clause: '二（一）三' }),
    ).toBe('dismissing');
    expect(await home.refused(officers[2], 'uphold')).toBe('role');
    expect(await home.done(leader, 'uphold')).toBe('closed');
    const back = await office.ask(staff.civil, 'GET', `/counties/${COUNTY}/returns?month=2025-11`);
    expect(back.body['returns']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ agency: 'cross-check', rule: 'X-DTH', code: 'not_dead' }),
      ]),
    );
  });

  it('a complaint is visited whatever the desk thinks', async () => {
    office.clock.to(DAY);
    const told = await office.ask(staff.supervisor, 'POST', '/leads', {
      direction: 'exit',
      household_id: 'c'.repeat(32),
      township: TOWN,
      kind: 'complaint',
      note: '反映家中有车',
    });
    const home = office.work(String(told.body['lead_id']));
    const [first] = staff.officers;
    await home.done(first, 'take');
    expect(await home.refused(first, 'dismiss', { code: 'covered' })).toBe('visit');
  });

  it('direct recognition: a batch, confirmed by both bureaus, while the clause is in force', async () => {
    office.clock.to(DAY);
    const leads = await Promise.all([1, 2, 3].map(() => next('need', 'MAR-01')));
    const plain = await next('need', 'ILL-01');
    const items = [...leads, plain].map((lead_id) => ({ lead_id, version: 0 }));
    const form = { action: 'recognise', form: {} };
    expect(
      (await office.ask(staff.leader, 'POST', '/cases/batch', { ...form, items })).body['done'],
    ).toBe(0);
    const first = await office.ask(
      staff.civil,
      'POST',
      '/cases/batch',
      { ...form, items },
      'batch-one-1',
    );
    expect(first.body).toMatchObject({ asked: 4, done: 3, refused: 1 });
    const again = await office.ask(
      staff.civil,
      'POST',
      '/cases/batch',
      { ...form, items },
      'batch-one-1',
    );
    expect(again.body).toMatchObject({ asked: 4, done: 3, refused: 1, batch: first.body['batch'] });
    const second = await office.ask(staff.rural, 'POST', '/cases/batch', {
      ...form,
      items: leads.map((lead_id) => ({ lead_id, version: 1 })),
    });
    expect(second.body).toMatchObject({ asked: 3, done: 3, refused: 0 });
    // One home of the batch is taken back; the others stay.
    const [undone = '', kept = ''] = leads;
    const undo = { action: 'undo', version: 2, form: { reason: '该户情况有变' } };
    expect((await office.ask(staff.civil, 'POST', `/cases/${undone}/acts`, undo)).body.gate).toBe(
      'not-yours',
    );
    expect((await office.ask(staff.rural, 'POST', `/cases/${undone}/acts`, undo)).body.stage).toBe(
      'recognising',
    );
    const open = await office.store.task(({ sql }) =>
      sql.rows<{ lead_id: string }>(
        `SELECT lead_id FROM lead ANTI JOIN lead_outcome USING (lead_id) WHERE lead_id IN ('${undone}', '${kept}')`,
      ),
    );
    expect(open).toEqual([{ lead_id: undone }]);
    office.clock.to('2026-01-05');
    const late = office.work(await next('need', 'MAR-01'));
    expect(await late.refused(staff.civil, 'recognise')).toBe('clause-over');
  });

  it('a sample is drawn by a seed that was fixed before, and again the same', async () => {
    office.clock.to(DAY);
    const path = `/counties/${COUNTY}/samples`;
    const fixed = await office.ask(staff.supervisor, 'POST', path, { month: '2025-11' });
    const again = await office.ask(staff.supervisor, 'POST', path, { month: '2025-11' });
    expect(again.body['seed']).toBe(fixed.body['seed']);
    expect((await office.ask(staff.supervisor, 'GET', `${path}/2025-11`)).status).toBe(409);
    office.clock.to('2025-12-01');
    expect((await office.ask(staff.supervisor, 'POST', path, { month: '2025-10' })).status).toBe(
      409,
    );
    const drawn = await office.ask(staff.supervisor, 'GET', `${path}/2025-11`);
    const {
      answered,
      share,
      drawn: homes,
    } = drawn.body as unknown as {
      answered: number;
      share: number;
      drawn: unknown[];
    };
    expect(answered).toBeGreaterThan(3);
    expect(homes.length).toBeGreaterThanOrEqual(Math.ceil(answered * share));
    expect((await office.ask(staff.civil, 'GET', `${path}/2025-11`)).body).toEqual(drawn.body);
  });

  it('no words with an identity number, a telephone or a bank card are kept', async () => {
    office.clock.to(DAY);
    const home = office.work(await next('need', 'ILL-01'));
    const [first] = staff.officers;
    await home.done(first, 'take');
    expect(await home.refused(first, 'release', { reason: '联系电话 13800138000' })).toBe(
      'identifiers',
    );
  });
});

/** The same case, place by place: who confirms, by when, how long it is posted, who looks at relatives. */
const LOCALITIES = [
  {
    name: 'Guizhou',
    province: '520000',
    township: '520102016',
    beside: '520102017',
    way: ['county', '黔民发〔2023〕2号 二（三）一'],
    confirmedBy: ['2025-12-22', '民发〔2021〕57号'],
    posted: [7, '民发〔2021〕57号'],
    extension: null,
    relatives: null,
  },
  {
    name: 'Chuxiong',
    province: '530000',
    township: '532301101',
    beside: '532301102',
    way: ['county', '楚民发〔2023〕5号 四（一）'],
    confirmedBy: ['2025-12-22', '楚民发〔2023〕5号 四（一）'],
    posted: [7, '楚民发〔2023〕5号 四（二）'],
    extension: ['2026-01-13', '楚民发〔2023〕5号 四（一）'],
    relatives: null,
  },
  {
    name: 'Yuncheng',
    province: '140000',
    township: '140802001',
    beside: '140802002',
    way: ['county', '民发〔2021〕57号'],
    confirmedBy: ['2025-12-22', '民发〔2021〕57号'],
    posted: [7, '民发〔2021〕57号'],
    extension: null,
    relatives: null,
  },
  {
    name: 'Fenxi',
    province: '140000',
    township: '141034100',
    beside: '141034101',
    way: ['township', '汾西县2023年城乡低保专项核查工作实施方案（试行） 四（二）3'],
    confirmedBy: ['2025-12-08', '民发〔2022〕83号'],
    posted: [7, '汾西县2023年城乡低保专项核查工作实施方案（试行） 四（二）2'],
    extension: null,
    relatives: ['county-check', '汾西县2023年城乡低保专项核查工作实施方案（试行） 附件5'],
  },
] as const;

const cited = (citation: Citation | undefined): string =>
  citation === undefined ? '' : `${citation.doc} ${citation.clause}`;

describe.each(LOCALITIES)('the same case in $name', (place) => {
  it('follows its own notice', async () => {
    const office = await openCaseOffice(place.province, DAY);
    try {
      const county = place.township.slice(0, 6);
      const staff = await staffOf(office, place.township, place.beside);
      const { officers, leader, head, civil, rural } = staff;
      const lead_id = leadId(1);
      await office.plant([
        { lead_id, direction: 'need', county, township: place.township, rules: ['ILL-01'] },
      ]);
      const { rules, divisions } = office.serving.held.deployment;
      const here = localityAt(rules.parameters, divisions, county, DAY);
      expect(cited(here.text('confirmation-level')?.citation)).toContain(place.way[1]);
      expect(cited(here.number('publicity-days')?.citation)).toContain(place.posted[1]);
      const home = office.work(lead_id);
      const [first, second, third, fourth] = officers;
      await home.done(first, 'take');
      await home.done(first, 'visit', { relative_of_staff: place.relatives !== null }, [
        first,
        second,
      ]);
      await home.done(first, 'accept');
      const told = await office.ask(first, 'GET', `/cases/${lead_id}`);
      const clocks = told.body['clocks'] as { clock: string; due: string }[];
      expect(clocks.find(({ clock }) => clock === 'confirmation')?.due).toBe(place.confirmedBy[0]);
      const kind = place.way[0];
      expect(cited(here.number('confirmation-working-days', { kind })?.citation)).toContain(
        place.confirmedBy[1],
      );
      await home.done(first, 'means_check');
      const delegated = place.way[0] === 'township';
      // Where townships confirm, the service centre's officer gives the opinion and the leader signs.
      const reviewer = delegated ? third : leader;
      await home.done(reviewer, 'review', DIBAO);
      await home.done(first, 'post');
      if (place.extension === null)
        expect(await home.refused(leader, 'extend', { reason: 'separated-registration' })).toBe(
          'extension',
        );
      else {
        await home.done(leader, 'extend', { reason: 'separated-registration' });
        const later = await office.ask(first, 'GET', `/cases/${lead_id}`);
        const due = (later.body['clocks'] as { clock: string; due: string }[]).find(
          ({ clock }) => clock === 'confirmation',
        );
        expect(due?.due).toBe(place.extension[0]);
      }
      office.clock.to('2025-11-17');
      const confirmer = delegated ? head : civil;
      const confirming = delegated ? 'sign' : 'confirm';
      const form = delegated ? {} : YES;
      expect(await home.refused(confirmer, confirming, form)).toBe('publicity');
      office.clock.to('2025-11-18');
      if (place.relatives !== null) {
        await home.done(first, 'register');
        expect(await home.refused(confirmer, confirming, form)).toBe(place.relatives[0]);
        expect(cited(here.flag('relative-county-check')?.citation)).toContain(place.relatives[1]);
        await home.done(staff.supervisor, 'county_check');
      }
      if (delegated) {
        expect(await home.refused(civil, 'confirm', YES)).toBe('way');
        expect(await home.refused(third, 'sign')).toBe('same-person');
        expect(await home.done(head, 'sign')).toBe('confirming');
        expect(await home.refused(head, 'sign')).toBe('signed');
        expect(await home.done(leader, 'sign')).toBe('confirming');
        expect(await home.done(fourth, 'sign')).toBe('confirming');
        expect(await home.done(rural, 'confirm', MONITORED)).toBe('to_file');
        expect(await home.done(civil, 'file')).toBe('closed');
      } else {
        expect(await home.refused(head, 'sign')).toBe('way');
        expect(await home.done(civil, 'confirm', YES)).toBe('confirming');
        expect(await home.done(rural, 'confirm', MONITORED)).toBe('closed');
      }
    } finally {
      await office.close();
    }
  });
});
