/**
 * Planted hits are all found, planted near-misses never fire, and a second run of a month changes nothing.
 * `DOUDI_PLANTED` raises the number of provinces for a long suite.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, doudi, parseCsv, withHome } from '../support/doudi.ts';
import { generate } from '../support/province.ts';

const MONTHS = ['2025-10', '2025-11', '2025-12', '2026-01'];
const SEEDS = Array.from({ length: Number(process.env['DOUDI_PLANTED'] ?? 1) }, (_, n) => n + 1);

/** The contract's example: no urban standard. */
const RURAL_ONLY = CONFIG.split('\n')
  .filter((line) => !line.includes('urban'))
  .join('\n');

const key = (row: Record<string, string>): string =>
  ['month', 'rule', 'subject', 'person_id', 'household_id', 'county']
    .map((name) => row[name])
    .join(' ');

describe('a generated province', () => {
  it.each(SEEDS)(
    'of seed %i: recall 1.0, no near-miss fires, the second run is the same',
    { timeout: 600_000 },
    async (seed) => {
      await withHome(async (home) => {
        const inbox = await generate(home, {
          persons: 8000,
          months: `${MONTHS[0] ?? ''}..${MONTHS.at(-1) ?? ''}`,
          seed,
        });
        const found = new Set<string>();
        for (const month of MONTHS) {
          const words = ['run', '--month', month, '--inbox', inbox, '--json'];
          await doudi(home, words);
          const [warnings, leads] = [
            await doudi(home, ['warnings', '--month', month]),
            await doudi(home, ['leads', '--month', month]),
          ];
          expect(JSON.parse(await doudi(home, words))).toMatchObject({ changed: false });
          expect(await doudi(home, ['warnings', '--month', month])).toBe(warnings);
          expect(await doudi(home, ['leads', '--month', month])).toBe(leads);
          for (const row of parseCsv(warnings)) found.add(key(row));
          const cards = parseCsv(leads)
            .filter(({ status }) => status === 'open')
            .map(
              (lead) =>
                `${lead['direction'] ?? ''} ${lead['household_id'] ?? ''} ${lead['person_id'] ?? ''}`,
            );
          expect(new Set(cards).size).toBe(cards.length);
        }
        const planted = (name: string): string[] =>
          parseCsv(readFileSync(join(inbox, name), 'utf8')).map(key);
        const hits = planted('truth.csv');
        expect(new Set(hits.map((hit) => hit.split(' ')[1])).size).toBe(42);
        expect(hits.filter((hit) => !found.has(hit))).toEqual([]);
        expect(planted('near-misses.csv').filter((miss) => found.has(miss))).toEqual([]);
        expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
      }, RURAL_ONLY);
    },
  );
});
