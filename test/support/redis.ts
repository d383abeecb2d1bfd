/** A private redis-server on a free port: to be used, emptied, killed and started again. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** CI installs it; elsewhere tests that need it are left out when it is missing. */
export const HAS_REDIS =
  process.env['CI'] !== undefined || spawnSync('redis-server', ['--version']).status === 0;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface TestRedis {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL: what was not yet in the append-only file is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stand, nothing answers. */
  freeze(): void;
  flush(): Promise<void>;
  /** Everything Redis holds, as one text: what must not be in it can be searched. */
  dump(): Promise<string>;
}

async function answering(url: string): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}

export async function withRedis<T>(work: (redis: TestRedis) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  const client = async <R>(use: (redis: Redis) => Promise<R>): Promise<R> => {
    const redis = new Redis(url);
    try {
      return await use(redis);
    } finally {
      redis.disconnect();
    }
  };
  const redis: TestRedis = {
    url,
    async start() {
      const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
      server = spawn('redis-server', [...words, '--appendonly', 'yes', '--save', ''], {
        stdio: 'ignore',
      });
      await answering(url);
    },
    async kill() {
      if (server?.exitCode !== null || !server.kill('SIGKILL')) return;
      await once(server, 'exit');
      server = undefined;
    },
    freeze() {
      server?.kill('SIGSTOP');
    },
    flush: () => client((redisClient) => redisClient.flushall()).then(() => undefined),
    dump: () =>
      client(async (redisClient) => {
        const parts: string[] = [];
        for (const key of await redisClient.keys('*')) {
          const type = await redisClient.type(key);
          if (type === 'hash') parts.push(key, JSON.stringify(await redisClient.hgetall(key)));
          else if (type === 'string') parts.push(key, (await redisClient.get(key)) ?? '');
          else if (type === 'list') parts.push(key, ...(await redisClient.lrange(key, '0', '-1')));
          else if (type === 'zset') parts.push(key, ...(await redisClient.zrange(key, '0', '-1')));
          else
            parts.push(
              key,
              type === 'stream' ? JSON.stringify(await redisClient.xrange(key, '-', '+')) : '',
            );
        }
        return parts.join('\n');
      }),
  };
  try {
    await redis.start();
    return await work(redis);
  } finally {
    await redis.kill();
    await sleep(10);
    rmSync(folder, { recursive: true, force: true });
  }
}
