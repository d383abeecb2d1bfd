/** `serve` always ends: when it cannot start, and when it is told to while its queue is away, silent or of no use. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OpenedParts } from '../../cli/serve/opened.ts';
import { CONFIG, doudi, spawnDoudi, withFolder, withHome } from '../support/doudi.ts';
import { layQueue } from '../support/embedded-queue.ts';
import { configure, makeLeads } from '../support/queues.ts';
import { freePort, HAS_REDIS, withRedis } from '../support/redis.ts';
import { serve, type Served } from '../support/served.ts';

/** Well within the two minutes that docs/operations.md asks the machine to wait; nothing is in hand here. */
const SOON_MS = 45_000;

const START = { killAfter: 110_000 };

async function withUsedPort<T>(work: (address: string) => Promise<T>): Promise<T> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

describe('a serve that cannot start', () => {
  it.each([
    ['with the embedded queue', () => Promise.resolve('embedded')],
    ['with a Redis that is away', async () => `redis://127.0.0.1:${await freePort()}`],
  ])('for its port is used says so, %s, and gives the home back', async (_with, queue) => {
    await withHome((home) =>
      withUsedPort(async (address) => {
        await layQueue(home);
        const env = { DOUDI_LISTEN: address, DOUDI_QUEUE: await queue() };
        const ended = await spawnDoudi(home, ['serve'], { ...START, env });
        expect(ended).toMatchObject({ code: 1, signal: null });
        expect(ended.stderr).toMatch(/port \d+ is in use .*\(address\)\n {7}set DOUDI_LISTEN/);
        expect(existsSync(join(home, 'doudi.sock'))).toBe(false);
        expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
      }),
    );
  });

  it('for the path of its home is too long ends after everything else was open', async () => {
    await withFolder(async (folder) => {
      const home = join(folder, 'h'.repeat(110));
      mkdirSync(home);
      writeFileSync(join(home, 'doudi.yaml'), CONFIG);
      await layQueue(home);
      const env = { DOUDI_LISTEN: `127.0.0.1:${await freePort()}`, DOUDI_QUEUE: 'embedded' };
      const ended = await spawnDoudi(home, ['serve'], { ...START, env });
      expect(ended).toMatchObject({ code: 1, signal: null });
      expect(ended.stderr).toContain('too long for a socket');
    });
  });

  it('for a time of its calendar is none ends', async () => {
    await withHome(async (home) => {
      configure(home, `schedule: { run: '0 25 8 * *' }\n`);
      await layQueue(home);
      const env = { DOUDI_LISTEN: `127.0.0.1:${await freePort()}`, DOUDI_QUEUE: 'embedded' };
      const ended = await spawnDoudi(home, ['serve'], { ...START, env });
      expect(ended).toMatchObject({ code: 1, signal: null });
      expect(ended.stderr).toContain("'0 25 8 * *' is not a time of cron (config)");
    });
  });
});

describe('what was opened', () => {
  it('is closed newest first, once, and one that fails keeps no other open', async () => {
    const closed: number[] = [];
    const opened = new OpenedParts();
    for (const n of [1, 2, 3])
      opened.onClose(() => {
        closed.push(n);
        if (n !== 1) throw new Error(`${n}`);
      });
    await expect(opened.close()).rejects.toThrow('3');
    await opened.close();
    expect(closed).toEqual([3, 2, 1]);
  });
});

/** SIGTERM; how it ended. */
async function told(served: Served): Promise<number | null | 'still running'> {
  const ended = await Promise.race([
    served.stop(),
    sleep(SOON_MS, 'still running' as const, { ref: false }),
  ]);
  if (ended === 'still running') await served.kill();
  return ended;
}

describe.runIf(HAS_REDIS)('a serve that is told to end', () => {
  const serving = (home: string, url: string): Promise<Served> => serve(home, { DOUDI_QUEUE: url });
  const untilQueue = async (served: Served, state: string): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const ready = await served.get('/ready');
      if (((await ready.json()) as { queue?: string }).queue === state) return;
      await sleep(100);
    }
    throw new Error(`the queue is not ${state}`);
  };

  it('while Redis has gone away ends in good order', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 40);
        const served = await serving(home, redis.url);
        await untilQueue(served, 'there');
        await redis.kill();
        await untilQueue(served, 'away');
        expect(await told(served)).toBe(0);
        expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
      }),
    );
  });

  it('while Redis goes away at the same moment ends', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 400);
        const served = await serving(home, redis.url);
        await untilQueue(served, 'there');
        const [, ended] = await Promise.all([redis.kill(), told(served)]);
        expect(ended).toBe(0);
      }),
    );
  });

  it('while Redis answers nothing any more ends', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        const served = await serving(home, redis.url);
        await untilQueue(served, 'there');
        redis.freeze();
        expect(await told(served)).toBe(0);
      }),
    );
  });

  it('while Redis refuses its password ends', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 1);
        const served = await serving(home, redis.url.replace('//', '//nobody:wrong@'));
        await untilQueue(served, 'away');
        expect(await told(served)).toBe(0);
      }),
    );
  });
});
