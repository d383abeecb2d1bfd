/** Guizhou with the shipped rules. */
import { createLog } from '../../core/log.ts';
import { readConfig } from '../../core/config.ts';
import { divisionsOf } from '../../core/region.ts';
import { openOffice } from '../../pipelines/deployment.ts';
import type { Office } from '../../warnings/deployment.ts';

/** A folder without a doudi.yaml is a home of Guizhou. */
export function openTrialOffice(): Promise<Office> {
  const config = readConfig('/nonexistent');
  return openOffice(config, divisionsOf(config.province), createLog('silent'));
}
