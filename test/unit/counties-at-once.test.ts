/** Answers of all counties at once: made when a second county asks, one query at a time, kept while they hold. */
import { describe, expect, it } from 'vitest';
import type { Parted } from '../../store/published.ts';
import { loadQueries } from '../../dashboards/shared/load.ts';
import { forEachCounty, CountiesAtOnce } from '../../dashboards/shared/counties-at-once.ts';

const parted = (count: number, name = ''): Parted => ({
  count,
  part: (of) => ({ count: 1, values: { told: [`${name}${of}`] } }),
});

/** All that waits has had its turn. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const holds = (): boolean => true;

describe('the answers of all counties', () => {
  it('are made once, when a second county asks', async () => {
    const together = new CountiesAtOnce();
    let made = 0;
    const make = (): Promise<Parted> => {
      made += 1;
      return Promise.resolve(parted(2));
    };
    for (const county of ['a', 'a']) together.note('key', county, make, holds);
    await settled();
    expect([made, together.find('key', 'c')]).toEqual([0, undefined]);
    for (const county of ['b', 'c', 'd']) together.note('key', county, make, holds);
    await settled();
    expect([made, together.find('key', 'c')?.values]).toEqual([1, { told: ['c'] }]);
    expect(together.find('another', 'c')).toBeUndefined();
  });

  it('are made one query at a time', async () => {
    const together = new CountiesAtOnce();
    let [running, most] = [0, 0];
    const make = async (): Promise<Parted> => {
      running += 1;
      most = Math.max(most, running);
      await settled();
      running -= 1;
      return parted(1);
    };
    for (const key of ['x', 'y', 'z'])
      for (const county of ['a', 'b']) together.note(key, county, make, holds);
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(most).toBe(1);
    for (const key of ['x', 'y', 'z']) expect(together.find(key, 'a')).toBeDefined();
  });

  it('are not kept when the file was replaced or the query failed, and are tried again', async () => {
    const together = new CountiesAtOnce();
    const ask = async (make: () => Promise<Parted>, still: boolean): Promise<unknown> => {
      for (const county of ['a', 'b']) together.note('key', county, make, () => still);
      await settled();
      return together.find('key', 'a')?.values;
    };
    expect(await ask(() => Promise.resolve(parted(1)), false)).toBeUndefined();
    expect(await ask(() => Promise.reject(new Error('disk')), true)).toBeUndefined();
    expect(await ask(() => Promise.resolve(parted(1, 'new ')), true)).toEqual({ told: ['new a'] });
  });

  it('are forgotten, the one used longest ago first, when there are too many rows', async () => {
    const together = new CountiesAtOnce();
    const ask = async (key: string): Promise<void> => {
      for (const county of ['a', 'b'])
        together.note(key, county, () => Promise.resolve(parted(250_000)), holds);
      await settled();
    };
    await ask('x');
    await ask('y');
    expect(together.find('x', 'a')).toBeDefined();
    await ask('z');
    const left = ['x', 'y', 'z'].filter((key) => together.find(key, 'a') !== undefined);
    expect(left).toEqual(['x', 'z']);
  });
});

describe('a query for all counties', () => {
  it('says the order of the query again, outside, by its own columns', async () => {
    for (const { name, sql, parameters } of (await loadQueries()).values()) {
      if (!parameters.includes('region') || !sql.includes('ORDER BY')) continue;
      const outside = forEachCounty(sql, sql).split(/\n\s*/).at(-1) ?? '';
      expect(outside, name).toMatch(/^ORDER BY of_county, [^().]+$/);
    }
  });
});
