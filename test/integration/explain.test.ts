/** `rules explain` and the evidence of a warning: which value met which threshold, by which clause. */
import { describe, expect, it } from 'vitest';
import { doudi, parseCsv, withHome } from '../support/doudi.ts';
import { generate } from '../support/province.ts';
import type { Explanation } from '../../pipelines/explain-subject.ts';

const MONTH = '2025-08';

describe('explanations', () => {
  it('agree with the warnings: every rule that fired is explained as holding for its subject', async () => {
    await withHome(async (home) => {
      const inbox = await generate(home, { persons: 3000, months: `2025-07..${MONTH}`, seed: 5 });
      await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
      const warnings = parseCsv(await doudi(home, ['warnings', '--month', MONTH]));
      const first = new Map(warnings.map((row) => [row['rule'] ?? '', row]));
      // The rules of the contract and the eight beyond it that open leads (docs/catalogue.md).
      expect(first.size).toBe(42);
      for (const [rule, row] of first) {
        const subject = row['person_id'] === '' ? row['household_id'] : row['person_id'];
        const explained = JSON.parse(
          await doudi(home, [
            'rules',
            'explain',
            rule,
            '--person',
            subject ?? '',
            '--month',
            MONTH,
            '--json',
          ]),
        ) as Explanation[];
        expect({
          rule,
          holds: explained.some(({ reasoning }) => reasoning.holds === true),
        }).toEqual({ rule, holds: true });
        const evidence = JSON.parse(row['evidence'] ?? '{}') as { fields: Record<string, unknown> };
        expect(evidence.fields).toBeTypeOf('object');
      }
    });
  });

  it('speak to a clerk: value, threshold, document and clause', async () => {
    await withHome(async (home) => {
      const inbox = await generate(home, { persons: 3000, months: `2025-07..${MONTH}`, seed: 5 });
      await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
      const row = parseCsv(await doudi(home, ['warnings', '--month', MONTH])).find(
        ({ rule }) => rule === 'X-GRC',
      );
      const text = await doudi(home, [
        'rules',
        'explain',
        'X-GRC',
        '--person',
        row?.['household_id'] ?? '',
        '--month',
        MONTH,
      ]);
      expect(text).toMatch(/^X-GRC /);
      expect(text).toContain('✓');
      expect(text).toContain('黔民发〔2023〕2号');
      await expect(
        doudi(home, ['rules', 'explain', 'X-GRC', '--person', 'f'.repeat(32), '--month', MONTH]),
      ).rejects.toMatchObject({ code: 'subject-unknown' });
      await expect(
        doudi(home, [
          'rules',
          'explain',
          'X-GRC',
          '--person',
          'f'.repeat(32),
          '--month',
          '2025-01',
        ]),
      ).rejects.toMatchObject({ code: 'not-run' });
      await expect(
        doudi(home, ['rules', 'explain', 'X-GRK', '--person', 'f'.repeat(32), '--month', MONTH]),
      ).rejects.toMatchObject({ code: 'usage' });
      expect(await doudi(home, ['rules', 'check'])).toMatch(/^\d+ rules, /);
    });
  });
});
