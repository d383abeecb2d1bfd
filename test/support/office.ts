/** What a home's deployment is made of, for tests that call a part of it themselves. */
import type { Clock } from '../../core/clock.ts';
import { readConfig } from '../../core/config.ts';
import { openHome } from '../../core/home.ts';
import { createLog } from '../../core/log.ts';
import { divisionsOf } from '../../core/region.ts';
import { openStore } from '../../store/store.ts';
import { openDeployment } from '../../pipelines/deployment.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import { publish } from '../../published/publish.ts';
import { CLOCK } from './doudi.ts';

export function officeOf(home: string): Promise<Deployment> {
  const config = readConfig(home);
  return openDeployment(
    config,
    divisionsOf(config.province, config.divisions),
    createLog('silent'),
  );
}

/** Publishes a home's figures, as `serve` does when it starts. */
export async function publishHome(home: string, clock: Clock = CLOCK): Promise<void> {
  const store = await openStore(openHome(home), clock);
  try {
    await publish(store, await officeOf(home));
  } finally {
    await store.close();
  }
}
