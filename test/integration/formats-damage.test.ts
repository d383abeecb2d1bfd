/**
 * A file that is cut anywhere, or has one bit flipped, is refused by its manifest's digest before anything reads it.
 * `DOUDI_RUNS` sets how many places are tried per format; 40 otherwise.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../connectors/index.ts';
import { listInbox } from '../../files/extract/folder.ts';
import { readConfig } from '../../core/config.ts';
import { openHome } from '../../core/home.ts';
import { createLog } from '../../core/log.ts';
import type { Month } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { openStore } from '../../store/store.ts';
import { openDeployment, runContext } from '../../pipelines/deployment.ts';
import { quietProgress } from '../../pipelines/progress.ts';
import { takeDelivery } from '../../pipelines/steps/take-delivery.ts';
import { seeded } from '../support/corpus/case.ts';
import { SHEETS, WRITERS } from '../support/corpus/sheets.ts';
import { CLOCK, withHome } from '../support/doudi.ts';
import { deliver } from '../support/inbox.ts';

const RUNS = Number(process.env['DOUDI_RUNS'] ?? 40);
const MONTH = '2026-10' as Month;
const LOG = createLog('silent');

const cut = (bytes: Buffer, random: (below: number) => number): Buffer =>
  bytes.subarray(0, random(bytes.length));

function flipped(bytes: Buffer, random: (below: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const at = random(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  return copy;
}

describe('an extract with a manifest', { timeout: 60_000 + 200 * RUNS }, () => {
  it.each(WRITERS)(
    '$name, cut or with a bit flipped, is not read',
    async ({ format, write, name }) => {
      const whole = write(SHEETS['education/enrolment']);
      const algorithm = name === 'CSV' ? 'sm3' : 'sha256';
      const digest = createHash(algorithm).update(whole).digest('hex');
      await withHome(async (home) => {
        const config = readConfig(home);
        const store = await openStore(openHome(home), CLOCK);
        const deployment = await openDeployment(
          config,
          divisionsOf(config.province, config.divisions),
          LOG,
        );
        const context = runContext(deployment, store, MONTH, undefined, quietProgress(LOG));
        const inbox = join(home, 'inbox');
        const path = `education/enrolment/${MONTH}.${format}`;
        deliver(inbox, path, whole);
        const manifest = JSON.stringify({ [algorithm]: digest, rows: 40 });
        deliver(inbox, `education/enrolment/${MONTH}.manifest.json`, manifest);
        const [delivery] = listInbox(inbox, new Set((await loadContracts()).keys())).deliveries;
        if (delivery === undefined) throw new Error('nothing was delivered');
        const folder = join(home, 'job');
        mkdirSync(folder);
        let asked = 0;
        const take = async (content: Buffer): Promise<unknown> => {
          writeFileSync(delivery.path, content);
          const reading = await takeDelivery(context, delivery, folder, () => {
            asked += 1;
            return Promise.resolve({ kind: 'refused', code: 'asked', reasons: [] });
          });
          return 'code' in reading ? reading.code : reading.kind;
        };
        const random = seeded(8);
        const codes = new Set<unknown>();
        for (let run = 0; run < RUNS; run += 1) {
          codes.add(await take(cut(whole, random)));
          codes.add(await take(flipped(whole, random)));
        }
        expect([...codes]).toEqual(['manifest']);
        expect(asked).toBe(0);
        expect(await take(whole)).toBe('asked');
        await store.close();
      });
    },
  );
});
