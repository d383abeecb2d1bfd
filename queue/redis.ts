/** Jobs in Redis, through ioredis. */
import { createRedisBackend, withBackend } from 'bullmq';
import type { Backend } from './backend.ts';
import { CALL_MS, withDeadline } from './deadline.ts';
import { maker } from './make.ts';
import { RedisConnections } from './redis-connections.ts';

const classes = withBackend(createRedisBackend);

/** A longer wait would delay noticing a silently broken connection. */
const IDLE_SECONDS = 5;

export function openRedis(url: string, onError: (error: Error) => void): Backend {
  // Producers give up soon while Redis is down: the ledger keeps what is due, and nothing should pile up in memory.
  const connections = new RedisConnections(url, onError);
  const producer = connections.open({ commandTimeout: CALL_MS, maxRetriesPerRequest: 1 });
  // Workers wait for Redis to come back, however long it takes.
  const consumer = connections.open({ maxRetriesPerRequest: null });
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
      const closed = closeAll();
      connections.endLost();
      await closed;
      connections.endAll();
    },
  };
}
