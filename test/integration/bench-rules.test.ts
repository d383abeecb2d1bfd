/** `npm run bench:rules` in short: all contenders give one answer, and further rules cost little. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BY_HAND, compareByHand, runByHand } from '../../bench/rules/by-hand.ts';
import { jsonRulesEngine, zenEngine } from '../../bench/rules/engines.ts';
import { moreRules } from '../../bench/rules/more-rules.ts';
import { checkSample, decideSample, takeSample } from '../../bench/rules/sample.ts';
import { makeSetting, type Setting } from '../../bench/rules/setting.ts';
import { inRounds } from '../../bench/rules/timing.ts';
import { withScratch } from '../../store/database.ts';
import { evaluateRules } from '../../warnings/evaluate.ts';

async function withSetting(
  persons: number,
  work: (setting: Setting) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-rules-'));
  try {
    await withScratch({}, async (sql) => work(await makeSetting(sql, folder, persons, 1)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('the engine, SQL by hand and two general engines say the same of 20,000 persons', async () => {
  await withSetting(20_000, async ({ evaluation }) => {
    const { sql } = evaluation;
    await evaluateRules(evaluation);
    // Nearly every rule fires, and for a few only.
    const fired = await sql.rows<{ rule: string; n: number }>(
      'SELECT rule, count(*)::INTEGER AS n FROM found GROUP BY rule ORDER BY rule',
    );
    expect(BY_HAND).toEqual(expect.arrayContaining(fired.map(({ rule }) => rule)));
    expect(fired.length).toBeGreaterThan(28);
    const warnings = fired.reduce((sum, { n }) => sum + n, 0);
    expect(warnings / 20_000).toBeGreaterThan(0.01);
    expect(warnings / 20_000).toBeLessThan(0.06);
    for (const part of ['keys', 'warnings'] as const) {
      await runByHand(sql, part);
      await compareByHand(sql, part);
    }
    const sample = await takeSample(evaluation, 1_000);
    expect(sample.expected.length).toBeGreaterThan(20);
    expect(sample.left).toEqual(['FAM-05', 'FAM-06']);
    for (const [name, engine] of [
      ['json-rules-engine', jsonRulesEngine],
      ['zen-engine', zenEngine],
    ] as const) {
      const decided = await decideSample(sample, engine)();
      checkSample(sample, name, decided);
      // One hit less is seen.
      const first = decided.findIndex((rules) => rules.length > 0);
      expect(() => {
        checkSample(sample, name, decided.with(first, []));
      }).toThrow(/fewer than doudi/);
    }
  });
});

it('a difference in one value of one warning is seen', async () => {
  await withSetting(2_000, async ({ evaluation }) => {
    const { sql } = evaluation;
    await evaluateRules(evaluation);
    await runByHand(sql, 'warnings');
    await sql.run(
      `UPDATE by_hand SET measure = measure + 0.01 WHERE rule = 'ILL-01' AND person_id = (SELECT min(person_id) FROM by_hand WHERE rule = 'ILL-01')`,
    );
    await expect(compareByHand(sql, 'warnings')).rejects.toThrow('ILL-01');
    await compareByHand(sql, 'keys');
  });
});

it('fifty further rules cost less than the ones that there are, several times over', async () => {
  await withSetting(50_000, async ({ evaluation }) => {
    const more = moreRules(evaluation.rules, 50, evaluation);
    expect(new Set(more.map(({ when }) => JSON.stringify(when))).size).toBeGreaterThan(40);
    const set = (count: number) => ({
      name: String(count),
      run: () =>
        evaluateRules({ ...evaluation, rules: [...evaluation.rules, ...more.slice(0, count)] }),
    });
    const times = await inRounds([set(10), set(50)], 3);
    // 1.5 is what `bench:rules` looks for with a million; other work shares this machine.
    expect((times.get('50')?.cpu ?? NaN) / (times.get('10')?.cpu ?? NaN)).toBeLessThan(3);
  });
});
