/** Opens the deployment's queue: Redis, or the PostgreSQL of the home. */
import { MonitorError } from '../core/errors.ts';
import type { Backend } from './backend.ts';
import type { QueueDatabase } from './postgres.ts';

/**
 * @param url `redis://` or `rediss://`; undefined: in the database
 * @param database opens it; only called without an address
 * @param onError receives connection errors; never job data
 * @throws MonitorError `usage` for any other address
 */
export async function openBackend(
  url: string | undefined,
  database: () => Promise<QueueDatabase>,
  onError: (error: Error) => void,
): Promise<Backend> {
  if (url === undefined || url === '' || url === 'embedded') {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(await database(), onError);
  }
  if (/^rediss?:\/\//.test(url)) {
    const { openRedis } = await import('./redis.ts');
    return openRedis(url, onError);
  }
  throw new MonitorError('config', 'DOUDI_QUEUE is not an address of a queue', {
    fix: 'redis://user:password@host:6379, rediss://… or leave it empty for the embedded queue',
    exitCode: 2,
  });
}
