/**
 * What each named query says of itself, held to what DuckDB needs: in a database that has the tables it declares and no
 * other it runs, and with any of them taken away it does not.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { withScratch } from '../../store/database.ts';
import { openPublished } from '../../store/published.ts';
import { identifier, literal, type Sql } from '../../store/sql.ts';
import { concernsWhole, fenced, tablesOf, type Tables } from '../../dashboards/shared/fenced.ts';
import { loadQueries } from '../../dashboards/shared/load.ts';
import { withHome } from '../support/doudi.ts';
import { publishHome } from '../support/office.ts';

const metrics = [...(await loadQueries()).values()];

const VALUES: Readonly<Record<string, string | number>> = {
  ...{ from: '2025-08', to: '2025-10', newest: '2025-10', rule: 'all', source: 'all' },
  ...{ region: '520000', whole: 'yes', now: 0 },
  ...{ disk_free: 1, disk_total: 2, queue: 1, workers: 1 },
};

let tables: Tables;

beforeAll(async () => {
  // A home before its first month has all tables, without rows.
  tables = await withHome(async (home) => {
    await publishHome(home);
    const published = openPublished(openHome(home));
    try {
      return await tablesOf(published);
    } finally {
      published.close();
    }
  });
});

function create(sql: Sql, table: string): Promise<void> {
  const columns = (tables.get(table) ?? []).map(({ name, type }) => `${identifier(name)} ${type}`);
  return sql.run(`CREATE TABLE ${identifier(table)} (${columns.join(', ')})`);
}

/** The query with its values written into it. */
function filledIn(text: string): string {
  return text.replaceAll(/\$(\w+)/g, (whole, name: string) => {
    const value = VALUES[name];
    if (value === undefined) throw new Error(`${whole} has no value here`);
    return typeof value === 'number' ? String(value) : literal(value);
  });
}

describe.each(metrics)('$name', (metric) => {
  it('reads the tables that it declares and no other', async () => {
    const { reads } = metric;
    const text = filledIn(metric.sql);
    expect(new Set(reads).size).toBe(reads.length);
    await withScratch({ threads: 1 }, async (sql) => {
      for (const table of reads) await create(sql, table);
      await sql.run(text);
      for (const table of reads) {
        await sql.run(`DROP TABLE ${identifier(table)}`);
        await expect(sql.run(text), `without ${table}`).rejects.toThrow('rejected a statement');
        await create(sql, table);
      }
    });
  });

  it('says whether it is about the whole province and whether it shows leads', () => {
    for (const table of metric.reads) expect([...tables.keys()]).toContain(table);
    expect(metric.about === 'province').toBe(concernsWhole(metric, tables));
    const columns = metric.reads.flatMap((table) => tables.get(table) ?? []);
    const named = columns.some(({ name, type }) => name.endsWith('_id') || type === 'UUID');
    expect(metric.shows === 'leads').toBe(named);
  });
});

describe('the fence', () => {
  it('shows a query nothing of a table that it does not declare', () => {
    const text = 'SELECT n, (SELECT count(*) FROM lead) AS open FROM warning';
    const fence = fenced({ sql: text, reads: ['warning'] }, tables, null, 'all');
    expect(fence).toContain('FROM main."warning"');
    expect(fence).not.toContain('main."lead"');
    expect(fence).toContain('"lead" AS (SELECT 0 AS not_declared WHERE false)');
  });

  it('refuses a query that names leads and does not say so', () => {
    const text = 'SELECT lead_id FROM urgent_lead';
    expect(() => fenced({ sql: text, reads: ['urgent_lead'] }, tables, null, 'all')).toThrow(
      'does not say that it shows leads',
    );
    const said = { sql: text, reads: ['urgent_lead'], shows: 'leads' } as const;
    expect(fenced(said, tables, null, 'all')).toContain('AND (false)');
  });
});
