/**
 * Connections to one Redis that can be ended whatever state they are in. BullMQ duplicates those that it is given and
 * closes the duplicates politely, which never ends while Redis is away (taskforcesh/bullmq issue 4656).
 */
import { Redis } from 'ioredis';

/** Waits between two tries to reach Redis, milliseconds: from a tenth of a second to five. */
const wait = (tries: number): number => Math.min(100 * 2 ** Math.min(tries, 6), 5_000);

/** How patient the calls of a connection are. */
interface Patience {
  /** Milliseconds that one command may take. */
  readonly commandTimeout?: number;
  /** Tries to reach Redis after which a call fails; null: it waits until Redis is back. */
  readonly maxRetriesPerRequest: number | null;
}

export class RedisConnections {
  private readonly made = new Set<Redis>();
  private readonly url: string;
  private readonly onError: (error: Error) => void;
  private ending = false;

  /** @param onError what a connection has to say; never carries job data */
  constructor(url: string, onError: (error: Error) => void) {
    this.url = url;
    this.onError = onError;
  }

  open(patience: Patience): Redis {
    return this.keep(
      new Redis(this.url, {
        ...patience,
        // What is lost while everything is being closed is not looked for again.
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

  /** From now on a connection that is lost ends; those that are lost already end at once, and so do their calls. */
  endLost(): void {
    this.ending = true;
    for (const redis of this.made) if (redis.status !== 'ready') end(redis);
  }

  /** Ends all of them; calls that still wait for an answer fail. */
  endAll(): void {
    this.ending = true;
    for (const redis of this.made) end(redis);
  }
}

function end(redis: Redis): void {
  // Between two tries there is nothing that could be closed, and ioredis then never says that it has ended: the next try
  // is begun, and given up in the same turn.
  if (redis.status === 'reconnecting') redis.connect().catch(() => undefined);
  redis.disconnect();
}
