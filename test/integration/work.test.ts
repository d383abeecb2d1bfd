/** `doudi work`: what offices are behind with, to the day; and what is published of it. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixedClock, type Clock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { findWork } from '../../exchange/work-items/evaluate.ts';
import { leadId, person as someone, plant, withClerks } from '../support/cases.ts';
import { officeOf, publishHome } from '../support/office.ts';
import { openPublished } from '../../store/published.ts';
import { FEW } from '../support/few-counties.ts';
import { CONFIG, doudi, parseCsv, withHome } from '../support/doudi.ts';
import { csv, deliver, home, person } from '../support/inbox.ts';
import { DATASET_NAMES } from '../support/oracle/datasets.ts';
import {
  assistance,
  COUNTY,
  enrolment,
  MONTH,
  monitored,
  OTHER_COUNTY,
  writeInbox,
  type Line,
} from '../support/oracle/situation.ts';
import { generate } from '../support/province.ts';
import { verified } from '../support/state.ts';

const COUNTIES = FEW.length;
const at = (day: string): Clock => fixedClock(`${day}T09:00:00+08:00`);
const ENROLMENT = 'education/enrolment';

interface Item {
  readonly rule: string;
  readonly county: string;
  readonly subject: string;
  readonly since: string;
  readonly evidence: { readonly fields: Readonly<Record<string, unknown>> };
}
interface Answer {
  readonly items: readonly Item[];
  readonly not_evaluated: readonly { rule: string; county: string; missing: string }[];
}

const ask = async (folder: string, day: string, month = MONTH): Promise<Answer> =>
  JSON.parse(
    await doudi(folder, ['work', '--month', month, '--on', day, '--json'], at(day)),
  ) as Answer;

/** `county subject` of what a rule finds on a day. */
const found = async (folder: string, rule: string, day: string): Promise<string[]> =>
  (await ask(folder, day)).items
    .filter((item) => item.rule === rule)
    .map(({ county, subject }) => `${county} ${subject}`);

const pupils = (county: string, count: number, first: number, month?: string): Line[] =>
  Array.from({ length: count }, (_, n) =>
    enrolment({ person_id: person(first + n), county, aid_year: 500 }, month),
  );

const REPORTS = 'village,county,month,reported_on,zero,person_id,household_id,kind';
const village = (n: number): string => `${COUNTY}001${n}`;
const report = (n: number, day: string): string =>
  `${village(n)},${COUNTY},${MONTH},${day},true,,,`;

/** Every dataset of a month, to leave it out. */
const all = (month: string): string[] => DATASET_NAMES.map((name) => `${name}/${month}`);

/** Only what the line cannot do without, and the villages' reports. */
function delivered(folder: string, lines: readonly Line[], reports: readonly string[]): string {
  const inbox = join(folder, 'inbox');
  writeInbox(inbox, lines, { without: all('2025-04') });
  deliver(inbox, `villages/reports/${MONTH}.csv`, csv(REPORTS, reports));
  return inbox;
}

const run = (folder: string, inbox: string, day: string): Promise<string> =>
  doudi(folder, ['run', '--month', MONTH, '--inbox', inbox, '--json'], at(day));

