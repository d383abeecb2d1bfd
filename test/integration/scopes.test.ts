/** One published file, readers of all kinds: what belongs to the province, what names cards, what is kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHome } from '../../core/home.ts';
import { divisionsOf } from '../../core/region.ts';
import { openPublished, writePublished, type Published } from '../../store/published.ts';
import { openStore } from '../../store/store.ts';
import { countiesIn, type Scope } from '../../dashboards/shared/scope.ts';
import {
  ABOUT_PROVINCE,
  openRegistry,
  type QueryRegistry,
  type RegistryParts,
} from '../../dashboards/shared/registry.ts';
import type { Row } from '../../dashboards/shared/protect.ts';
import { countyNames, programmeNames } from '../../published/names.ts';
import { CLOCK } from '../support/doudi.ts';

const divisions = divisionsOf('520000');
const MONTH = '2025-10';

const tables = (hits: number): Record<string, string> => ({
  salt: `SELECT 'a secret' AS secret`,
  month: `SELECT '${MONTH}' AS month`,
  county: countyNames(divisions),
  programme: programmeNames(),
  rule: `SELECT 'ILL-01' AS rule, '' AS title`,
  work_rule: `SELECT 'Q-06' AS rule, 'late' AS title`,
  warning: `SELECT '${MONTH}' AS month, '520102' AS county, 'ILL-01' AS rule, ${hits}::INTEGER AS n`,
  // The second is of no county.
  person_month: `SELECT '${MONTH}' AS month, unnest(['520102', '']) AS county, unnest(['low_income', 'monitored']) AS programme, 100::BIGINT AS persons`,
  work_item_month: `SELECT '${MONTH}' AS month, 'Q-06' AS rule, unnest(['520000', '520102', '520302']) AS county, 40::BIGINT AS items`,
  run: `SELECT '${MONTH}' AS month, 0::BIGINT AS happened_at, 1::INTEGER AS turn, 40::BIGINT AS warnings`,
  lead: `SELECT '${MONTH}' AS month, '520102' AS county, 'need' AS direction, 1 AS priority, 'open' AS status, true AS opened, 12::INTEGER AS n`,
  urgent_lead: `SELECT '${MONTH}' AS month, unnest(['520102', '520102', '520302']) AS county,
    unnest(['L1', 'L2', 'L3']) AS lead_id,
    unnest(['520102016', '520102017', '520302001']) AS township, 'need' AS direction, 1::INTEGER AS priority, 'ILL-01' AS rules, '${MONTH}' AS opened_month`,
});

const scope = (region: string, exact: boolean, leads: string | null = null): Scope => ({
  asker: { account: 'test', role: '', region, route: 'GET /rows' },
  leads,
  alertsOnly: false,
  region,
  counties: countiesIn(divisions, region),
  whole: region === '520000',
  exact,
});

/** What was taken down, each as `route place outcome`. */
const audited: string[] = [];

let folder: string;
let published: Published;
let made: RegistryParts;
let registry: QueryRegistry;

