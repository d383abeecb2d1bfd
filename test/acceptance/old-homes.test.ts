/**
 * A home that an earlier version left behind opens to the same decisions and the same answers. An output that is meant
 * to differ is changed in `test/fixtures/homes/<version>/expected`, with a line in CHANGELOG.md that says why.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, giveToken } from '../../store/accounts/accounts.ts';
import { doudi, parseCsv, ROOT } from '../support/doudi.ts';
import { serveHere } from '../support/in-process.ts';
import {
  OLD_CLOCK,
  OLD_VERSIONS,
  oldFile,
  readingCommands,
  unpackHome,
} from '../support/old-homes.ts';
import { delivered, until, withQueues, wrong } from '../support/queues.ts';
import { HAS_REDIS, withRedis } from '../support/redis.ts';

const command = (home: string, ...words: string[]): Promise<string> =>
  doudi(home, words, OLD_CLOCK);

const stateOf = (verified: string): string => (JSON.parse(verified) as { state: string }).state;

/** The county that takes its leads over a system of its own, and the leads that it had not fetched yet. */
const EXTERNAL = '520103';

/** Every county takes its leads in the program, as the embedded queue asks for. */
function withoutExternal(home: string): void {
  const settings = join(home, 'doudi.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^counties:\n.*\n/m, ''));
}

describe.each(OLD_VERSIONS)('a home of %s', (version) => {
  let old: ReturnType<typeof unpackHome>;
  let person = '';
  beforeAll(async () => {
    old = unpackHome(version);
    const found = parseCsv(await command(old.home, 'warnings', '--month', '2025-10'));
    person = found.find(({ rule }) => rule === 'ILL-01')?.['person_id'] ?? '';
  });
  afterAll(() => {
    old.close();
  });
  const expected = (file: string): string => oldFile(version, `expected/${file}.txt`);

  // In their order: the last ones say which commands were run before them.
  it.each(readingCommands('').map(([file]) => file))('answers as it did: %s', async (file) => {
    const [, words = []] = readingCommands(person).find(([name]) => name === file) ?? [];
    await expect(await command(old.home, ...words)).toMatchFileSnapshot(expected(file));
  });

  it('is made again from lake and journal to the same state', async () => {
    await command(old.home, 'rebuild');
    expect(stateOf(await command(old.home, 'verify', '--json'))).toBe(
      stateOf(readFileSync(expected('verify'), 'utf8')),
    );
  });

  it('has its cases where they stood, for the county that works on them', async () => {
    const copy = unpackHome(version);
    const stages = JSON.parse(readFileSync(oldFile(version, 'stages.json'), 'utf8')) as Record<
      string,
      string
    >;
    withoutExternal(copy.home);
    const { serving, accounts } = await serveHere(copy.home, OLD_CLOCK);
    try {
      const seen = new Map<string, string>();
      const counties = await serving.held.store.sql.rows<{ county: string }>(
        `SELECT DISTINCT lead.county FROM case_act JOIN lead USING (lead_id) UNION SELECT '${EXTERNAL}'`,
      );
      for (const { county } of counties) {
        const name = `reader-${county}`;
        await addAccount(accounts, {
          ...{ name, role: 'county_civil_affairs', region: county },
          ...{ expires: null, by: 'test' },
        });
        const authorization = `Bearer ${await giveToken(accounts, name, 'test', null)}`;
        for (const lead of Object.keys(stages)) {
          const answer = await fetch(`${serving.address}/api/cases/${lead}`, {
            headers: { authorization },
          });
          const { stage } = (await answer.json()) as { stage?: string };
          if (answer.status === 200) seen.set(lead, stage ?? '');
        }
      }
      expect(Object.fromEntries(seen)).toEqual(stages);
    } finally {
      await serving.close();
      copy.close();
    }
  });

  describe('fills a queue that does not know it, each lead once', () => {
    it('embedded', async () => {
      const copy = unpackHome(version);
      withoutExternal(copy.home);
      await withQueues(copy.home, undefined, async ({ store }) => {
        const before = await delivered(store);
        await until('all are delivered', async () => (await delivered(store)) === before + 3);
        expect(await wrong(store)).toBe(0);
      });
      copy.close();
    });

    it.runIf(HAS_REDIS)('Redis, with the county that fetches', async () => {
      const copy = unpackHome(version);
      const inbox = join(copy.home, 'fetched');
      mkdirSync(inbox);
      await withRedis(async ({ url }) => {
        const county = spawn(
          process.execPath,
          [
            '--import',
            'tsx',
            join(ROOT, 'test/support/external-worker.ts'),
            ...[url, inbox, EXTERNAL],
          ],
          { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
        );
        try {
          await once(county.stdout, 'data');
          await withQueues(copy.home, url, async ({ store, queues }) => {
            const before = await delivered(store);
            await until('all are delivered', async () => {
              await queues.reconcile();
              return (await delivered(store)) === before + 3;
            });
            expect(await wrong(store)).toBe(0);
          });
        } finally {
          county.kill();
        }
      });
      copy.close();
    });
  });
});