describe('villages', () => {
  it('are waited for through the 20th, and from the 21st until they report, zero included', async () => {
    await withHome(async (folder) => {
      const lives = (n: number, more = {}): Line =>
        monitored({ person_id: person(n), household_id: home(n), village: village(n), ...more });
      const inbox = delivered(
        folder,
        [lives(201), lives(202), lives(203), lives(204, { county: OTHER_COUNTY })],
        [report(201, '2025-10-20'), report(203, '2025-10-22')],
      );
      await run(folder, inbox, '2025-11-05');
      expect(await found(folder, 'RPT-01', '2025-10-19')).toEqual([]);
      expect(await found(folder, 'RPT-01', '2025-10-20')).toEqual([]);
      const late = [202, 203].map((n) => `${COUNTY} ${village(n)}`);
      // The county is the one that the extracts say, not the code's first digits.
      const other = `${OTHER_COUNTY} ${village(204)}`;
      expect(await found(folder, 'RPT-01', '2025-10-21')).toEqual([...late, other]);
      expect(await found(folder, 'RPT-01', '2025-10-22')).toEqual([late[0], other]);
      const { items } = await ask(folder, '2025-12-01');
      expect(items.find(({ rule }) => rule === 'RPT-01')).toMatchObject({
        subject: village(202),
        since: '2025-10-01',
        evidence: { fields: { 'village.reported': false, 'village.day': 62 } },
      });
      const csvRows = parseCsv(
        await doudi(folder, ['work', '--month', MONTH, '--on', '2025-10-21', '--county', COUNTY]),
      );
      expect(Object.keys(csvRows[0] ?? {})).toEqual(
        'month,rule,county,subject,since,evidence'.split(','),
      );
      expect(csvRows.map(({ county }) => county)).toEqual(csvRows.map(() => COUNTY));
    });
  });

  it('are not judged where the county’s reports have not come in', async () => {
    await withHome(async (folder) => {
      const inbox = delivered(
        folder,
        [monitored({ village: village(201) })],
        [report(202, '2025-10-15')],
      );
      deliver(inbox, `villages/reports/${MONTH}.manifest.json`, `{"counties":["${OTHER_COUNTY}"]}`);
      await run(folder, inbox, '2025-11-05');
      const { items, not_evaluated } = await ask(folder, '2025-10-31');
      expect(items.filter(({ rule }) => rule === 'RPT-01')).toEqual([]);
      expect(not_evaluated).toContainEqual({
        rule: 'RPT-01',
        county: COUNTY,
        missing: `villages/reports ${MONTH}`,
      });
      expect(
        not_evaluated.some(({ rule, county }) => rule === 'RPT-01' && county === OTHER_COUNTY),
      ).toBe(false);
    });
  });
});

describe('extracts', () => {
  it('that move by more than a fifth, in rows or in a sum, are named; at a fifth, or too small, they are not', async () => {
    await withHome(async (folder) => {
      const [still, grown, fallen, edge, small] = [
        '520103',
        '520102',
        '520111',
        '520112',
        '520113',
      ];
      const before = '2025-09';
      const aid = (lines: Line[], amount: number): Line[] =>
        lines.map((line) => ({ ...line, cells: { ...line.cells, aid_year: amount } }));
      const lines = [
        ...[...pupils(still, 100, 1000, before), ...pupils(still, 115, 1000)],
        ...[...pupils(grown, 100, 2000, before), ...pupils(grown, 125, 2000)],
        ...[...pupils(fallen, 100, 3000, before), ...aid(pupils(fallen, 100, 3000), 375)],
        ...[...pupils(edge, 100, 4000, before), ...pupils(edge, 120, 4000)],
        ...[...pupils(small, 99, 5000, before), ...pupils(small, 10, 5000)],
      ];
      await run(folder, delivered(folder, lines, []), '2025-11-05');
      const { items } = await ask(folder, '2025-11-05');
      const drift = items.filter(({ rule }) => rule === 'Q-04');
      expect(drift.map(({ county, subject }) => [county, subject])).toEqual([
        [grown, ENROLMENT],
        [fallen, ENROLMENT],
      ]);
      expect(drift[0]?.evidence.fields).toMatchObject({
        'extract.rows': 125,
        'extract.rows_before': 100,
        'extract.rows_moved': 25,
      });
      expect(drift[1]?.evidence.fields).toMatchObject({
        'extract.rows_moved': 0,
        'extract.sum_column': 'aid_year',
        'extract.sum_before': '50000.00',
        'extract.sum_moved': '12500.00',
      });
    });
  });

  it('of a county that the file leaves out are late from the eighth day on, until a file speaks for it', async () => {
    await withHome(async (folder) => {
      const inbox = delivered(folder, pupils(COUNTY, 3, 1), []);
      const counties = (list: readonly string[]): void => {
        deliver(inbox, `${ENROLMENT}/${MONTH}.manifest.json`, JSON.stringify({ counties: list }));
      };
      counties([COUNTY]);
      await run(folder, inbox, '2025-11-05');
      expect(await found(folder, 'Q-06', '2025-11-07')).toEqual([]);
      const late = await found(folder, 'Q-06', '2025-11-08');
      expect(late).toHaveLength(COUNTIES - 1);
      expect(late).toContain(`${OTHER_COUNTY} ${ENROLMENT}`);
      expect(late).not.toContain(`${COUNTY} ${ENROLMENT}`);
      // Before anything came in, everything was missing.
      expect(await found(folder, 'Q-06', '2025-11-04')).toEqual([]);
      counties([COUNTY, OTHER_COUNTY]);
      writeInboxAgain(inbox, pupils(OTHER_COUNTY, 2, 10));
      await run(folder, inbox, '2025-11-12');
      expect(await found(folder, 'Q-06', '2025-11-11')).toContain(`${OTHER_COUNTY} ${ENROLMENT}`);
      expect(await found(folder, 'Q-06', '2025-11-12')).not.toContain(
        `${OTHER_COUNTY} ${ENROLMENT}`,
      );
    });
  });

  it('with one person twice, ids that are none, or refused for identity numbers are named until they are corrected', async () => {
    await withHome(async (folder) => {
      const twice = [
        ...pupils(COUNTY, 40, 1),
        enrolment({ person_id: person(1), stage: 'junior' }),
        enrolment({ person_id: person(2), county: OTHER_COUNTY, stage: 'junior' }),
        enrolment({ person_id: person(3), stage: 'senior', status: 'graduated' }),
        enrolment({ person_id: 'nobody' }),
      ];
      const inbox = delivered(folder, twice, []);
      const insured = `medical-insurance/insured/${MONTH}.csv`;
      const rows = [`${person(1)},${COUNTY},true,11010519491231002X`];
      deliver(inbox, insured, csv('person_id,county,insured,note', rows));
      await run(folder, inbox, '2025-11-05');
      expect(await found(folder, 'Q-03', '2025-11-05')).toEqual([`${COUNTY} ${ENROLMENT}`]);
      // A file of the whole province stands under the province.
      const faulty = [`520000 ${ENROLMENT}`, '520000 medical-insurance/insured'];
      expect(await found(folder, 'Q-01', '2025-11-05')).toEqual(faulty);
      deliver(inbox, insured, csv('person_id,county,insured', [`${person(1)},${COUNTY},true`]));
      await run(folder, inbox, '2025-11-06');
      expect(await found(folder, 'Q-01', '2025-11-06')).toEqual(faulty.slice(0, 1));
      // Asked for the day before, it was still so.
      expect(await found(folder, 'Q-01', '2025-11-05')).toEqual(faulty);
      const text = await doudi(folder, ['work', '--month', MONTH, '--on', '2025-11-06']);
      for (const id of [1, 2, 3].map(person)) expect(text).not.toContain(id);
    });
  });
});

