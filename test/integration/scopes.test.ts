/** One published file, readers of all kinds: what belongs to the province, what names cards, what is kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHome } from '../../core/home.ts';
import { divisionsOf } from '../../core/region.ts';
import { openPublished, writePublished, type Published } from '../../core/store/published.ts';
import { openStore } from '../../core/store/store.ts';
import { countiesIn, type Scope } from '../../dashboards/kit/scope.ts';
import { openRegistry, type Registry } from '../../dashboards/kit/registry.ts';
import type { Row } from '../../dashboards/kit/protect.ts';
import { countyNames, programmeNames } from '../../pipelines/published/names.ts';
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
  run: `SELECT '${MONTH}' AS month`,
  urgent_lead: `SELECT '${MONTH}' AS month, unnest(['520102', '520302']) AS county, 'L1' AS lead_id, '' AS township, 'need' AS direction,
    1::INTEGER AS priority, 'ILL-01' AS rules, '${MONTH}' AS opened_month`,
});

const scope = (region: string, exact: boolean): Scope => ({
  reader: 'test',
  region,
  counties: countiesIn(divisions, region),
  whole: region === '520000',
  exact,
});

let folder: string;
let published: Published;
let registry: Registry;

async function write(hits: number): Promise<void> {
  const store = await openStore(openHome(folder), CLOCK);
  await writePublished(store.sql, store.home, tables(hits));
  await store.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-scopes-'));
  await write(40);
  published = openPublished(openHome(folder));
  registry = await openRegistry({
    published,
    divisions,
    rules: new Set(['ILL-01']),
    sources: new Set(),
    disclosure: { minimum: 10, rounding: 5 },
    now: () => 0,
    moment: () => Promise.resolve({ disk_free: 1, disk_total: 1, queue: 1, workers: 1 }),
  });
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

describe('cards by their ids', () => {
  it('are for readers of exact figures, of their own counties', async () => {
    const homes = async (who: Scope): Promise<unknown[]> =>
      (await ask('county_urgent', who)).map((row) => row['county_name']);
    expect(await homes(scope('520000', true))).toEqual(['南明区', '红花岗区']);
    expect(await homes(scope('520100', true))).toEqual(['南明区']);
    expect(await homes(scope('520000', false))).toEqual([]);
    expect(await homes(scope('520102', false))).toEqual([]);
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
