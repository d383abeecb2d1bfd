/** What is read on the command line stands in the audit like what is read on the page, before anything is shown. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Held } from '../../cli/command.ts';
import { openHome } from '../../core/home.ts';
import { readAudit } from '../../store/audit/chain.ts';
import { CLOCK, doudi, parseCsv, withHome } from '../support/doudi.ts';
import { serveHere } from '../support/in-process.ts';
import { madeOnce } from '../support/made-once.ts';
import { generate } from '../support/province.ts';

const MONTH = '2025-08';
const COUNTY = '520102';

/** Commands that show persons' records, or who read them: what they are called with, and what the audit then says. */
const SHOWS: Readonly<
  Record<
    string,
    { readonly words: readonly string[]; readonly route: string; readonly place: string }
  >
> = {
  audit: { words: ['--county', COUNTY], route: 'doudi audit', place: COUNTY },
  corrections: { words: ['--month', MONTH], route: 'doudi corrections', place: '' },
  leads: { words: ['--month', MONTH, '--county', COUNTY], route: 'doudi leads', place: COUNTY },
  rules: { words: ['explain', 'X-GRC', '--month', MONTH], route: 'doudi rules explain', place: '' },
  segments: {
    words: ['ledger', '--month', MONTH, '--segment', 'R4-2', '--county', COUNTY],
    route: 'doudi segments ledger',
    place: COUNTY,
  },
  warnings: { words: ['--month', MONTH], route: 'doudi warnings', place: '' },
  work: { words: ['--month', MONTH], route: 'doudi work', place: '' },
};

/** Commands that show counts, names of files and of accounts, or nothing. */
const COUNTS = [
  'accounts',
  'backup',
  'demo',
  'generate',
  'lists',
  'pseudonymise',
  'quality',
  'queues',
  'rebuild',
  'report',
  'restore',
  'run',
  'schedule',
  'serve',
  'sign-off',
  'verify',
  'watch',
  'withdraw',
];

const province = madeOnce(async (home) => {
  const inbox = await generate(home, { persons: 800, months: `2025-07..${MONTH}`, seed: 5 });
  await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
});

function told(home: string): string[] {
  return [...readAudit(openHome(home))].map(
    ({ account, route, place, subject, outcome }) =>
      `${account} | ${route} | ${place} | ${subject} | ${outcome}`,
  );
}

/** Calls each of them. @returns what the audit must then say */
async function readAll(home: string, held: Held | null): Promise<string[]> {
  const shown = parseCsv(await doudi(home, ['warnings', '--month', MONTH], CLOCK, held));
  const hit = shown.find(({ rule }) => rule === 'X-GRC');
  const person = hit?.['person_id'] === '' ? hit['household_id'] : hit?.['person_id'];
  for (const [name, { words }] of Object.entries(SHOWS)) {
    const more = name === 'rules' ? ['--person', person ?? ''] : [];
    await doudi(home, [name, ...words, ...more], CLOCK, held);
  }
  return [SHOWS['warnings'], ...Object.values(SHOWS)].map(
    (one) => `command-line | ${one?.route ?? ''} | ${one?.place ?? ''} |  | allowed`,
  );
}

describe('the audit of the command line', () => {
  it('knows every command: it shows records, or it does not', () => {
    const names = readdirSync(new URL('../../cli/commands/', import.meta.url));
    expect([...Object.keys(SHOWS), ...COUNTS].sort()).toEqual(
      names.map((name) => name.replace(/\.ts$/, '')).sort(),
    );
  });

  it('has each reading, whether the command opens the home or doudi serve holds it', async () => {
    await withHome(async (home) => {
      await province(home);
      expect(told(home)).toEqual([]);
      const alone = await readAll(home, null);
      expect(told(home)).toEqual(alone);
      const { serving } = await serveHere(home, CLOCK);
      try {
        const served = await readAll(home, serving.held);
        expect(told(home)).toEqual([...alone, ...served]);
      } finally {
        await serving.close();
      }
    });
  });

  it('has nothing of counts', async () => {
    await withHome(async (home) => {
      await province(home);
      await doudi(home, ['segments', '--month', MONTH]);
      await doudi(home, ['corrections', '--month', MONTH, '--json']);
      await doudi(home, ['quality', '--months', MONTH]);
      await doudi(home, ['audit', 'checkpoint']);
      expect(told(home)).toEqual([]);
    });
  });

  it('shows nothing when it cannot be written', async () => {
    await withHome(async (home) => {
      await province(home);
      // A file where its folder would be.
      writeFileSync(join(home, 'audit'), '');
      await expect(doudi(home, ['leads', '--month', MONTH])).rejects.toThrow();
      rmSync(join(home, 'audit'));
      expect(await doudi(home, ['leads', '--month', MONTH])).toContain('lead_id');
    });
  });

  it('keeps no word that is no place', async () => {
    await withHome(async (home) => {
      await province(home);
      await expect(doudi(home, ['leads', '--month', MONTH, '--county', '张三'])).rejects.toThrow(
        /no county/,
      );
      expect(told(home)).toEqual(['command-line | doudi leads |  |  | allowed']);
    });
  });
});