function writeInboxAgain(inbox: string, lines: readonly Line[]): void {
  writeFileSync(
    join(inbox, `${ENROLMENT}/${MONTH}.csv`),
    csv(
      'person_id,county,stage,status,aid_year',
      [...pupils(COUNTY, 3, 1), ...lines].map(({ cells }) =>
        ['person_id', 'county', 'stage', 'status', 'aid_year'].map((name) => cells[name]).join(','),
      ),
    ),
  );
}

describe('lists', () => {
  const NEW = 'new-monitored/civil-affairs';
  const came = (n: number): Line =>
    monitored({ person_id: person(n), household_id: home(n), identified_month: MONTH });

  it('are due by the 15th of the next month and acknowledged within ten days', async () => {
    await withHome(async (folder) => {
      await run(folder, delivered(folder, [came(1)], []), '2025-11-05');
      expect(await found(folder, 'LST-01', '2025-11-15')).toEqual([]);
      const unsent = await found(folder, 'LST-01', '2025-11-16');
      expect(unsent).toContain(`${COUNTY} ${NEW}`);
      expect(unsent).toHaveLength(COUNTIES * 10);
      await doudi(folder, ['lists', 'export', '--month', MONTH], at('2025-11-16'));
      expect(await found(folder, 'LST-01', '2025-11-16')).toEqual([]);
      expect(await found(folder, 'LST-01', '2025-11-26')).toEqual([]);
      const say = (more: readonly string[] = [], list = 'new-monitored'): Promise<string> =>
        doudi(
          folder,
          [
            ...['lists', 'acknowledge', '--month', MONTH, '--list', list],
            ...['--to', 'civil-affairs', '--county', COUNTY, '--by', 'county-520102', '--json'],
            ...more,
          ],
          at('2025-11-20'),
        );
      expect(JSON.parse(await say())).toMatchObject({ version: 1, changed: true });
      expect(JSON.parse(await say())).toMatchObject({ version: 1, changed: false });
      await expect(say(['--version', '2'])).rejects.toThrow(/version 2, never went out/);
      await expect(say([], 'no-such')).rejects.toThrow(/never went out/);
      const open = await found(folder, 'LST-01', '2025-11-27');
      expect(open).toHaveLength(COUNTIES * 10 - 1);
      expect(open).not.toContain(`${COUNTY} ${NEW}/v1`);
      expect(open).toContain(`${OTHER_COUNTY} ${NEW}/v1`);
      await verified(folder);
    });
  });

  it('are screened within thirty days: by a closed lead or a later assistance row, and persons are only counted', async () => {
    await withHome(async (folder) => {
      const poor = [1, 2, 3, 4].map((n) => ({
        ...came(n),
        cells: { ...came(n).cells, income_per_capita_year: 100 },
      }));
      const inbox = delivered(folder, poor, []);
      await run(folder, inbox, '2025-11-05');
      await doudi(folder, ['lists', 'export', '--month', MONTH], at('2025-11-10'));
      expect(await found(folder, 'LST-03', '2025-12-10')).toEqual([]);
      const late = async (day: string): Promise<unknown[]> =>
        (await ask(folder, day)).items
          .filter(({ rule }) => rule === 'LST-03')
          .map(({ county, subject, since, evidence }) => [
            ...[county, subject, since, evidence.fields['list.unscreened']],
          ]);
      expect(await late('2025-12-11')).toEqual([[COUNTY, `${NEW}/v1`, '2025-11-10', 4]]);
      // One home's lead is closed; another applied the month after; a third had applied before the list.
      const leads = parseCsv(await doudi(folder, ['leads', '--month', MONTH]));
      const lead = leads.find(({ household_id }) => household_id === home(1))?.['lead_id'] ?? '';
      await doudi(
        folder,
        ['leads', 'close', lead, '--outcome', 'unfounded', '--reason', '已核查'],
        at('2025-12-01'),
      );
      const applied = (n: number, day: string): Line =>
        assistance(
          { person_id: person(n), household_id: home(n), status: 'refused', status_date: day },
          '2025-11',
        );
      writeInbox(inbox, [applied(2, '2025-11-20'), applied(3, '2025-09-30')], {
        month: '2025-11',
        without: ['2025-10', '2025-05'].flatMap(all),
      });
      await doudi(
        folder,
        ['run', '--month', '2025-11', '--inbox', inbox, '--json'],
        at('2025-12-05'),
      );
      expect(await late('2025-12-11')).toEqual([[COUNTY, `${NEW}/v1`, '2025-11-10', 2]]);
      const text = await doudi(folder, ['work', '--month', MONTH, '--on', '2025-12-11']);
      for (const id of [1, 2, 3, 4].flatMap((n) => [person(n), home(n)]))
        expect(text).not.toContain(id);
      // A list that somebody has altered says nothing of who waits, and stops nothing.
      appendFileSync(
        join(folder, `exports/${MONTH}/${COUNTY}/civil-affairs/new-monitored-v1.csv`),
        'x\n',
      );
      expect(await late('2025-12-11')).toEqual([]);
    });
  });
});

