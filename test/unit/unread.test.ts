/** Nothing that is read is on a list of what nothing reads, and nothing else is missing there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFieldTables } from '../../connectors/index.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { READ_BY_CALCULATORS_TO_COME, READ_BY_CODE } from '../../warnings/figure-names.ts';
import { loadUnread, unreadFaults } from '../../warnings/unread.ts';
import { ROOT } from '../support/doudi.ts';
import { productSources } from '../support/product.ts';

const book = await openRuleBook({ parameters: [], trial: [] });

/** Figures that connectors' SELECTs read; `rules check` takes them from the connectors. */
const bySelects = new Set((await loadFieldTables()).flatMap(({ figures }) => figures));

/** Calculators that nothing calls yet, as the check for dead code expects them. */
const calculators = (
  JSON.parse(readFileSync(join(ROOT, 'knip.json'), 'utf8')) as { entry: string[] }
).entry
  .map((entry) => entry.replace(/!$/, ''))
  .filter((entry) => entry.startsWith('warnings/calculators/'));

const sources = productSources();
const names = (paths: Iterable<string>): Set<string> => {
  const text = [...paths].map((path) => sources.get(path) ?? '').join('\n');
  return new Set(
    [...book.parameters.definitions.keys()].filter((name) => text.includes(`'${name}'`)),
  );
};
const live = names(
  [...sources.keys()].filter(
    (path) =>
      !path.startsWith('bench/') &&
      path !== 'warnings/figure-names.ts' &&
      !calculators.includes(path),
  ),
);

describe('figures of policy', () => {
  it('are read, or on the list with the requirement that will read them', () => {
    expect(unreadFaults(book)).toEqual([]);
  });

  it('that code looks up are exactly those that it says it looks up', () => {
    const lookedUp: readonly string[] = READ_BY_CODE;
    const found = [...live].filter((name) => !bySelects.has(name) || lookedUp.includes(name));
    expect(found.sort()).toEqual([...lookedUp].sort());
    const toCome = [...names(calculators)].filter((name) => !live.has(name));
    expect(toCome.sort()).toEqual([...READ_BY_CALCULATORS_TO_COME].sort());
  });

  it('that calculators to come will read stand on the list', () => {
    const listed = loadUnread();
    expect(READ_BY_CALCULATORS_TO_COME.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('fail the check when nothing reads one that is not listed, or a listed one is read', () => {
    const listed = loadUnread();
    const without = new Map([...listed].filter(([name]) => name !== 'top-up-group'));
    expect(unreadFaults(book, without)).toEqual([
      'top-up-group is read by no rule and no code: use it, or name it in rules/unread.yaml',
    ]);
    expect(unreadFaults(book, listed, [...READ_BY_CODE, 'top-up-group'])).toEqual([
      'top-up-group is read by now: take it out of rules/unread.yaml',
    ]);
    // Read by a rule alone.
    expect(unreadFaults(book, new Map([...listed, ['advanced-age', 'R33']]))).toEqual([
      'advanced-age is read by now: take it out of rules/unread.yaml',
    ]);
    expect(unreadFaults(book, new Map([...listed, ['no-such-figure', 'R1']]))).toEqual([
      "rules/unread.yaml names 'no-such-figure', and there is no such parameter",
    ]);
    expect(unreadFaults(book, listed, [...READ_BY_CODE, 'no-such-figure'])).toEqual([
      "code looks up 'no-such-figure', and there is no such parameter",
    ]);
  });
});

describe('calculators that nothing calls yet', () => {
  it('are named in knip.json only as long as nothing calls them', () => {
    expect(calculators.filter((path) => !sources.has(path))).toEqual([]);
    const called = calculators.filter((path) => {
      const file = path.slice(path.lastIndexOf('/') + 1);
      return [...sources].some(
        ([other, text]) =>
          !calculators.includes(other) &&
          new RegExp(`from '[^']*(?:calculators/|\\./)${file.replace('.', '\\.')}'`).test(text) &&
          (text.includes(`calculators/${file}`) || other.startsWith('warnings/calculators/')),
      );
    });
    expect(called).toEqual([]);
  });
});
