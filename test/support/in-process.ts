/** `doudi serve` inside the test's process, with accounts to ask with. */
import { startServing, type Serving } from '../../cli/serve/start.ts';
import type { Clock } from '../../core/clock.ts';
import { createLog } from '../../core/log.ts';
import type { AccountKeeper } from '../../store/accounts/accounts.ts';
import { openSecrets } from '../../store/accounts/secrets.ts';
import { layQueue } from './embedded-queue.ts';
import { freePort } from './redis.ts';

/**
 * @param queue address of a Redis; undefined: the embedded queue
 * @param page folder of the built page; null: none
 */
export async function serveHere(
  home: string,
  clock: Clock,
  { queue, page = null }: { queue?: string | undefined; page?: string | null } = {},
): Promise<{ readonly serving: Serving; readonly accounts: AccountKeeper }> {
  if (queue === undefined) await layQueue(home);
  const serving = await startServing({
    home,
    clock,
    log: createLog('silent'),
    settings: {
      queue,
      host: '127.0.0.1',
      port: await freePort(),
      accessKey: undefined,
      readerTokens: new Map(),
    },
    page,
  });
  const { store, deployment } = serving.held;
  const { divisions } = deployment;
  return { serving, accounts: { store, divisions, secrets: openSecrets(store.home) } };
}
