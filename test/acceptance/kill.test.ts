/**
 * Run it twice, kill it in the middle. A run that is killed and started again until it finishes leaves the state of an
 * undisturbed run, and `verify` finds nothing. `DOUDI_KILLS` raises the number of kills for a long suite. The programs use
 * two threads, as they would here; other tests use one.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doudi, spawnDoudi, withHome } from '../support/doudi.ts';
import { csv, deliver, ENROLMENT, person, pupils } from '../support/inbox.ts';
import { madeOnce } from '../support/made-once.ts';
import { generate } from '../support/province.ts';

const KILLS = Number(process.env['DOUDI_KILLS'] ?? 6);
const MONTH = '2025-08';
const THREADS = { DOUDI_THREADS: '2' };

/** The state that verify prints, after it found no fault. */
async function state(home: string): Promise<string> {
  const result = JSON.parse(await doudi(home, ['verify', '--json'])) as {
    ok: boolean;
    state: string;
    faults: string[];
  };
  expect(result.faults).toEqual([]);
  return result.state;
}

/** The same sequence for the same seed (Park and Miller). */
function* numbers(seed: number): Generator<number, never> {
  for (let x = seed; ; x = (x * 48271) % 2147483647) yield x / 2147483647;
}

/** A home with a small month that nobody disturbed. */
const small = madeOnce((calm) => {
  const inbox = join(calm, 'inbox');
  deliver(
    inbox,
    `education/enrolment/${MONTH}.csv`,
    csv(ENROLMENT, [...pupils(30), `${person(99)},520103,junior,dropout,,,`]),
  );
  return doudi(calm, ['run', '--month', MONTH, '--inbox', inbox, '--json']);
});

describe('a monthly run', () => {
  it(
    `killed at ${KILLS} random moments ends as the undisturbed one`,
    { timeout: 300_000 + KILLS * 30_000 },
    async () => {
      await withHome(async (calm) => {
        const inbox = await generate(calm, { persons: 2000, months: `2025-07..${MONTH}`, seed: 3 });
        const words = ['run', '--month', MONTH, '--inbox', inbox, '--json'];
        const begun = performance.now();
        expect((await spawnDoudi(calm, words, { env: THREADS })).code).toBe(0);
        const undisturbed = performance.now() - begun;
        const [expected, warnings, leads] = [
          await state(calm),
          await doudi(calm, ['warnings', '--month', MONTH]),
          await doudi(calm, ['leads', '--month', MONTH]),
        ];
        const random = numbers(20261105);
        let kills = 0;
        while (kills < KILLS) {
          await withHome(async (home) => {
            // A killed run goes on from where it stopped: later kills of the same home hit later steps.
            for (let round = 0; round < 5 && kills < KILLS; round += 1) {
              const ended = await spawnDoudi(home, words, {
                env: THREADS,
                killAfter: 300 + random.next().value * undisturbed * 0.6,
              });
              if (ended.signal !== 'SIGKILL') break;
              kills += 1;
            }
            const after = await spawnDoudi(home, words, { env: THREADS });
            expect(after.code, after.stderr).toBe(0);
            expect(await state(home)).toBe(expected);
            expect(await doudi(home, ['warnings', '--month', MONTH])).toBe(warnings);
            expect(await doudi(home, ['leads', '--month', MONTH])).toBe(leads);
          });
        }
      });
    },
  );

  it.each([
    'lake-after-settle',
    'journal-before-append',
    'journal-after-append',
    'ledger-before-commit',
    'ledger-after-commit',
    'decision-after-settle',
    'journal-after-append:4',
    'ledger-before-commit:5',
    'ledger-after-commit:5',
  ])('killed at %s ends as the undisturbed one', async (point) => {
    await withHome(async (calm) => {
      await small(calm);
      const words = ['run', '--month', MONTH, '--inbox', join(calm, 'inbox'), '--json'];
      await withHome(async (home) => {
        const killed = await spawnDoudi(home, words, {
          env: { ...THREADS, DOUDI_FAILPOINT: point },
        });
        expect(killed.signal).toBe('SIGKILL');
        await doudi(home, words);
        expect(await state(home)).toBe(await state(calm));
        const again = JSON.parse(await doudi(home, words)) as { changed: boolean };
        expect(again.changed).toBe(false);
      });
    });
  });
});