describe('cases', () => {
  it('are named once they are beyond their time, by the lead, until somebody goes on with them', () =>
    withClerks('140000', '2025-11-10', async ({ store, act, clock }) => {
      const [county, town] = ['141034', '141034100'];
      const [accepted, posted, refused] = [1, 2, 3].map(leadId) as [string, string, string];
      const leads = [accepted, posted, refused];
      await plant(
        store,
        leads.map((lead_id) => ({
          ...{ lead_id, direction: 'need' as const, county, township: town },
          rules: ['ILL-01'],
        })),
      );
      const [officer, other] = [1, 2].map((n) => someone('township_officer', town, n));
      const [leader, head] = [someone('township_leader', town), someone('township_head', town)];
      const clerk = someone('township_officer', town, 3);
      const rural = someone('county_rural_revitalization', county);
      const civil = someone('county_civil_affairs', county);
      if (officer === undefined || other === undefined) throw new Error('no officers');
      const deployment = await officeOf(store.home.root);
      /** `rule lead since evidence` of the items of cases on a day. */
      const late = async (on: string): Promise<unknown[]> => {
        await findWork({ store, deployment, month: '2025-11' as Month, alarms: [], on });
        const items = await store.sql.rows<{ rule: string; evidence: string }>(
          "SELECT rule, subject, county, since::VARCHAR AS since, evidence FROM work_found WHERE rule LIKE 'SLA-%' ORDER BY rule, subject",
        );
        return items.map(({ evidence, ...item }) => ({
          ...item,
          fields: (JSON.parse(evidence) as Item['evidence']).fields,
        }));
      };
      const none = { finding: 'none', code: 'income_above', clause: '二（二）', reason: '如表' };
      const dibao = { finding: 'dibao', members: 2, amount_month: '600', reason: '如表' };
      for (const lead of leads) {
        await act(lead, officer, 'take');
        await act(lead, officer, 'visit', {}, [officer, other]);
        await act(lead, officer, 'accept');
      }
      for (const lead of [posted, refused]) await act(lead, officer, 'means_check');
      await act(posted, leader, 'review', { civil: dibao, rural: none });
      await act(posted, officer, 'post');
      await act(refused, leader, 'review', { civil: none, rural: none });
      // Seven days of publicity from the 10th; nothing is late on the seventh.
      expect(await late('2025-11-17')).toEqual([]);
      expect(await late('2025-11-18')).toEqual([
        {
          ...{ rule: 'SLA-02', subject: posted, county, since: '2025-11-10' },
          fields: { 'case.days_posted': 8 },
        },
      ]);
      clock.to('2025-11-19');
      await act(posted, rural, 'confirm', none);
      expect(await late('2025-11-19')).toEqual([]);
      for (const signer of [head, someone('township_leader', town, 2), clerk])
        for (const lead of [posted, refused]) await act(lead, signer, 'sign');
      await act(refused, rural, 'confirm', none);
      for (const lead of [posted, refused]) await act(lead, civil, 'file');
      await act(refused, officer, 'notify');
      clock.to('2025-11-21');
      await act(refused, officer, 'appeal');
      // Fifteen days from the 19th to ask for a review, and it was asked for; twenty working days from the 10th.
      expect(await late('2025-12-04')).toEqual([]);
      expect(await late('2025-12-05')).toEqual([
        {
          ...{ rule: 'SLA-03', subject: refused, county, since: '2025-11-19' },
          fields: { 'case.days_refused': 16 },
        },
      ]);
      const overdue = (subject: string, days: number): object => ({
        ...{ rule: 'SLA-01', subject, county, since: '2025-11-10' },
        fields: {
          'case.township_confirms': true,
          'case.extended': false,
          'case.working_days': days,
        },
      });
      expect((await late('2025-12-08')).length).toBe(1);
      expect((await late('2025-12-09')).slice(0, 2)).toEqual([
        overdue(accepted, 21),
        overdue(refused, 21),
      ]);
    }));

  it('have the county’s thirty working days, and forty-five for a reason that the notice names', () =>
    withClerks('530000', '2025-11-10', async ({ store, act, clock }) => {
      const [county, town] = ['532301', '532301001'];
      const lead = leadId(1);
      const rules = ['ILL-01'];
      await plant(store, [{ lead_id: lead, direction: 'need', county, township: town, rules }]);
      const officers = [1, 2].map((n) => someone('township_officer', town, n));
      const [officer] = officers;
      if (officer === undefined) throw new Error('no officer');
      await act(lead, officer, 'take');
      await act(lead, officer, 'visit', {}, officers);
      await act(lead, officer, 'accept');
      const deployment = await officeOf(store.home.root);
      const late = async (on: string): Promise<unknown[]> => {
        await findWork({ store, deployment, month: '2025-11' as Month, alarms: [], on });
        return store.sql.rows("SELECT rule, subject FROM work_found WHERE rule LIKE 'SLA-%'");
      };
      expect(await late('2025-12-22')).toEqual([]);
      expect(await late('2025-12-23')).toEqual([{ rule: 'SLA-01', subject: lead }]);
      clock.to('2025-12-24');
      await act(lead, someone('township_leader', town), 'extend');
      expect(await late('2025-12-24')).toEqual([]);
      // Asked for the day before, it was still so.
      expect(await late('2025-12-23')).toEqual([{ rule: 'SLA-01', subject: lead }]);
    }));
});

