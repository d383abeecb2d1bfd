/** docs/rules.md says what the rule files say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulesPage } from '../../bin/rules-page/page.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';

const book = await openRuleBook({ parameters: [], trial: [] });

describe('docs/rules.md', () => {
  it('is what the generator makes of the files: after a change run `npm run docs:rules`', async () => {
    const committed = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
    expect(committed === (await rulesPage(book)), 'stale: run `npm run docs:rules`').toBe(true);
  });

  it('has every rule with its basis, and every figure with its citation', async () => {
    const page = await rulesPage(book);
    for (const { id, title, basis, advice } of book.rules) {
      expect(page).toContain(`### ${id}\n\n**${title}**`);
      for (const { doc } of basis) expect(page).toContain(doc);
      expect(page).toContain(advice.trim());
    }
    for (const { id, title, limits } of [...book.segments, ...book.reasons]) {
      expect(page).toContain(`| \`${id}\``);
      expect(page).toContain(title);
      expect(page).toContain(limits.trim().split('\n')[0]);
    }
    for (const { name, doc } of book.parameters.tiers.flat()) {
      expect(page).toContain(`\`${name}\``);
      expect(page).toContain(doc);
    }
    expect(page).not.toMatch(/undefined|\[object|NaN/);
  });

  it('says of a figure that nobody has given that it is not there', async () => {
    const page = await rulesPage({ ...book, parameters: { ...book.parameters, tiers: [[]] } });
    const rows = page.split('\n').filter((line) => line.includes('`dibao-standard`'));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toContain('未规定');
  });
});
