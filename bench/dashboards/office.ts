/** Guizhou with the shipped rules. */
import { createLog } from '../../core/log.ts';
import { readConfig } from '../../core/config.ts';
import { divisionsOf } from '../../core/region.ts';
import { openDeployment } from '../../pipelines/deployment.ts';
import type { Deployment } from '../../warnings/deployment.ts';

/** A folder without a doudi.yaml is a home of Guizhou. */
export function openTrialOffice(): Promise<Deployment> {
  const config = readConfig('/nonexistent');
  return openDeployment(config, divisionsOf(config.province), createLog('silent'));
}
