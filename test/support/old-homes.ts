/** Homes that an earlier version left behind: what they answered then is what every later version answers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, type Clock } from '../../core/clock.ts';
import { ROOT } from './doudi.ts';

const FOLDER = join(ROOT, 'test/fixtures/homes');

/** The versions of which a home is kept. */
export const OLD_VERSIONS: readonly string[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The moment at which the homes' last command was run. */
export const OLD_CLOCK: Clock = fixedClock('2025-11-12T09:00:00+08:00');

/** @param name e.g. `expected/leads.txt` */
export const oldFile = (version: string, name: string): string => join(FOLDER, version, name);

/** A copy of a kept home; the caller removes it with `close`. */
export function unpackHome(version: string): { readonly home: string; close(): void } {
  const home = mkdtempSync(join(tmpdir(), 'doudi-'));
  // An archive keeps the modes of files, which git does not: secrets that others may read are refused.
  execFileSync('tar', ['-xzf', oldFile(version, 'home.tar.gz'), '-C', home]);
  return {
    home,
    close: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const MONTHS = ['2025-08', '2025-09', '2025-10'] as const;
const PERSON_RULE = 'ILL-01';

/**
 * Every command that only reads, in the order in which they are run, as `[file, words]`. `audit` comes last: the
 * readings before it stand in it.
 * @param person somebody whom ILL-01 found in 2025-10, to be explained
 */
export function readingCommands(
  person: string,
): readonly (readonly [file: string, words: readonly string[]])[] {
  const monthly = MONTHS.flatMap((month) => [
    [`warnings-${month}`, ['warnings', '--month', month]] as const,
    [`leads-${month}`, ['leads', '--month', month]] as const,
    [`corrections-${month}`, ['corrections', '--month', month]] as const,
    [`report-${month}`, ['report', '--month', month]] as const,
    [`watch-${month}`, ['watch', '--month', month]] as const,
    [`work-${month}`, ['work', '--month', month, '--on', '2025-11-12']] as const,
    [`segments-${month}`, ['segments', '--month', month]] as const,
  ]);
  const explain = ['rules', 'explain', PERSON_RULE, '--person', person, '--month', '2025-10'];
  return [
    ...monthly,
    ['leads-scores', ['leads', '--month', '2025-10', '--scores']],
    ['leads-county', ['leads', '--month', '2025-10', '--county', '520102']],
    ['leads-as-of', ['leads', '--month', '2025-09', '--as-of', '2025-10-20']],
    ['warnings-as-of', ['warnings', '--month', '2025-09', '--as-of', '2025-10-20']],
    ['segments-ledger', ['segments', 'ledger', '--month', '2025-10', '--segment', 'R4-2']],
    ['explain-zh', explain],
    ['explain-en', [...explain, '--lang', 'en']],
    [
      'backtest',
      [
        ...['rules', 'backtest', PERSON_RULE, '--from', '2025-08', '--to', '2025-10'],
        ...['--set', 'inpatient-self-paid-other=5000'],
      ],
    ],
    ['quality', ['quality', '--months', '2025-08..2025-10']],
    ['queues', ['queues', '--json']],
    ['schedule', ['schedule', '--json']],
    ['accounts', ['accounts', 'list', '--json']],
    ['verify', ['verify', '--json']],
    ['audit', ['audit', '--from', '2025-10-01', '--to', '2025-11-12', '--json']],
    ['audit-checkpoint', ['audit', 'checkpoint', '--json']],
  ];
}