describe('what cannot be decided yet', () => {
  it('is said with what is missing', async () => {
    await withHome(async (folder) => {
      await doudi(folder, ['quality', '--months', MONTH]);
      const { not_evaluated } = await ask(folder, '2025-11-20');
      const of = (rule: string): string[] => [
        ...new Set(not_evaluated.filter((one) => one.rule === rule).map(({ missing }) => missing)),
      ];
      // A home without cases has none that are late, which is an answer; Guizhou names no time for asking for a review.
      expect(['SLA-01', 'SLA-02'].map(of)).toEqual([[], []]);
      expect(of('SLA-03')).toEqual(['parameter refusal-review-days']);
      expect(of('Q-02')).toEqual([`disabled-federation/certificate-numbers ${MONTH}`]);
      expect(of('Q-05')).toEqual([`run ${MONTH}`]);
      await expect(ask(folder, '2025-02-30')).rejects.toThrow(/is not a day/);
      await expect(doudi(folder, ['work', '--month', MONTH, '--county', '110101'])).rejects.toThrow(
        /is no county/,
      );
      await expect(
        doudi(folder, [
          ...['rules', 'explain', 'RPT-01', '--month', MONTH],
          ...['--person', person(1)],
        ]),
      ).rejects.toThrow(/no person or home/);
    });
  });
});

