/** Opens the deployment's queue: Redis, or embedded in the home. */
import { MonitorError } from '../core/errors.ts';
import type { Home } from '../core/home.ts';
import type { Backend } from './backend.ts';

/**
 * @param url `redis://` or `rediss://`; undefined: embedded
 * @param onError receives connection errors; never job data
 * @throws MonitorError `usage` for any other address
 */
export async function openBackend(
  home: Home,
  url: string | undefined,
  onError: (error: Error) => void,
): Promise<Backend> {
  if (url === undefined || url === '' || url === 'embedded') {
    const { openEmbedded } = await import('./embedded.ts');
    return openEmbedded(home, onError);
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
