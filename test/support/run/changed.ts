/**
 * Which test files `npm test -- --changed` runs. Nearly every file of the program takes part in a monthly run, and most
 * are found by their folder, so that the graph of imports says either everything or nothing. This table says instead what
 * answers first, in about a minute on two cores; `npm run check` still asks all.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const UNIT = 'test/unit/**/*.test.ts';
const LINE = ['test/integration/published.test.ts', 'test/integration/score.test.ts'];

/** Beginnings of paths, and the test files that look at what lies there; the first that fits counts. */
export const LOOKS_AT: readonly (readonly [under: string, tests: readonly string[]])[] = [
  ['pseudonym/', ['test/integration/pseudonymise.test.ts']],
  ['queue/', ['test/integration/schedule.test.ts']],
  ['store/', ['test/integration/store.test.ts', 'test/integration/published.test.ts']],
  ['core/', ['test/integration/connectors.test.ts', ...LINE]],
  [
    'connectors/',
    [
      'connectors/**/*.test.ts',
      'test/integration/connectors.test.ts',
      'test/integration/reader.test.ts',
      'test/integration/transport-rules.test.ts',
    ],
  ],
  ['warnings/', ['test/integration/profile-fields.test.ts', 'test/property/rules.test.ts']],
  ['rules/', ['test/property/rules.test.ts', 'test/integration/score.test.ts']],
  ['cases/lead/', ['test/integration/leads.test.ts']],
  ['cases/', ['test/property/cases.test.ts', 'test/integration/cases.test.ts']],
  ['files/', ['test/integration/connectors.test.ts', 'test/integration/reader.test.ts']],
  ['transport/', ['test/integration/transport-rules.test.ts']],
  ['published/', ['test/integration/published.test.ts']],
  ['synthetic/', ['test/integration/generate.test.ts']],
  ['exchange/', ['test/integration/lists.test.ts']],
  ['pipelines/', LINE],
  ['dashboards/', ['test/integration/published.test.ts', 'test/property/cells.test.ts']],
  ['web/', ['test/integration/accounts.test.ts']],
  ['cli/', ['test/integration/audit-commands.test.ts']],
  ['test/support/', LINE],
];

function lines(...words: string[]): string[] {
  return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** @param words the command line; `--changed=main` compares with what left `main` */
function changedFiles(words: readonly string[]): string[] | null {
  const at = words.findIndex((word) => word === '--changed' || word.startsWith('--changed='));
  const said = words[at];
  if (said === undefined) return null;
  const since = said.split('=')[1] ?? 'HEAD';
  return [
    ...lines('diff', '--name-only', '--relative', '--merge-base', since),
    ...lines('ls-files', '--others', '--exclude-standard'),
  ];
}

/** The test files for what has changed, as patterns; null: all of them are asked for. */
export function changedTests(words: readonly string[] = process.argv): string[] | null {
  const changed = changedFiles(words);
  if (changed === null) return null;
  const isTest = (path: string): boolean => path.endsWith('.test.ts');
  const looking = changed
    .filter((path) => !isTest(path))
    .flatMap((path) => LOOKS_AT.find(([under]) => path.startsWith(under))?.[1] ?? []);
  return [...new Set([UNIT, ...looking, ...changed.filter(isTest)])];
}
