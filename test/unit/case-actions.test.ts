/** What is made from the action files is up to date (`npm run actions`), and what the files say together holds water. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actionFiles, indexText } from '../../bin/case-actions/index-text.ts';
import { actionsPage } from '../../bin/case-actions/page.ts';
import { TAKING_BACK } from '../../store/projection.ts';
import { STAGES, type Stage } from '../../cases/stages.ts';
import { ACTION_NAMES, actionOf, AVAILABLE_ACTIONS } from '../../cases/tables.ts';

const committed = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('what is made from cases/actions/', () => {
  it('an index of all files', () => {
    expect(committed('cases/actions/index.ts'), 'stale: run `npm run actions`').toBe(
      indexText(actionFiles()),
    );
  });

  it('the page of actions', async () => {
    expect(committed('docs/case-actions.md'), 'stale: run `npm run actions`').toBe(
      await actionsPage(),
    );
  });
});

describe('the actions together', () => {
  it('have a Chinese title each, and no two the same', () => {
    const titles = ACTION_NAMES.map((name) => actionOf(name).title);
    for (const title of titles) expect(title).toMatch(/^\p{Script=Han}[\p{Script=Han}（），]+$/u);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('leave no stage without a way on', () => {
    for (const stage of Object.keys(STAGES) as Stage[])
      expect(AVAILABLE_ACTIONS[stage].length, stage).toBeGreaterThan(0);
  });

  it('say each role and stage once', () => {
    for (const name of ACTION_NAMES) {
      const { who, from } = actionOf(name);
      expect(new Set(who).size, name).toBe(who.length);
      expect(new Set(from).size, name).toBe(from.length);
    }
  });

  it('take back what the ledger knows to be taken back', () => {
    expect(ACTION_NAMES.filter((name) => actionOf(name).takesBack !== undefined).sort()).toEqual(
      [...TAKING_BACK].sort(),
    );
  });
});
