/** What a home's deployment is made of, for tests that call a part of it themselves. */
import { readConfig } from '../../core/config.ts';
import { createLog } from '../../core/log.ts';
import { divisionsOf } from '../../core/region.ts';
import { openOffice, type Office } from '../../pipelines/office.ts';

export function officeOf(home: string): Promise<Office> {
  const config = readConfig(home);
  return openOffice(config, divisionsOf(config.province), createLog('silent'));
}
