/** Jobs in Redis, through ioredis. */
import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Backend } from './backend.ts';
import { CALL_MS, withDeadline } from './deadline.ts';
import { maker } from './make.ts';

const classes = withBackend(createRedisBackend);

/** Longer, and a connection that broke without a word would be noticed later. */
const IDLE_SECONDS = 5;

/** Waits between two tries to reach Redis: from a tenth of a second to five. */
const wait = (tries: number): number => Math.min(100 * 2 ** Math.min(tries, 6), 5_000);

export function openRedis(url: string, onError: (error: Error) => void): Backend {
  // Producers give up soon while Redis is away: the ledger keeps what is due, nothing is to pile up in memory.
  const producer = new Redis(url, {
    commandTimeout: CALL_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: wait,
  });
  // Workers wait for Redis to come back, however long it takes.
  const consumer = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: wait });
  for (const connection of [producer, consumer]) connection.on('error', onError);
  const { queue, worker, closeAll } = maker(classes, { producer, consumer }, IDLE_SECONDS, onError);
  return {
    kind: 'redis',
    queue,
    worker,
    async reachable() {
      try {
        await withDeadline('PING', producer.ping(), 2_000);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await closeAll();
      producer.disconnect();
      consumer.disconnect();
    },
  };
}
