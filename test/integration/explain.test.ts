/** `rules explain` and the evidence of a warning: which value met which threshold, by which clause. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doudi, parseCsv, withHome } from '../support/doudi.ts';
import { csv, deliver, home as household, person } from '../support/inbox.ts';
import { madeOnce } from '../support/made-once.ts';
import { generate } from '../support/province.ts';
import type { Explanation } from '../../warnings/explain/subject.ts';

const MONTH = '2025-08';
const SETTLEMENTS =
  'bill_id,person_id,county,settled_on,kind,disease_code,major_illness,total,insurance_paid,serious_illness_paid,medical_aid_paid,self_paid';

const province = madeOnce(async (home) => {
  const inbox = await generate(home, { persons: 3000, months: `2025-07..${MONTH}`, seed: 5 });
  await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
});

describe('explanations', () => {
  it('agree with the warnings: every rule that fired is explained as holding for its subject', async () => {
    await withHome(async (home) => {
      await province(home);
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
      await province(home);
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
      expect(text).toMatch(/若.*晚于.*则不再成立/);
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

  it('name the lines of every extract they were made from, in both languages', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      const who = person(3);
      const bills = [
        `b1,${person(1)},520102,2025-09-02,inpatient,,false,9000,0,0,0,9000`,
        `b2,${who},520102,2025-09-02,inpatient,,false,30000,1000,0,0,15000`,
        `b3,${who},520102,2025-08-30,outpatient,,false,30,10,0,0,20`,
      ];
      const later = [`b4,${who},520102,2025-10-02,inpatient,,false,30000,1000,0,0,6000`];
      deliver(inbox, 'medical-insurance/settlements/2025-09.csv', csv(SETTLEMENTS, bills));
      deliver(inbox, 'medical-insurance/settlements/2025-10.csv', csv(SETTLEMENTS, later));
      deliver(
        inbox,
        'rural-revitalization/monitored/2025-10.csv',
        csv(
          'person_id,household_id,county,township,category,risk,identified_month,household_size',
          [`${who},${household(1)},520102,520102001,sudden,eliminated,2025-01,1`],
        ),
      );
      deliver(
        inbox,
        'civil-affairs/assistance/2025-10.csv',
        csv(
          'person_id,household_id,county,township,residence,programme,status,status_date,household_size',
          [`${person(9)},${household(9)},520102,520102001,rural,rural_dibao,active,2024-01-01,1`],
        ),
      );
      await doudi(home, ['run', '--month', '2025-10', '--inbox', inbox]);
      const words = ['rules', 'explain', 'ILL-01', '--person', who, '--month', '2025-10'];
      const [explained] = JSON.parse(await doudi(home, [...words, '--json'])) as Explanation[];
      expect(explained?.reasoning.holds).toBe(true);
      expect(
        explained?.sources.map(({ source, month, version, lines }) => [
          source,
          month,
          version,
          lines,
        ]),
      ).toEqual([
        ['medical-insurance/settlements', '2025-09', 1, [3, 4]],
        ['medical-insurance/settlements', '2025-10', 1, [2]],
        ['rural-revitalization/monitored', '2025-10', 1, [2]],
      ]);
      expect(explained?.nearest?.[0]?.text).toBe('本年住院个人自付（元）低于20000（现为21000）');
      const english = await doudi(home, [...words, '--lang', 'en']);
      expect(english).toContain('medical-insurance/settlements 2025-09 version 1, line 3, 4');
      expect(english).toContain('It would no longer hold if');
      expect(english).toMatch(/since \d{4}-\d{2}-\d{2}/);
      await expect(doudi(home, [...words, '--lang', 'fr'])).rejects.toMatchObject({
        code: 'usage',
      });
    });
  });
});
