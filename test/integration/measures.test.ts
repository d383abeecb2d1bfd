/** What is published of cases, against numbers counted by hand. */
import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../dashboards/shared/load.ts';
import { parseMonth } from '../../core/month.ts';
import { openPublished } from '../../store/published.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { remindCounty } from '../../cases/remind.ts';
import { publish } from '../../published/publish.ts';
import { formOf, leadId, person, plant, withClerks, type ClerksAtWork } from '../support/cases.ts';
import { officeOf } from '../support/office.ts';

const COUNTY = '520102';
const [A, B] = ['520102001', '520102002'];
const [PLAIN, REFUSED, APART, GONE, WAITING, LATE, UNDONE] = [1, 2, 3, 4, 5, 6, 7].map(leadId) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

const TOWNS: Readonly<Record<string, string>> = { [APART]: B, [GONE]: B };
const townOf = (lead: string): string => TOWNS[lead] ?? A;
const civil = person('county_civil_affairs', COUNTY);
const rural = person('county_rural_revitalization', COUNTY);
const supervisor = person('county_supervisor', COUNTY);
const reason = '如表';
const NONE = { finding: 'none', code: 'income_above', clause: '二（一）一', reason };

/** Seven leads of two townships, each brought to where it is to stand. */
async function play({ store, act, book, clock }: ClerksAtWork): Promise<void> {
  const officer = (lead: string, n = 1) => person('township_officer', townOf(lead), n);
  const leader = (lead: string) => person('township_leader', townOf(lead));
  const visit = (lead: string) =>
    act(lead, officer(lead), 'visit', {}, [officer(lead), officer(lead, 2)]);
  const all = [PLAIN, REFUSED, APART, GONE, WAITING, LATE, UNDONE];
  await plant(
    store,
    all.map((lead_id) => ({
      lead_id,
      direction: 'need',
      county: COUNTY,
      township: townOf(lead_id),
      rules: lead_id === REFUSED ? ['ILL-01', 'EDU-02'] : ['ILL-01'],
    })),
  );
  await store.commit('leads.delivered', {
    groups: [{ county: COUNTY, channel: 'inbox', outcome: 'done', code: '', leads: all }],
  });
  const batch = 'B000000000000000000000001';
  for (const [version, action] of (['take', 'undo'] as const).entries())
    await book.act({
      lead_id: UNDONE,
      action,
      form: formOf(action, '2025-11-10', []) as never,
      version,
      key: `batch-${version}`,
      actor: officer(UNDONE),
      ...(action === 'take' ? { batch } : {}),
    });
  for (const lead of [PLAIN, REFUSED, APART, GONE, LATE]) await act(lead, officer(lead), 'take');

  clock.to('2025-11-12');
  for (const lead of [PLAIN, REFUSED, LATE]) await visit(lead);
  await act(APART, officer(APART), 'attempt');
  await act(GONE, officer(GONE), 'dismiss', { clause: '二（一）' });
  await act(GONE, leader(GONE), 'uphold');

  clock.to('2025-11-13');
  await visit(APART);
  for (const lead of [PLAIN, LATE]) await act(lead, officer(lead), 'accept');
  await act(REFUSED, civil, 'conference');
  await act(REFUSED, leader(REFUSED), 'review', {
    civil: NONE,
    rural: NONE,
  });

  clock.to('2025-11-14');
  await act(PLAIN, officer(PLAIN), 'means_check');
  await act(APART, leader(APART), 'review', {
    civil: { finding: 'temporary_aid', amount_month: '500', reason },
    rural: NONE,
  });
  await act(REFUSED, civil, 'confirm', NONE);
  await act(REFUSED, rural, 'confirm', NONE);

  clock.to('2025-11-17');
  await act(PLAIN, leader(PLAIN), 'review', {
    civil: { finding: 'dibao', members: 3, amount_month: '780.00', reason },
    rural: { finding: 'monitored', reason },
  });
  await act(APART, civil, 'confirm', { finding: 'referral', reason });
  await act(APART, rural, 'confirm', NONE);

  clock.to('2025-11-18');
  await act(PLAIN, officer(PLAIN), 'post');
  clock.to('2025-11-24');
  await remindCounty(store, await officeOf(store.home.root), COUNTY);
  clock.to('2025-11-26');
  await act(PLAIN, civil, 'confirm', {
    finding: 'dibao',
    members: 3,
    amount_month: '780',
    reason,
  });
  clock.to('2025-11-27');
  await act(PLAIN, rural, 'confirm', { finding: 'monitored', reason });
  clock.to('2025-11-28');
  await act(PLAIN, supervisor, 'spot_check');
  await act(REFUSED, supervisor, 'spot_check', { consistent: false });
  clock.to('2025-12-01');
  await remindCounty(store, await officeOf(store.home.root), COUNTY);
}

type Rows = readonly (readonly (string | number | null)[])[];

