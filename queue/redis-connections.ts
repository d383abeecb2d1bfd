/**
 * Connections to one Redis that can be closed in any state. BullMQ duplicates the ones it is given and closes the
 * duplicates gracefully, which never finishes while Redis is down (taskforcesh/bullmq issue 4656).
 */
import { Redis } from 'ioredis';

/** Wait before a reconnect, milliseconds: from a tenth of a second to five. */
const wait = (tries: number): number => Math.min(100 * 2 ** Math.min(tries, 6), 5_000);

/** Limits for a connection's calls. */
interface Patience {
  /** Milliseconds that one command may take. */
  readonly commandTimeout?: number;
  /** Reconnects after which a call fails; null: it waits until Redis is back. */
  readonly maxRetriesPerRequest: number | null;
}

export class RedisConnections {
  private readonly made = new Set<Redis>();
  private readonly url: string;
  private readonly onError: (error: Error) => void;
  private ending = false;

  /** @param onError receives connection errors; never job data */
  constructor(url: string, onError: (error: Error) => void) {
    this.url = url;
    this.onError = onError;
  }

  open(patience: Patience): Redis {
    return this.keep(
      new Redis(this.url, {
        ...patience,
        // No reconnects while closing.
        retryStrategy: (tries) => (this.ending ? null : wait(tries)),
      }),
    );
  }

  private keep(redis: Redis): Redis {
    this.made.add(redis);
    redis.on('end', () => this.made.delete(redis));
    redis.on('error', this.onError);
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (override) => this.keep(duplicate(override));
    return redis;
  }

  /** From now on lost connections end instead of reconnecting; already lost ones end at once, with their calls. */
  endLost(): void {
    this.ending = true;
    for (const redis of this.made) if (redis.status !== 'ready') end(redis);
  }

  /** Ends all connections; pending calls fail. */
  endAll(): void {
    this.ending = true;
    for (const redis of this.made) end(redis);
  }
}

function end(redis: Redis): void {
  // Between two reconnects there is no socket to close, and ioredis never emits `end`: start the next reconnect and
  // abandon it in the same turn.
  if (redis.status === 'reconnecting') redis.connect().catch(() => undefined);
  redis.disconnect();
}
