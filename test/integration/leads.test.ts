/** One card per home and direction: joined, struck, asleep, woken; nothing deleted, nothing doubled. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliver, home as household, person } from '../support/inbox.ts';
import { doudi, parseCsv, withHome } from '../support/doudi.ts';
import { madeOnce } from '../support/made-once.ts';

type Row = Readonly<Record<string, string | number | boolean>>;

const HOME = household(1);
const NULLS = '';

function table(columns: readonly string[], rows: readonly Row[]): string {
  return `${[columns.join(','), ...rows.map((row) => columns.map((name) => String(row[name] ?? NULLS)).join(','))].join('\n')}\n`;
}

const COLUMNS = {
  'civil-affairs/assistance': [
    'person_id',
    'household_id',
    'county',
    'township',
    'residence',
    'programme',
    'status',
    'status_date',
    'household_size',
    'income_per_capita_year',
    'single_person',
    'review_date',
  ],
  'civil-affairs/members': ['person_id', 'household_id', 'county', 'birth_month'],
  'rural-revitalization/monitored': [
    'person_id',
    'household_id',
    'county',
    'township',
    'category',
    'risk',
    'identified_month',
    'household_size',
    'birth_month',
  ],
  'education/enrolment': [
    'person_id',
    'county',
    'stage',
    'status',
    'aid_year',
    'out_of_pocket_year',
  ],
  'medical-insurance/settlements': [
    'bill_id',
    'person_id',
    'county',
    'settled_on',
    'kind',
    'major_illness',
    'total',
    'insurance_paid',
    'self_paid',
  ],
  'medical-insurance/insured': ['person_id', 'county', 'insured'],
  'disabled-federation/certificates': [
    'person_id',
    'county',
    'category',
    'grade',
    'status',
    'issued',
    'living_subsidy',
    'nursing_subsidy',
  ],
  'human-resources/employment': ['person_id', 'county', 'status'],
} as const;

type Source = keyof typeof COLUMNS;

const dibao: Row = {
  person_id: person(1),
  household_id: HOME,
  county: '520102',
  township: '520102001',
  residence: 'rural',
  programme: 'rural_dibao',
  status: 'active',
  status_date: '2024-01-01',
  household_size: 2,
  income_per_capita_year: 5000,
  review_date: '2025-06-01',
};
const child: Row = { person_id: person(2), county: '520102', stage: 'junior', status: 'dropout' };

/** All extracts of a month: empty ones where nothing is said. */
function month(
  home: string,
  name: string,
  said: Partial<Record<Source, readonly Row[]>>,
  without: readonly Source[] = [],
): void {
  for (const source of Object.keys(COLUMNS) as Source[]) {
    if (without.includes(source)) continue;
    const rows =
      said[source] ??
      (source === 'civil-affairs/assistance'
        ? [dibao]
        : source === 'civil-affairs/members'
          ? [{ person_id: person(2), household_id: HOME, county: '520102', birth_month: '2012-01' }]
          : []);
    deliver(join(home, 'inbox'), `${source}/${name}.csv`, table(COLUMNS[source], rows));
  }
}

interface Report {
  leads: { opened: number; updated: number; struck: number };
  changed: boolean;
}
const run = async (home: string, name: string): Promise<Report> =>
  JSON.parse(
    await doudi(home, ['run', '--month', name, '--inbox', join(home, 'inbox'), '--json']),
  ) as Report;
const leads = async (home: string, name: string): Promise<Record<string, string>[]> =>
  parseCsv(await doudi(home, ['leads', '--month', name]));
const need = async (home: string, name: string): Promise<Record<string, string> | undefined> =>
  (await leads(home, name)).find(({ direction }) => direction === 'need');

/** A home that has a card since October: a child has left school. */
const withCard = madeOnce(async (home) => {
  month(home, '2025-10', { 'education/enrolment': [child] });
  await run(home, '2025-10');
});