describe('a province', () => {
  it('publishes what each county has and how much is open, and the run says nothing of it', async () => {
    await withHome(async (folder) => {
      const inbox = await generate(folder, { persons: 3000, months: '2025-09..2025-10', seed: 9 });
      deliver(
        inbox,
        `education/enrolment/${MONTH}.manifest.json`,
        JSON.stringify({ counties: [COUNTY] }),
      );
      const report = JSON.parse(await run(folder, inbox, '2025-11-09')) as {
        warnings: Record<string, number>;
        not_evaluated: readonly { rule: string }[];
        files: readonly { agency: string; dataset: string; month: string; rows: number }[];
      };
      const families = [
        ...Object.keys(report.warnings),
        ...report.not_evaluated.map((n) => n.rule),
      ];
      expect(families.filter((id) => /^(Q|RPT|SLA|LST-0[13])/.test(id))).toEqual([]);
      const { items } = await ask(folder, '2025-11-09');
      expect(items.filter(({ rule }) => rule === 'Q-06')).toHaveLength(COUNTIES - 1);
      // Every village of a generated province reports.
      expect(items.filter(({ rule }) => rule === 'RPT-01')).toEqual([]);
      await publishHome(folder, fixedClock('2025-11-09T09:00:00+08:00'));
      const published = openPublished(openHome(folder));
      const counted = await published.rows<{ rule: string; county: string; items: string }>(
        'SELECT rule, county, items FROM work_item_month WHERE month = $month ORDER BY rule, county',
        { month: MONTH },
      );
      const expected = new Map<string, number>();
      for (const { rule, county } of items)
        expected.set(`${rule} ${county}`, (expected.get(`${rule} ${county}`) ?? 0) + 1);
      expect(
        Object.fromEntries(counted.map((row) => [`${row.rule} ${row.county}`, Number(row.items)])),
      ).toEqual(Object.fromEntries(expected));
      const sums = await published.rows<{ name: string; rows: string; bad: string }>(
        `SELECT agency || '/' || dataset AS name, sum(rows)::BIGINT AS rows, sum(quarantined)::BIGINT AS bad
           FROM extract_month WHERE month = $month GROUP BY ALL`,
        { month: MONTH },
      );
      const source = await published.rows<{ name: string; rows: string; bad: string }>(
        `SELECT agency || '/' || dataset AS name, rows, quarantined AS bad FROM source WHERE month = $month`,
        { month: MONTH },
      );
      expect(source.length).toBeGreaterThan(9);
      // Rows of counties that the manifest of this one leaves out stand nowhere.
      const whole = source.filter(({ name }) => name !== ENROLMENT);
      expect(sums.filter(({ name }) => name !== ENROLMENT)).toEqual(expect.arrayContaining(whole));
      const of = (county: string): Promise<Record<string, unknown>[]> =>
        published.rows(
          `SELECT version, rows IS NULL AS nothing, received_on::VARCHAR AS received_on, late_days FROM extract_month
             WHERE month = $month AND county = $county AND dataset = 'enrolment'`,
          { month: MONTH, county },
        );
      expect(await of(COUNTY)).toEqual([
        { version: 1, nothing: false, received_on: '2025-11-09', late_days: 2 },
      ]);
      expect(await of(OTHER_COUNTY)).toEqual([
        { version: null, nothing: true, received_on: null, late_days: null },
      ]);
      published.close();
    }, CONFIG);
  });
});
