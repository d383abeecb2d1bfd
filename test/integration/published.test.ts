/** The published file: counts for charts, made anew and renamed into place, and no person in it. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { parseMonth } from '../../core/month.ts';
import { openPublished, publishedFile } from '../../store/published.ts';
import { openStore } from '../../store/store.ts';
import { publish } from '../../published/publish.ts';
import { CLOCK, doudi, parseCsv, withHome } from '../support/doudi.ts';
import { officeOf, publishHome } from '../support/office.ts';
import { generate } from '../support/province.ts';

const MONTH = '2025-10';
describe('the published figures', () => {
  it('are those of the ledger, and nobody’s id is among them but those of urgent leads', async () => {
    await withHome(async (home) => {
      const inbox = await generate(home, { persons: 3000, months: `2025-09..${MONTH}`, seed: 9 });
      await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
      const leads = parseCsv(await doudi(home, ['leads', '--month', MONTH]));
      const warnings = parseCsv(await doudi(home, ['warnings', '--month', MONTH]));
      // Nobody has served the home yet, so nothing is published for anybody.
      expect(existsSync(publishedFile(openHome(home)))).toBe(false);
      await publishHome(home);
      const published = openPublished(openHome(home));
      const sum = async (table: string): Promise<number> => {
        const [row] = await published.rows<{ n: number }>(
          `SELECT sum(n)::INTEGER AS n FROM ${table} WHERE month = $month`,
          { month: MONTH },
        );
        return row?.n ?? 0;
      };
      expect(await sum('lead')).toBe(leads.length);
      expect(await sum('warning')).toBe(warnings.length);
      const tables = await published.rows<{ name: string; column: string; type: string }>(
        `SELECT table_name AS name, column_name AS "column", data_type AS type FROM information_schema.columns`,
      );
      const ids = tables.filter(({ column, type }) => column.endsWith('_id') || type === 'UUID');
      expect(ids.map(({ name, column }) => [name, column])).toEqual([['urgent_lead', 'lead_id']]);
      const urgent = await published.rows<{ lead_id: string; county: string; priority: number }>(
        'SELECT lead_id, county, priority FROM urgent_lead ORDER BY county, priority, lead_id',
      );
      const open = leads.filter(({ status }) => status === 'open');
      expect(urgent.length).toBeGreaterThan(0);
      for (const { lead_id: id, county, priority } of urgent) {
        const lead = open.find((one) => one['lead_id'] === id);
        expect([lead?.['county'], lead?.['priority']]).toEqual([county, String(priority)]);
      }
      for (const county of new Set(open.map((lead) => lead['county'])))
        expect(urgent.filter((one) => one.county === county)).toHaveLength(
          Math.min(100, open.filter((lead) => lead['county'] === county).length),
        );
      published.close();
      // Neither as text nor as the sixteen bytes of a stored id.
      const bytes = readFileSync(publishedFile(openHome(home)));
      const people = [...leads, ...warnings].flatMap((row) => [
        row['household_id'],
        row['person_id'],
      ]);
      for (const id of new Set(people.filter((text) => text !== undefined && text !== ''))) {
        expect(bytes.includes(String(id))).toBe(false);
        expect(bytes.includes(Buffer.from(String(id), 'hex'))).toBe(false);
      }
    });
  });

  it('can only be read, and the reader reaches no other file', async () => {
    await withHome(async (home) => {
      const store = await openStore(openHome(home), CLOCK);
      await publish(store, await officeOf(home));
      await store.close();
      const published = openPublished(openHome(home));
      for (const statement of [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('doudi.yaml')",
        `ATTACH '${home}/doudi.duckdb'`,
        "COPY month TO 'out.csv'",
        'CREATE TABLE here (n INTEGER)',
        'SET enable_external_access = true',
        "SET memory_limit = '8GB'",
      ])
        await expect(published.rows(statement)).rejects.toThrow();
      expect(await published.rows('SELECT * FROM month')).toEqual([]);
      published.close();
    });
  });

  it('are followed when the file is replaced, also while it is read', async () => {
    await withHome(async (home) => {
      const store = await openStore(openHome(home), CLOCK);
      await publish(store, await officeOf(home));
      const published = openPublished(store.home);
      const seqOf = async (): Promise<string | undefined> =>
        (await published.rows<{ seq: string }>('SELECT seq FROM info'))[0]?.seq;
      expect(await seqOf()).toBe('0');
      const reading = Promise.all(Array.from({ length: 20 }, seqOf));
      await store.commit('job.done', { job: 'run', month: parseMonth(MONTH), counts: {} });
      expect(await publish(store, await officeOf(home))).toBe(true);
      // Nothing new: the same file stays.
      expect(await publish(store, await officeOf(home))).toBe(false);
      expect(new Set(await reading).size).toBeGreaterThan(0);
      expect(await seqOf()).toBe('1');
      published.close();
      await store.close();
    });
  });
});
