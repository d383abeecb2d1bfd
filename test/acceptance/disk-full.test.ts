/**
 * A disk that is full at some point of the way: the run says so with its code, no month is loaded by half, and with
 * space again the same command ends in the state of an undisturbed run (promise G10). `DOUDI_LEVELS` raises the number of
 * points for a long suite.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, doudi, spawnDoudi, withFolder } from '../support/doudi.ts';
import { generate } from '../support/province.ts';
import { CAN_MOUNT, withDisk } from '../support/small-disk.ts';
import { verified } from '../support/state.ts';

const LEVELS = Number(process.env['DOUDI_LEVELS'] ?? 3);
const MONTH = '2025-09';
const PLENTY_KIB = 512 * 1024;

describe.runIf(CAN_MOUNT)('a disk that is full', () => {
  it(`at ${LEVELS} levels costs nothing but time`, { timeout: 900_000 }, async () => {
    await withFolder(async (outside) => {
      writeFileSync(join(outside, 'doudi.yaml'), CONFIG);
      const inbox = await generate(outside, {
        persons: 2500,
        months: `2025-08..${MONTH}`,
        seed: 11,
      });
      const words = ['run', '--month', MONTH, '--inbox', inbox, '--json'];
      // What the run needs, by the largest disk that it ever filled.
      const { state, used } = await withDisk(PLENTY_KIB, async (disk) => {
        cpSync(join(outside, 'doudi.yaml'), join(disk.path, 'doudi.yaml'));
        await doudi(disk.path, words);
        return { state: await verified(disk.path), used: disk.used() };
      });
      const seen: string[] = [];
      for (let level = 1; level <= LEVELS; level += 1)
        await withDisk(Math.ceil((used * level) / (LEVELS + 1)), async (disk) => {
          cpSync(join(outside, 'doudi.yaml'), join(disk.path, 'doudi.yaml'));
          const full = await spawnDoudi(disk.path, words);
          seen.push(
            full.code === 0 ? 'enough' : (/\(([a-z-]+)\)\n/.exec(full.stderr)?.[1] ?? full.stderr),
          );
          disk.resize(PLENTY_KIB);
          const after = await spawnDoudi(disk.path, words);
          expect(after.stderr).not.toContain('doudi:');
          expect(after.code).toBe(0);
          expect(await verified(disk.path)).toBe(state);
        });
      process.stdout.write(`    ${used} KiB needed; at the levels: ${seen.join(' ')}\n`);
      expect(seen.filter((code) => code !== 'enough' && code !== 'disk-full')).toEqual([]);
      expect(seen.filter((code) => code === 'disk-full').length).toBeGreaterThanOrEqual(LEVELS / 2);
    });
  });
});