describe('leads', () => {
  it('gather the warnings of a home on one card per direction, and a second run changes nothing', async () => {
    await withHome(async (home) => {
      month(home, '2025-10', {
        'education/enrolment': [child],
        'civil-affairs/assistance': [{ ...dibao, review_date: '2024-01-01' }],
      });
      expect((await run(home, '2025-10')).leads).toMatchObject({
        opened: 2,
        updated: 0,
        struck: 0,
      });
      const cards = await leads(home, '2025-10');
      expect(
        cards.map(
          ({
            direction,
            household_id,
            person_id,
            rules,
            priority,
            status,
            opened_month,
            township,
          }) => ({
            direction,
            household_id,
            person_id,
            rules,
            priority,
            status,
            opened_month,
            township,
          }),
        ),
      ).toEqual([
        {
          direction: 'need',
          household_id: HOME,
          person_id: '',
          rules: 'EDU-02;FAM-01',
          priority: '1',
          status: 'open',
          opened_month: '2025-10',
          township: '520102001',
        },
        {
          direction: 'correction',
          household_id: HOME,
          person_id: '',
          rules: 'X-REV',
          priority: '4',
          status: 'open',
          opened_month: '2025-10',
          township: '520102001',
        },
      ]);
      const again = await run(home, '2025-10');
      expect(again).toMatchObject({ changed: false, leads: { opened: 0, updated: 0, struck: 0 } });
      expect(await leads(home, '2025-10')).toEqual(cards);
    });
  });

  it('give a person without a home a card of their own', async () => {
    await withHome(async (home) => {
      month(home, '2025-10', {
        'education/enrolment': [{ ...child, person_id: person(77) }],
        'civil-affairs/assistance': [],
        'civil-affairs/members': [],
      });
      await run(home, '2025-10');
      expect(await leads(home, '2025-10')).toEqual([
        expect.objectContaining({
          household_id: '',
          person_id: person(77),
          county: '520102',
          rules: 'EDU-02',
        }),
      ]);
    });
  });

  it('take new warnings in, strike those that vanish, and keep the card of the month it was opened in', async () => {
    await withHome(async (home) => {
      const uninsured = [{ person_id: person(1), county: '520102', insured: 'false' }];
      await withCard(home);
      month(home, '2025-11', {
        'education/enrolment': [child],
        'medical-insurance/insured': uninsured,
      });
      month(home, '2025-12', {
        'medical-insurance/insured': uninsured,
        'civil-affairs/members': [],
      });
      month(home, '2026-01', { 'civil-affairs/members': [] });
      month(home, '2026-02', { 'civil-affairs/members': [] });
      const first = await need(home, '2025-10');
      expect((await run(home, '2025-11')).leads).toMatchObject({
        opened: 0,
        updated: 1,
        struck: 0,
      });
      expect(await need(home, '2025-11')).toMatchObject({
        lead_id: first?.['lead_id'],
        opened_month: '2025-10',
        rules: 'EDU-02;FAM-01;FAM-06;ILL-05',
      });
      expect((await run(home, '2025-12')).leads).toMatchObject({
        opened: 0,
        updated: 0,
        struck: 1,
      });
      expect(await need(home, '2025-12')).toMatchObject({
        rules: 'ILL-05',
        status: 'open',
        priority: '4',
      });
      await run(home, '2026-01');
      expect(await need(home, '2026-01')).toMatchObject({
        lead_id: first?.['lead_id'],
        rules: '',
        status: 'struck',
      });
      await run(home, '2026-02');
      expect(await need(home, '2026-02')).toBeUndefined();
      // What was known then can still be listed.
      expect(await need(home, '2025-11')).toMatchObject({
        rules: 'EDU-02;FAM-01;FAM-06;ILL-05',
        status: 'open',
      });
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('do not lose a warning whose rule could not be evaluated this month', async () => {
    await withHome(async (home) => {
      await withCard(home);
      month(home, '2025-11', {}, ['education/enrolment']);
      await run(home, '2025-11');
      expect(await need(home, '2025-11')).toMatchObject({ rules: 'EDU-02;FAM-01', status: 'open' });
    });
  });

  it('are corrected when the month’s data are', async () => {
    await withHome(async (home) => {
      await withCard(home);
      month(home, '2025-10', {
        'education/enrolment': [{ ...child, status: 'enrolled', aid_year: 100 }],
      });
      expect(await run(home, '2025-10')).toMatchObject({
        changed: true,
        leads: { opened: 0, updated: 0, struck: 1 },
      });
      expect(await need(home, '2025-10')).toMatchObject({ rules: 'FAM-01' });
      month(home, '2025-10', { 'education/enrolment': [{ ...child, status: 'absent' }] });
      expect((await run(home, '2025-10')).leads).toMatchObject({
        opened: 0,
        updated: 1,
        struck: 0,
      });
      expect(await need(home, '2025-10')).toMatchObject({ rules: 'EDU-02;FAM-01' });
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('an earlier month run later joins the open card instead of opening a second one', async () => {
    await withHome(async (home) => {
      month(home, '2025-10', { 'education/enrolment': [child] });
      month(home, '2025-11', { 'education/enrolment': [child] });
      await run(home, '2025-11');
      expect((await run(home, '2025-10')).leads).toMatchObject({ opened: 0, updated: 1 });
      expect(await leads(home, '2025-10')).toHaveLength(1);
      expect(await leads(home, '2025-11')).toHaveLength(1);
    });
  });
});

describe('after a negative outcome a home', () => {
  const bill = (n: number, on: string, amount: string): Row => ({
    bill_id: `B${n}`,
    person_id: person(1),
    county: '520102',
    settled_on: on,
    kind: 'inpatient',
    major_illness: 'false',
    total: '30000',
    insurance_paid: '0',
    self_paid: amount,
  });
  const insured = {
    'medical-insurance/insured': [{ person_id: person(1), county: '520102', insured: 'true' }],
    'civil-affairs/members': [],
  };
  /** 2025-05: one bill of 6,000; the visit found nothing. */
  async function visit(home: string, outcome: string): Promise<void> {
    month(home, '2025-05', {
      ...insured,
      'medical-insurance/settlements': [bill(1, '2025-05-02', '6000')],
    });
    await run(home, '2025-05');
    const lead = await need(home, '2025-05');
    expect(lead).toMatchObject({ rules: 'ILL-01' });
    await doudi(home, [
      'leads',
      'close',
      lead?.['lead_id'] ?? '',
      '--outcome',
      outcome,
      '--reason',
      '有子女赡养',
      '--clause',
      '黔民发〔2023〕2号 二（一）一',
      '--month',
      '2025-05',
    ]);
    expect(await run(home, '2025-05')).toMatchObject({ leads: { opened: 0 } });
    expect(await need(home, '2025-05')).toMatchObject({ status: 'closed' });
  }
  const closed = {
    not_eligible: madeOnce((home) => visit(home, 'not_eligible')),
    unfounded: madeOnce((home) => visit(home, 'unfounded')),
    assisted: madeOnce((home) => visit(home, 'assisted')),
  };

  it('sleeps for the locality’s period, then is seen again', async () => {
    await withHome(async (home) => {
      await closed.not_eligible(home);
      month(home, '2025-10', insured);
      await run(home, '2025-10');
      expect(await need(home, '2025-10')).toBeUndefined();
      month(home, '2025-11', insured);
      await run(home, '2025-11');
      expect(await need(home, '2025-11')).toMatchObject({
        opened_month: '2025-11',
        rules: 'ILL-01',
        status: 'open',
      });
    });
  });

  it('is woken by something new', async () => {
    await withHome(async (home) => {
      await closed.not_eligible(home);
      month(home, '2025-06', {
        ...insured,
        'medical-insurance/insured': [{ person_id: person(1), county: '520102', insured: 'false' }],
      });
      await run(home, '2025-06');
      expect(await need(home, '2025-06')).toMatchObject({
        opened_month: '2025-06',
        rules: 'ILL-01;ILL-05',
      });
    });
  });

  it.each([
    ['8999.99', false],
    ['9000', true],
  ])('with %s self-paid instead of 6,000 is woken: %s', async (total, woken) => {
    await withHome(async (home) => {
      await closed.unfounded(home);
      month(home, '2025-06', {
        ...insured,
        'medical-insurance/settlements': [bill(2, '2025-06-02', (Number(total) - 6000).toFixed(2))],
      });
      await run(home, '2025-06');
      expect((await need(home, '2025-06')) !== undefined).toBe(woken);
    });
  });

  it('after help was given is seen again in the next month if the warning still holds', async () => {
    await withHome(async (home) => {
      await closed.assisted(home);
      month(home, '2025-06', insured);
      await run(home, '2025-06');
      expect(await need(home, '2025-06')).toMatchObject({ opened_month: '2025-06' });
    });
  });

  it('needs a reason and a clause, and is closed once', async () => {
    await withHome(async (home) => {
      await closed.not_eligible(home);
      const lead = (await need(home, '2025-05'))?.['lead_id'] ?? '';
      const words = ['leads', 'close', lead, '--outcome', 'not_eligible', '--month', '2025-05'];
      await expect(doudi(home, words)).rejects.toMatchObject({ code: 'reason-missing' });
      await expect(doudi(home, [...words, '--reason', 'x'])).rejects.toMatchObject({
        code: 'reason-missing',
      });
      expect(await doudi(home, [...words, '--reason', 'x', '--clause', 'y'])).toContain('already');
      await expect(
        doudi(home, ['leads', 'close', lead, '--outcome', 'assisted', '--reason', 'x']),
      ).rejects.toMatchObject({ code: 'lead-closed' });
      await expect(
        doudi(home, ['leads', 'close', 'L0', '--outcome', 'assisted', '--reason', 'x']),
      ).rejects.toMatchObject({ code: 'lead-unknown' });
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });
});
