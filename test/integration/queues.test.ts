/** Leads on their way to the counties, on both backends: once each, whatever the queue forgets. */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Queue, UnrecoverableError, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { openQueue } from '../../cases/delivery/open-queue.ts';
import { queueName } from '../../queue/county-queues.ts';
import { layQueue } from '../support/embedded-queue.ts';
import { doudi, withFolder, withHome, withProvince } from '../support/doudi.ts';
import {
  BACKENDS,
  configure,
  delivered,
  givenUp,
  makeLeads,
  MONTH,
  until,
  withQueues,
  wrong,
} from '../support/queues.ts';
import { HAS_REDIS, withRedis } from '../support/redis.ts';
import { person } from '../support/inbox.ts';

async function faults(home: string): Promise<string[]> {
  return (JSON.parse(await doudi(home, ['verify', '--json'])) as { faults: string[] }).faults;
}

/** The body of a request as it came over the wire. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

interface Hook {
  readonly id: string;
  readonly body: string;
  readonly signed: boolean;
}

const KEY = Buffer.from('a key of a county, 32 bytes long').toString('base64');

/** A county's receiver: answers what it is told to and keeps what it got. */
async function withReceiver<T>(
  answer: (call: number) => number,
  work: (url: string, got: Hook[]) => Promise<T>,
): Promise<T> {
  const got: Hook[] = [];
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const head = (name: string): string => String(request.headers[name]);
      const id = head('webhook-id');
      const at = new Date(Number(head('webhook-timestamp')) * 1000);
      const expected = new Webhook(`whsec_${KEY}`).sign(id, at, body);
      got.push({ id, body, signed: head('webhook-signature') === expected });
      response.statusCode = answer(got.length);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/leads`, got);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function hook(home: string, url: string): void {
  writeFileSync(join(home, 'hook.key'), `whsec_${KEY}\n`);
  configure(
    home,
    `counties: { "520102": { consumer: built-in, webhook: { url: "${url}", secret_file: hook.key } } }\n`,
  );
}

describe.each(BACKENDS)('leads on their way ($name)', (backend) => {
  it('reach all 88 counties, once, and a second start changes nothing', async () => {
    await backend.with((url) =>
      withProvince(async (home) => {
        await makeLeads(home, 880);
        const records = await withQueues(home, url, async ({ store, queues }) => {
          await until('880 delivered', async () => (await delivered(store)) === 880);
          expect(await wrong(store)).toBe(0);
          expect(await queues.reconcile()).toMatchObject({ pushed: 0, revived: 0, silent: [] });
          return store.records.length;
        });
        await withQueues(home, url, async ({ store, queues }) => {
          expect(await queues.reconcile()).toMatchObject({ reachable: true, pushed: 0 });
          expect(store.records.length).toBe(records);
        });
        expect(await faults(home)).toEqual([]);
        const told = JSON.parse(await doudi(home, ['queues', '--json'])) as { delivered: number }[];
        expect(told).toHaveLength(88);
        expect(told.every((row) => row.delivered === 10)).toBe(true);
      }),
    );
  });

  it('are put on their way again when the queue is emptied in the middle', async () => {
    await backend.with((url, redis) =>
      withHome(async (home) => {
        await makeLeads(home, 600);
        await withQueues(home, url, async ({ store }) => {
          await until('some delivered', async () => (await delivered(store)) > 50);
          await redis?.flush();
          if (redis !== null)
            await until('all delivered', async () => (await delivered(store)) === 600);
        });
        // The embedded queue is a folder: gone between two starts.
        rmSync(join(home, 'postgres'), { recursive: true, force: true });
        await withQueues(home, url, async ({ store }) => {
          await until('all delivered', async () => (await delivered(store)) === 600);
          expect(await wrong(store)).toBe(0);
        });
        expect(await faults(home)).toEqual([]);
      }),
    );
  });

  it('a job that ended as failed is started again under another id', async () => {
    await backend.with((url) =>
      withHome(async (home) => {
        await makeLeads(home, 3, { places: 3 });
        // A worker of before that gave the first lead up for good.
        const other = await openQueue(openHome(home), url, () => undefined);
        const [first] = (await doudi(home, ['leads', '--month', '2025-10', '--county', '520102']))
          .split('\n')
          .slice(1);
        const lead = first?.split(',')[0] ?? '';
        const queue = other.queue(queueName('520102'));
        await queue.add('lead', { lead_id: lead }, { jobId: `lead-${lead}` });
        const failing = other.worker(
          queueName('520102'),
          () => Promise.reject(new UnrecoverableError('given up')),
          { concurrency: 1, lockMs: 2000 },
        );
        await until('failed', async () => (await queue.getFailedCount()) === 1);
        await failing.close();
        await other.close();
        await withQueues(home, url, async ({ store }) => {
          await until('all delivered', async () => (await delivered(store)) === 3);
        });
        const again = await openQueue(openHome(home), url, () => undefined);
        expect(await again.queue(queueName('520102')).getFailedCount()).toBe(0);
        await again.close();
      }),
    );
  });

  it('go to a county’s webhook as well, signed, tried again, and once', async () => {
    await backend.with((url) =>
      withReceiver(
        (call) => (call <= 2 ? 503 : 204),
        async (address, got) => {
          await withHome(async (home) => {
            await makeLeads(home, 1, { places: 1 });
            hook(home, address);
            await withQueues(home, url, async ({ queues }) => {
              await until('sent', () => got.length >= 3);
              await queues.reconcile();
              await queues.reconcile();
            });
            expect(got).toHaveLength(3);
            expect(got.every(({ signed }) => signed)).toBe(true);
            expect(new Set(got.map(({ id }) => id)).size).toBe(1);
            const card = JSON.parse(got[0]?.body ?? '') as Record<string, unknown>;
            expect(card).toMatchObject({
              county: '520102',
              rules: ['EDU-02'],
              person_id: person(1),
            });
            expect(JSON.stringify(card)).toContain('义务教育法 第十一条');
          });
        },
      ),
    );
  });

  it('stay in the inbox when the webhook is given up, which is shown and can be tried again', async () => {
    await backend.with(async (url) => {
      let status = 500;
      await withReceiver(
        () => status,
        async (address, got) => {
          await withHome(async (home) => {
            await makeLeads(home, 1, { places: 1 });
            hook(home, address);
            await withQueues(home, url, async ({ store }) => {
              // Three answers have come and the ledger has been told: before that it may yet be tried again.
              await until('given up', async () => (await givenUp(store)) === 1);
              expect(got).toHaveLength(3);
              expect(await delivered(store)).toBe(1);
            });
            const dead = (): Promise<string> => doudi(home, ['queues', '--json']);
            expect(JSON.parse(await dead())).toMatchObject([{ delivered: 1, dead: 1 }]);
            // Given up is given up: nothing is sent until a person says so.
            await withQueues(home, url, async ({ queues }) => {
              await queues.reconcile();
            });
            expect(got).toHaveLength(3);
            status = 204;
            await doudi(home, ['queues', 'retry']);
            await withQueues(home, url, async () => {
              await until('sent', () => got.length === 4);
            });
            expect(JSON.parse(await dead())).toMatchObject([{ delivered: 1, dead: 0 }]);
            expect(await faults(home)).toEqual([]);
          });
        },
      );
    });
  });
});

describe('the embedded queue', () => {
  it('lets the rest of the program have its turn while many ask at once', async () => {
    await withFolder(async (home) => {
      await layQueue(home);
      const backend = await openQueue(openHome(home), undefined, () => undefined);
      const queue = backend.queue(queueName('520102'));
      let turns = 0;
      const counting = setInterval(() => (turns += 1), 1);
      // As all counties' workers do together.
      await Promise.all(Array.from({ length: 300 }, () => queue.getJobCounts('waiting')));
      clearInterval(counting);
      // One turn for all of them kept everybody else waiting for half a second.
      expect(turns).toBeGreaterThan(5);
      await backend.close();
    });
  });

  it('a queue folder that a crash left unreadable is put aside and filled anew', async () => {
    await withHome(async (home) => {
      await makeLeads(home, 88, { places: 4 });
      await withQueues(home, undefined, async ({ store }) => {
        await until('all delivered', async () => (await delivered(store)) === 88);
      });
      writeFileSync(join(home, 'postgres/data/PG_VERSION'), 'nonsense');
      writeFileSync(join(home, 'postgres/data/global/pg_control'), 'nonsense');
      await withQueues(home, undefined, async ({ queues }) => {
        expect(await queues.reconcile()).toMatchObject({ reachable: true, pushed: 0 });
      });
    });
  });
});

describe.runIf(HAS_REDIS)('a county’s own system (redis)', () => {
  const TOKEN = 'token-of-520102';
  const external = `counties: { "520102": { consumer: external, token_sha256: "${createHash('sha256').update(TOKEN).digest('hex')}" } }\n`;

  it('drains its queue with a BullMQ client of its own; completion is the receipt', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 16);
        configure(home, external);
        const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
        const seen: unknown[] = [];
        const worker = new Worker(
          'leads-520102',
          (job: Job) => {
            seen.push(job.data);
            return Promise.resolve();
          },
          { connection },
        );
        await withQueues(home, redis.url, async ({ store }) => {
          await until('all delivered', async () => (await delivered(store)) === 16);
          expect(await wrong(store)).toBe(0);
        });
        await worker.close();
        // Ids only, as the published schema says.
        const schema = JSON.parse(
          readFileSync(new URL('../../queue/lead-job.schema.json', import.meta.url), 'utf8'),
        ) as { properties: { lead_id: { pattern: string } }; required: string[] };
        expect(seen).toHaveLength(2);
        for (const data of seen) {
          expect(Object.keys(data as object)).toEqual(schema.required);
          expect((data as { lead_id: string }).lead_id).toMatch(
            new RegExp(schema.properties.lead_id.pattern),
          );
        }
        // The receipt is in the ledger and the queue has forgotten the job.
        const queue = new Queue('leads-520102', { connection });
        expect(await queue.getCompletedCount()).toBe(0);
        await queue.close();
        connection.disconnect();
        expect(await faults(home)).toEqual([]);
      }),
    );
  });

  it('leaves nothing of a person in Redis', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 16);
        configure(home, external);
        await withQueues(home, redis.url, async ({ store }) => {
          await until('14 delivered', async () => (await delivered(store)) === 14);
          const dump = await redis.dump();
          expect(dump).toContain('lead-L');
          for (let n = 1; n <= 16; n += 1) expect(dump).not.toContain(person(n));
        });
      }),
    );
  });
});

describe.runIf(HAS_REDIS)('both backends', () => {
  it('bring the same leads to the same counties', async () => {
    await withHome(async (embedded) => {
      await makeLeads(embedded, 160);
      await withFolder(async (redisHome) => {
        cpSync(embedded, redisHome, { recursive: true });
        const arrivals = async (home: string, url: string | undefined): Promise<string[]> =>
          withQueues(home, url, async ({ store }) => {
            await until('all delivered', async () => (await delivered(store)) === 160);
            const rows = await store.sql.rows<{ lead_id: string; county: string }>(
              'SELECT lead_id, county FROM lead_delivery ORDER BY lead_id',
            );
            return rows.map((row) => `${row.lead_id} ${row.county}`);
          });
        const here = await arrivals(embedded, undefined);
        const there = await withRedis((redis) => arrivals(redisHome, redis.url));
        expect(there).toEqual(here);
        const leads = ['leads', '--month', MONTH];
        expect(await doudi(redisHome, leads)).toBe(await doudi(embedded, leads));
      });
    });
  });
});

describe.runIf(HAS_REDIS)('a county that changes its consumer', () => {
  it('is not sent again what it has', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 2, { places: 2 });
        await withQueues(home, redis.url, async ({ store }) => {
          await until('all delivered', async () => (await delivered(store)) === 2);
        });
        configure(
          home,
          `counties: { "520102": { consumer: external, token_sha256: "${'0'.repeat(64)}" } }\n`,
        );
        await withQueues(home, redis.url, async ({ queues }) => {
          expect(await queues.reconcile()).toMatchObject({ pushed: 0 });
        });
      }),
    );
  });

  it('cannot be an external one of the embedded queue', async () => {
    await withHome(async (home) => {
      configure(
        home,
        `counties: { "520102": { consumer: external, token_sha256: "${'0'.repeat(64)}" } }\n`,
      );
      await expect(withQueues(home, undefined, () => Promise.resolve())).rejects.toThrow(
        'embedded queue',
      );
    });
  });
});

describe.runIf(HAS_REDIS)('Redis away', () => {
  it('at the start is a message and a wait', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 88, { places: 4 });
        await redis.kill();
        await withQueues(home, redis.url, async ({ store, queues }) => {
          expect(await queues.reconcile()).toMatchObject({ reachable: false, pushed: 0 });
          expect(queues.reachableSince()).toBeNull();
          await redis.start();
          await until('all delivered', async () => (await delivered(store)) === 88);
          expect(queues.reachableSince()).not.toBeNull();
        });
      }),
    );
  });

  it('in the middle loses nothing and doubles nothing', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 800);
        await withQueues(home, redis.url, async ({ store }) => {
          await until('some delivered', async () => (await delivered(store)) > 20);
          await redis.kill();
          await new Promise((resolve) => setTimeout(resolve, 1500));
          await redis.start();
          await until('all delivered', async () => (await delivered(store)) === 800, 60_000);
          expect(await wrong(store)).toBe(0);
        });
        expect(await faults(home)).toEqual([]);
      }),
    );
  });
});
