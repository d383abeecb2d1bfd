/**
 * A disk that is full at some point of the way: the run says so with its code, no month is loaded by half, and with
 * space again the same command ends in the state of an undisturbed run (promise G10). `DOUDI_LEVELS` raises the number of
 * points for a long suite.
 */
import { closeSync, cpSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import { divisionsOf } from '../../core/region.ts';
import { addAccount, giveToken } from '../../store/accounts/accounts.ts';
import { readJournal } from '../../store/journal.ts';
import { openSecrets } from '../../store/accounts/secrets.ts';
import { openStore } from '../../store/store.ts';
import { formOf, leadId, person, plant } from '../support/cases.ts';
import { CONFIG, doudi, spawnDoudi, withFolder } from '../support/doudi.ts';
import { generate } from '../support/province.ts';
import { serve } from '../support/served.ts';
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

/** Takes all space that there is, to the last byte. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [1 << 20, 4096, 1])
      try {
        for (;;) writeSync(file, Buffer.alloc(size));
      } catch {
        // Full for pieces of this size.
      }
  } finally {
    closeSync(file);
  }
}

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
});

describe.runIf(CAN_MOUNT)('a home that is served while its disk fills', () => {
  it('loses no act that it acknowledged, and goes on', { timeout: 300_000 }, async () => {
    await withDisk(PLENTY_KIB, async (disk) => {
      const home = join(disk.path, 'home');
      mkdirSync(home);
      writeFileSync(join(home, 'doudi.yaml'), CONFIG);
      const lead = leadId(1);
      const officer = person('township_officer', '520102016', 1);
      const store = await openStore(openHome(home), fixedClock('2025-11-11T09:00:00+08:00'));
      const deployment = {
        store,
        divisions: divisionsOf('520000'),
        secrets: openSecrets(store.home),
      };
      await plant(store, [
        {
          lead_id: lead,
          direction: 'need',
          county: '520102',
          township: '520102016',
          rules: ['ILL-01'],
        },
      ]);
      await store.commit('leads.delivered', {
        groups: [{ county: '520102', channel: 'inbox', outcome: 'done', code: '', leads: [lead] }],
      });
      await addAccount(deployment, { ...officer, expires: null, by: 'test' });
      const token = await giveToken(deployment, officer.name, 'test', null);
      await store.close();

      let served = await serve(home);
      cleanUp.push(() => served.kill());
      // Filling the disk may take longer than the server keeps an idle connection.
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        connection: 'close',
      };
      const acknowledged: number[] = [];
      let version = 0;
      let key = 0;
      const act = async (): Promise<number> => {
        key += 1;
        const action = version % 2 === 0 ? 'take' : 'release';
        const answer = await fetch(`${served.address}/api/cases/${lead}/acts`, {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': `key-of-the-full-disk-${key}` },
          body: JSON.stringify({
            action,
            version,
            form: formOf(action, '2025-11-11', [officer], {}),
          }),
        });
        const body = (await answer.json()) as { version?: number };
        if (answer.status === 200) acknowledged.push((version = body.version ?? 0));
        return answer.status;
      };
      /** As the case stands: an act that failed after the journal had it is done later. */
      const look = async (): Promise<number> => {
        const answer = await fetch(`${served.address}/api/cases/${lead}`, { headers });
        if (answer.status === 200)
          version = ((await answer.json()) as { version: number | null }).version ?? 0;
        return answer.status;
      };
      for (let n = 0; n < 4; n += 1) expect(await act()).toBe(200);
      const filler = join(disk.path, 'filler');
      fill(filler);
      const full: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        full.push(await act());
        full.push(await look());
      }
      expect(full.some((status) => status >= 500)).toBe(true);
      rmSync(filler);
      expect(await look()).toBe(200);
      // The first may learn that an act which was refused had reached the journal, and is done now.
      if ((await act()) === 409) expect(await look()).toBe(200);
      for (let n = 0; n < 4; n += 1) expect(await act()).toBe(200);
      expect(await served.stop()).toBe(0);
      const acted = readJournal(join(home, 'journal.jsonl')).records.filter(
        ({ type }) => type === 'case.acted',
      );
      expect(acted.length).toBeGreaterThanOrEqual(Math.max(...acknowledged));
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
      served = await serve(home);
      const before = version;
      expect(await look()).toBe(200);
      expect(version).toBe(before);
      expect(await act()).toBe(200);
      expect(await served.stop()).toBe(0);
    });
  });
});