async function published(
  desk: ClerksAtWork,
  queries: Readonly<Record<string, string>>,
): Promise<object> {
  const { store } = desk;
  await publish(store, await officeOf(store.home.root));
  const file = openPublished(store.home);
  const found: Record<string, Rows> = {};
  for (const [name, query] of Object.entries(queries)) {
    const rows = await file.rows<Record<string, string | number | null>>(query);
    found[name] = rows.map((row) =>
      Object.values(row).map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)),
    );
  }
  file.close();
  return found;
}

/** Counts as numbers. */
const select = (columns: string, counts: string, table: string): string =>
  `SELECT ${[columns, ...counts.split(', ').map((name) => `${name}::INTEGER AS ${name}`)].filter((part) => part !== '').join(', ')} FROM ${table} ORDER BY ALL`;

describe('the published measures of cases', () => {
  it('are those that a hand counts', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      await play(desk);
      expect(
        await published(desk, {
          stages: select('township, stage', 'n', 'case_stage'),
          gates: select('gate', 'days, n', "case_gate WHERE month = '2025-11'"),
          gatesElsewhen: select('gate', 'n', "case_gate WHERE month <> '2025-11'"),
          outcomes: select('month, outcome, civil, rural, code', 'n', 'case_outcome'),
          divergence: select('month', 'decided, tracks, levels', 'case_divergence'),
          clocks: select('township, clock', 'running, overdue', 'case_clock'),
          reminders: select('month, clock, level', 'n', 'case_reminder_month'),
          visits: select('month, township', 'visited, attempts, capacity', 'visit_month'),
          checks: select('month', 'answered, checked, consistent', 'spot_check_month'),
          cohort: select(
            'month',
            'opened, delivered, visited, accepted, reviewed, confirmed, enrolled, closed',
            'lead_cohort',
          ),
          rules: select(
            'month, township, rule',
            'decided, assisted, not_eligible, unfounded',
            'rule_outcome',
          ),
          year: select(
            'township',
            'homes, visited, decided, answered, checked, consistent',
            'campaign_township',
          ),
          days: select('day', 'homes, visited, decided', 'campaign_day'),
        }),
      ).toEqual({
        stages: [
          [A, 'accepted', 1],
          [A, 'closed', 2],
          [A, 'dispatched', 2],
          [B, 'closed', 2],
        ],
        // Days since the gate before: visits two and three days after the leads arrived on the 10th.
        gates: [
          ['accept', 1, 2],
          ['civil', 1, 1],
          ['civil', 3, 1],
          ['civil', 8, 1],
          ['end', 0, 3],
          ['end', 2, 1],
          ['means_check', 1, 1],
          ['post', 1, 1],
          ['review', 1, 2],
          ['review', 3, 1],
          ['rural', 1, 1],
          ['rural', 3, 1],
          ['rural', 9, 1],
          ['visit', 2, 3],
          ['visit', 3, 1],
        ],
        gatesElsewhen: [],
        outcomes: [
          ['2025-11', 'assisted', 'dibao', 'monitored', '', 1],
          ['2025-11', 'assisted', 'referral', 'none', '', 1],
          ['2025-11', 'not_eligible', 'none', 'none', 'income_above', 1],
          ['2025-11', 'unfounded', '', '', 'moved', 1],
        ],
        // Help on one track and none on the other; the county referred where the township would have paid.
        divergence: [['2025-11', 3, 1, 1]],
        // Ten working days from the 10th ended on the 24th, fifteen days from the visit on the 27th.
        clocks: [
          [A, 'confirmation', 1, 0],
          [A, 'monitored', 1, 1],
          [A, 'visit', 2, 2],
        ],
        // On the 24th two visits and two identifications fell due; on 1 December two visits were seven days late.
        reminders: [
          ['2025-11', 'monitored', 'soon', 2],
          ['2025-11', 'visit', 'soon', 2],
          ['2025-12', 'monitored', 'over', 1],
          ['2025-12', 'visit', 'escalated', 2],
        ],
        visits: [
          ['2025-11', A, 3, 0, 40],
          ['2025-11', B, 1, 1, 40],
        ],
        // The home that had moved was answered without a visit.
        checks: [['2025-11', 3, 2, 1]],
        cohort: [['2025-10', 7, 7, 4, 2, 3, 3, 1, 4]],
        rules: [
          ['2025-11', A, 'EDU-02', 1, 0, 1, 0],
          ['2025-11', A, 'ILL-01', 2, 1, 1, 0],
          ['2025-11', B, 'ILL-01', 2, 1, 0, 1],
        ],
        year: [
          [A, 5, 3, 2, 2, 2, 1],
          [B, 2, 1, 2, 1, 0, 0],
        ],
        days: [
          ['2025-11-10', 7, 0, 0],
          ['2025-11-12', 0, 3, 1],
          ['2025-11-13', 0, 1, 0],
          ['2025-11-14', 0, 0, 1],
          ['2025-11-17', 0, 0, 1],
          ['2025-11-27', 0, 0, 1],
        ],
      });
    }));

  it('are put together by the panels: days within which half and nine tenths had passed, and counties behind', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      await play(desk);
      const { store } = desk;
      const deployment = await officeOf(store.home.root);
      await publish(store, deployment);
      const metrics = await loadQueries();
      const file = openPublished(store.home);
      const sqlOf = (name: string): string => metrics.get(name)?.sql ?? '';
      const months = { from: '2025-10', to: '2025-12' };
      const gates = await file.rows<{ gate: string } & Record<string, unknown>>(
        sqlOf('three-synchronous_gates'),
        months,
      );
      const days = gates.map(({ gate, passed, median_days, p90_days }) => [
        gate,
        ...[passed, median_days, p90_days].map(Number),
      ]);
      expect(days).toEqual([
        ['入户核查', 4, 2, 3],
        ['受理', 2, 1, 1],
        ['经济状况核对', 1, 1, 1],
        ['乡镇（街道）审核', 3, 1, 3],
        ['公示', 1, 1, 1],
        ['民政确认', 3, 3, 8],
        ['乡村振兴确认', 3, 3, 9],
        ['办结', 4, 0, 2],
      ]);
      const outcomes = await file.rows<Record<string, unknown>>(
        sqlOf('three-synchronous_outcomes'),
        months,
      );
      expect(outcomes.map(({ finding, cases }) => [finding, Number(cases)])).toContainEqual([
        '已迁出本地',
        1,
      ]);
      // Of seven homes four are visited; the shipped notices name no days for 2025.
      const now = Date.parse('2025-12-01T09:00:00+08:00');
      const counties = await file.rows<Record<string, unknown>>(sqlOf('campaign_counties'), {
        now,
      });
      const own = counties.find(({ county }) => county === COUNTY);
      expect([own?.['homes'], own?.['visited'], own?.['decided']].map(Number)).toEqual([7, 4, 4]);
      expect(own).toMatchObject({ progress: '未规定期限', least_coverage: 1, least_checked: 0.3 });
      file.close();
      // With days for the visits: as large a part as of the days that have gone is asked for.
      const value = (milestone: string, day: string): object => ({
        ...{ name: 'campaign-rural', where: { milestone }, region: '520000', value: day },
        ...{ from: '2025-01-01', to: '2025-12-31', unit: 'date', doc: 'trial', clause: '-' },
      });
      const progressBy = async (last: string): Promise<unknown> => {
        const parameters = [value('visits-from', '2025-11-01'), value('visits-to', last)];
        const rules = await openRuleBook({ parameters: parameters as never, trial: [] });
        await store.commit('job.done', { job: 'run', month: parseMonth('2025-10'), counts: {} });
        await publish(store, { ...deployment, rules });
        const newer = openPublished(store.home);
        const rows = await newer.rows<Record<string, unknown>>(sqlOf('campaign_counties'), { now });
        newer.close();
        return rows.find(({ county }) => county === COUNTY)?.['progress'];
      };
      // Thirty of thirty days ask for seven homes, thirty of sixty for three and a half.
      expect(await progressBy('2025-12-01')).toBe('落后');
      expect(await progressBy('2025-12-31')).toBe('正常');
    }));

  it('of a new year begin with what is still open, and a review asked for takes an answer back', () =>
    withClerks('520000', '2025-11-10', async (desk) => {
      await play(desk);
      const { act, clock } = desk;
      const [officer, leader] = [person('township_officer', A, 1), person('township_leader', A)];
      await act(LATE, officer, 'means_check');
      await act(LATE, leader, 'review', { civil: NONE, rural: NONE });
      await act(LATE, civil, 'confirm', NONE);
      await act(LATE, rural, 'confirm', NONE);
      await act(LATE, officer, 'notify');
      const answers = select('outcome', 'n', "case_outcome WHERE civil = 'none'");
      expect(await published(desk, { answers })).toEqual({
        answers: [
          ['not_eligible', 1],
          ['not_eligible', 1],
        ],
      });
      clock.to('2026-01-05');
      await act(LATE, officer, 'appeal');
      expect(
        await published(desk, {
          answers,
          year: select('township', 'homes, visited, decided', 'campaign_township'),
          days: select('day', 'homes, visited, decided', 'campaign_day'),
          stages: select('stage', 'n', "case_stage WHERE stage = 'objected'"),
          clocks: select('clock', 'running, overdue', 'case_clock'),
        }),
      ).toEqual({
        answers: [['not_eligible', 1]],
        year: [[A, 3, 1, 0]],
        days: [['2026-01-01', 3, 1, 0]],
        stages: [['objected', 1]],
        clocks: [
          ['confirmation', 1, 1],
          ['monitored', 1, 1],
          ['visit', 2, 2],
        ],
      });
    }));
});
