/** What a reader outside sees is worked out from rounded cells: no sum of it gives an exact cell away. */
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { openPublished, writePublished } from '../../store/published.ts';
import { openStore } from '../../store/store.ts';
import { fenced, secretOf, tablesOf } from '../../dashboards/shared/fenced.ts';
import { rowsOf } from '../../dashboards/shared/rows-of.ts';
import { CLOCK, withHome } from '../support/doudi.ts';

const CELLS = 4000;
const DISCLOSURE = { minimum: 10, rounding: 5 };

/** County i has i % 40 hits. */
const TABLES = {
  salt: `SELECT 'a secret' AS secret`,
  warning: `SELECT '2025-10' AS month, i::VARCHAR AS county, 'ILL-01' AS rule, (i % 40)::INTEGER AS n FROM range(${CELLS}) t(i)`,
  step: `SELECT '2025-10' AS month, 'warn' AS step, 17::BIGINT AS rows, '{"ILL-01":17}' AS counts, 0.17::DOUBLE AS share, 3 AS seq`,
};

const COUNTIES = Array.from({ length: CELLS }, (_, i) => String(i)).join();

async function read<T>(sql: string, exact: boolean): Promise<T[]> {
  return withHome(async (home) => {
    const store = await openStore(openHome(home), CLOCK);
    await writePublished(store.sql, store.home, TABLES);
    await store.close();
    const published = openPublished(openHome(home));
    try {
      const query = { sql, reads: ['warning', 'step'] };
      const text = fenced(query, await tablesOf(published), exact ? null : DISCLOSURE, 'some');
      return await published.rows<T>(text, {
        ...(text.includes('$counties') ? { counties: COUNTIES } : {}),
        ...(text.includes('$secret') ? { secret: await secretOf(published) } : {}),
        ...(text.includes('$whole') ? { whole: 'yes' } : {}),
      });
    } finally {
      published.close();
      rmSync(openHome(home).ledger, { force: true });
    }
  });
}

describe('cells for a reader outside', () => {
  it('are multiples of five, less than five away, zero where there is nobody, and right on the whole', async () => {
    const cells = await read<{ county: string; n: number }>('SELECT county, n FROM warning', false);
    const exact = new Map<number, Set<number>>();
    for (const { county, n } of cells) {
      const count = Number(county) % 40;
      expect([count, n % 5, Math.abs(n - count) < 5]).toEqual([count, 0, true]);
      exact.set(n, (exact.get(n) ?? new Set()).add(count));
    }
    // Whoever learns a rounded cell still has this many counts to choose from.
    expect(exact.get(0)?.size).toBe(5);
    expect([5, 10, 15, 20].map((shown) => exact.get(shown)?.size)).toEqual([9, 9, 9, 9]);
    const sum = cells.reduce((total, { n }) => total + n, 0);
    expect(Math.abs(sum / (CELLS * 19.5) - 1)).toBeLessThan(0.01);
  });

  it('add up: a total is the sum of the cells as rounded, nothing else', async () => {
    const cells = await read<{ n: number }>('SELECT n FROM warning', false);
    const [total] = await read<{ n: string }>('SELECT sum(n) AS n FROM warning', false);
    expect(Number(total?.n)).toBe(cells.reduce((sum, { n }) => sum + n, 0));
  });

  it('hide counts in texts and shares too, and leave what counts nobody', async () => {
    const [step] = await read('SELECT * FROM step', false);
    expect(step).toMatchObject({ counts: null, share: null, seq: 3, step: 'warn' });
    expect(['15', '20']).toContain((step as { rows: string }).rows);
    expect(await read('SELECT rows FROM step', true)).toEqual([{ rows: '17' }]);
  });

  it('cannot be read around', async () => {
    for (const sql of [
      'SELECT * FROM main.warning',
      'SELECT * FROM "main".warning',
      'SELECT secret FROM salt',
      'SELECT * FROM information_schema.tables',
    ])
      await expect(read(sql, false), sql).rejects.toThrow('a query reads what it may not');
  });
});

describe('a row for a reader outside', () => {
  const columns = {
    county: { type: 'text', title: '' },
    open: { type: 'count', title: '', unit: 'leads' },
    opened: { type: 'count', title: '', unit: 'leads' },
    share: { type: 'ratio', title: '', of: ['opened', 'open'] },
    days: { type: 'number', title: '', unit: 'days' },
  } as const;

  it('names what is masked, and has no ratio of what it does not show', () => {
    const shown = (open: bigint): unknown =>
      rowsOf(
        { count: 1, values: { county: ['520102'], open: [open], opened: [10n], days: [3n] } },
        { name: 'x', folder: '', sql: '', title: '', parameters: [], reads: [], columns },
        DISCLOSURE,
      )[0];
    expect(shown(5n)).toEqual({
      county: '520102',
      open: null,
      opened: 10,
      days: 3,
      masked: 'open',
      share: null,
    });
    expect(shown(40n)).toMatchObject({ open: 40, share: 0.25, masked: '' });
  });
});