async function write(hits: number): Promise<void> {
  const store = await openStore(openHome(folder), CLOCK);
  await writePublished(store.sql, store.home, tables(hits));
  await store.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-scopes-'));
  await write(40);
  published = openPublished(openHome(folder));
  made = {
    published,
    divisions,
    rules: new Set(['ILL-01']),
    sources: new Set(),
    disclosure: { minimum: 10, rounding: 5 },
    audit: {
      write({ account, route, place, outcome }) {
        audited.push([account, route, place, outcome].join(' '));
        return Promise.resolve();
      },
    },
    now: () => 0,
    moment: () => Promise.resolve({ disk_free: 1, disk_total: 1, queue: 1, workers: 1 }),
  };
  registry = await openRegistry(made);
});
afterAll(() => {
  published.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(name: string, who: Scope, region = 'all'): Promise<readonly Row[]> {
  const rule = name === 'rules_counties' ? { rule: 'all' } : {};
  return (await registry.ask(name, { from: MONTH, to: MONTH, region, ...rule }, who)).rows;
}

describe('items of work of the whole province', () => {
  const placesOf = async (who: Scope, region = 'all'): Promise<unknown[]> =>
    (await ask('quality_work', who, region)).map(({ county, county_name: name }) => [county, name]);

  it('are seen by whoever sees the whole, under its code', async () => {
    const all = [
      ['520000', '贵州省'],
      ['520102', '南明区'],
      ['520302', '红花岗区'],
    ];
    expect(await placesOf(scope('520000', true))).toEqual(all);
    expect(await placesOf(scope('520000', false))).toEqual(all);
  });

  it('and by nobody else, nor among those of a region', async () => {
    expect(await placesOf(scope('520100', true))).toEqual([['520102', '南明区']]);
    expect(await placesOf(scope('520102', true))).toEqual([['520102', '南明区']]);
    expect(await placesOf(scope('520000', true), '520100')).toEqual([['520102', '南明区']]);
  });
});

describe('a row of no county', () => {
  it('is seen with the whole only', async () => {
    expect(await ask('province_people', scope('520000', true))).toHaveLength(1);
    for (const region of ['520100', '520102']) {
      expect(await ask('province_people', scope(region, true))).toEqual([]);
      expect(await ask('province_people', scope('520000', true), region)).toEqual([]);
    }
  });
});

describe('leads', () => {
  const townships = async (who: Scope, region?: string): Promise<unknown[]> =>
    (await ask('county_urgent', who, region)).map((row) => row['township']);

  it('are those of the county or township of whoever may read them', async () => {
    expect(await townships(scope('520000', true, '520000'))).toEqual([
      '520102016',
      '520102017',
      '520302001',
    ]);
    expect(await townships(scope('520102', true, '520102'))).toEqual(['520102016', '520102017']);
    // In any order: what was worked out for the county is not handed to a township.
    for (const township of ['520102017', '520102016'])
      for (const region of ['all', '520102'])
        expect(await townships(scope('520102', true, township), region)).toEqual([township]);
    // In which village a lead lies, the published table does not say.
    expect(await townships(scope('520102', true, '520102016001'))).toEqual([]);
  });

  it('are no query at all for others, whatever figures they see', async () => {
    for (const who of [scope('520000', true), scope('520102', true), scope('520102', false)]) {
      await expect(ask('county_urgent', who)).rejects.toMatchObject({ code: 'unknown-metric' });
      expect([...registry.visible(who).keys()]).not.toContain('county_urgent');
    }
  });

  it('are read with a line in the audit, or not at all', async () => {
    audited.length = 0;
    await ask('county_urgent', scope('520102', true, '520102016'));
    await ask('county_urgent', scope('520000', true, '520000'), '520302');
    await expect(ask('county_urgent', scope('520102', true))).rejects.toThrow();
    await expect(ask('county_urgent', scope('520102', true, '520102'), '520302')).rejects.toThrow();
    await expect(ask('county_urgent', scope('520102', true, '520102'), 'x')).rejects.toThrow();
    await ask('county_queue', scope('520102', true, '520102'));
    expect(audited).toEqual([
      'test GET /rows/county_urgent 520102016 allowed',
      'test GET /rows/county_urgent 520302 allowed',
      'test GET /rows/county_urgent 520102 denied',
      'test GET /rows/county_urgent 520302 denied',
      'test GET /rows/county_urgent  failed',
    ]);
    const unwritable = await openRegistry({
      ...made,
      audit: { write: () => Promise.reject(new Error('the disk is full')) },
    });
    const given = { from: MONTH, to: MONTH, region: 'all' };
    await expect(
      unwritable.ask('county_urgent', given, scope('520102', true, '520102')),
    ).rejects.toThrow('the disk is full');
  });
});

describe('a query about the whole province', () => {
  it('has no rows for a reader of a part, and says why', async () => {
    const given = { from: MONTH, to: MONTH };
    const whole = await registry.ask('operations_runs', given, scope('520000', false));
    expect([whole.rows.length, whole.notice]).toEqual([1, null]);
    for (const region of ['520100', '520102']) {
      const { rows, notice, columns } = await registry.ask(
        'operations_runs',
        given,
        scope(region, true),
      );
      expect([rows, notice]).toEqual([[], ABOUT_PROVINCE]);
      expect(columns).toEqual(whole.columns);
    }
  });
});

describe('a token of alert rules', () => {
  it('opens their queries and no other', async () => {
    const alerts: Scope = { ...scope('520000', true), alertsOnly: true };
    expect(new Set([...registry.visible(alerts).values()].map(({ folder }) => folder))).toEqual(
      new Set(['alerts']),
    );
    expect((await registry.ask('alerts_disk', {}, alerts)).rows).toHaveLength(1);
    for (const name of [
      'province_counties',
      'options_counties',
      'county_urgent',
      'operations_state',
    ])
      await expect(ask(name, alerts), name).rejects.toMatchObject({ code: 'unknown-metric' });
  });
});

describe('an answer that is kept', () => {
  it('goes to whoever may see the same, whichever of them asked first, until a file says otherwise', async () => {
    const [exact, guarded] = [scope('520000', true), scope('520000', false)];
    const hitsOf = async (who: Scope, region = 'all'): Promise<unknown> =>
      (await ask('rules_counties', who, region)).find(({ county }) => county === '520102')?.[
        'hits'
      ];
    // 43 are 40 or 45 for a reader outside.
    await write(43);
    for (let turn = 0; turn < 2; turn += 1) {
      expect([40, 45]).toContain(await hitsOf(guarded));
      expect(await hitsOf(exact)).toBe(43);
      expect([40, 45]).toContain(await hitsOf(scope('520102', false)));
      expect(await hitsOf(scope('520102', true))).toBe(43);
      expect(await ask('rules_counties', exact, '520102')).toHaveLength(1);
      expect(await ask('rules_counties', exact)).toHaveLength(88);
      expect(await ask('rules_counties', scope('520100', true))).toHaveLength(
        countiesIn(divisions, '520100').length,
      );
    }
    const [before, people] = [
      await ask('rules_counties', exact),
      await ask('province_people', exact),
    ];
    expect(await ask('rules_counties', exact)).toBe(before);
    // A file with the same figures: what was worked out of them goes on.
    const old = published.version();
    await write(43);
    expect(published.version()).not.toBe(old);
    expect(await ask('rules_counties', exact)).toBe(before);
    await write(77);
    expect(await ask('province_people', exact)).toBe(people);
    expect(await hitsOf(exact)).toBe(77);
    expect([75, 80]).toContain(await hitsOf(guarded));
  });
});
