/** The audit: who read what, in a chain that shows every edit, loss, swap and regrowth (promise G20). */
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { divisionsOf } from '../../core/region.ts';
import { findAudit } from '../../store/audit/query.ts';
import { openHome, type Home } from '../../core/home.ts';
import { MonitorError } from '../../core/errors.ts';
import { checkAudit, readAudit, type AuditFact, type Checkpoint } from '../../store/audit/chain.ts';
import { openAudit } from '../../store/audit/audit.ts';
import { Prng } from '../support/random-province/prng.ts';
import { doudi, withFolder } from '../support/doudi.ts';

const PLACES = Number(process.env['DOUDI_PLACES'] ?? 200);

function fact(n: number): AuditFact {
  return {
    account: `clerk-${n % 7}`,
    role: 'township_officer',
    region: '520102016',
    route: 'GET /leads/:id',
    place: '520102016',
    subject: `L${n.toString(16).padStart(24, '0')}`,
    outcome: n % 5 === 0 ? 'denied' : 'allowed',
  };
}

/** Entries over three months, and what another department keeps of them. */
async function written(home: Home, count: number): Promise<Checkpoint> {
  let at = Date.parse('2025-10-20T00:00:00Z');
  const audit = await openAudit(home, { now: () => new Date(at) });
  for (let n = 0; n < count; n += 1) {
    at += (60 * 24 * 3_600_000) / count;
    await audit.write(fact(n));
  }
  const { checkpoint } = audit;
  await audit.close();
  return checkpoint;
}

interface Line {
  readonly file: string;
  readonly text: string;
}

const folderOf = (home: Home): string => join(home.root, 'audit');

function linesOf(home: Home): Line[] {
  return readdirSync(folderOf(home))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folderOf(home), file), 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((text) => ({ file, text })),
    );
}

function lastLine(home: Home, file: string): string {
  return `${
    readFileSync(join(folderOf(home), file), 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1) ?? ''
  }\n`;
}

function put(home: Home, lines: readonly Line[]): void {
  for (const file of readdirSync(folderOf(home)))
    writeFileSync(
      join(folderOf(home), file),
      lines
        .filter((line) => line.file === file)
        .map(({ text }) => `${text}\n`)
        .join(''),
    );
}

describe('the audit', () => {
  it('goes on where it ended, through months, restarts and a clock that was set back', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      const kept = await written(home, 30);
      expect(readdirSync(folderOf(home)).length).toBe(3);
      expect(checkAudit(home)).toEqual(kept);
      const back = await openAudit(home, { now: () => new Date('2025-10-01T00:00:00Z') });
      await back.write(fact(30));
      await back.close();
      expect(readdirSync(folderOf(home)).length).toBe(3);
      expect(checkAudit(home, kept).count).toBe(31);
      expect([...readAudit(home)].map(({ seq }) => seq)).toEqual(
        Array.from({ length: 31 }, (_, n) => n + 1),
      );
    });
  });

  it('a line that a crash has cut short was never promised and is taken off', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      const kept = await written(home, 10);
      const [last = ''] = readdirSync(folderOf(home)).sort().slice(-1);
      appendFileSync(join(folderOf(home), last), '{"seq":11,"at":"20');
      expect(checkAudit(home)).toEqual(kept);
      const again = await openAudit(home, { now: () => new Date('2025-12-20T00:00:00Z') });
      await again.write(fact(11));
      await again.close();
      expect(checkAudit(home, kept).count).toBe(11);
    });
  });

  it('many at once share a write and all stand in it', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      const audit = await openAudit(home, { now: () => new Date('2025-11-11T00:00:00Z') });
      await Promise.all(Array.from({ length: 500 }, (_, n) => audit.write(fact(n))));
      await audit.close();
      expect(checkAudit(home).count).toBe(500);
    });
  });

  it('after a write that failed takes nothing more, and those that waited are all refused', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      let now = '2025-11-11T00:00:00Z';
      const audit = await openAudit(home, { now: () => new Date(now) });
      await audit.write(fact(0));
      // A folder where December's file should be.
      mkdirSync(join(folderOf(home), '2025-12.jsonl'));
      now = '2025-12-01T00:00:00Z';
      const many = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => audit.write(fact(n))),
      );
      for (const one of [...many, ...(await Promise.allSettled([audit.write(fact(21))]))])
        expect(one).toMatchObject({ status: 'rejected', reason: { code: 'audit' } });
      await audit.close();
      rmdirSync(join(folderOf(home), '2025-12.jsonl'));
      expect(checkAudit(home).count).toBe(1);
    });
  });

  it('writes out what was asked for before it is closed', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      const audit = await openAudit(home, { now: () => new Date('2025-11-11T00:00:00Z') });
      const asked = Array.from({ length: 50 }, (_, n) => audit.write(fact(n)));
      await audit.close();
      expect(checkAudit(home)).toEqual(audit.checkpoint);
      await Promise.all(asked);
    });
  });

  it('of more than is read at a time is whole, opens from its end, and is answered page by page', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      let now = '2025-10-05T00:00:00Z';
      const audit = await openAudit(home, { now: () => new Date(now) });
      await Promise.all(Array.from({ length: 5_000 }, (_, n) => audit.write(fact(n))));
      now = '2025-11-05T00:00:00Z';
      await Promise.all(Array.from({ length: 5_000 }, (_, n) => audit.write(fact(n))));
      await audit.close();
      const [first = '', second = ''] = readdirSync(folderOf(home)).sort();
      const path = join(folderOf(home), second);
      expect(statSync(path).size).toBeGreaterThan(1.5 * 2 ** 20);
      expect(checkAudit(home).count).toBe(10_000);

      const ask = (from: string | undefined, page: number) =>
        findAudit(home, divisionsOf('520000'), { from, account: 'clerk-3' }, { page, size: 100 });
      const pages = [await ask('2025-11-01', 1), await ask('2025-11-01', 8)];
      expect(pages.map(({ total, entries }) => [total, entries.length])).toEqual([
        [714, 100],
        [714, 14],
      ]);
      expect(pages[0]?.entries[0]?.seq).toBe(5_000 + 4_995);
      expect(pages[1]?.entries.at(-1)?.seq).toBe(5_000 + 4);
      expect((await ask(undefined, 1)).total).toBe(1_428);

      // Half a line, longer than what is looked at first, after the last whole one.
      const whole = readFileSync(path);
      appendFileSync(path, 'x'.repeat(10_000));
      const again = await openAudit(home, { now: () => new Date(now) });
      expect(again.checkpoint.count).toBe(10_000);
      await again.close();
      expect(readFileSync(path).equals(whole)).toBe(true);

      // What is long ago does not keep anybody from work, nor from asking about today; the check finds it.
      writeFileSync(
        join(folderOf(home), first),
        'not an audit\n'.repeat(3) + lastLine(home, first),
      );
      const later = await openAudit(home, { now: () => new Date(now) });
      expect(later.checkpoint.count).toBe(10_000);
      await later.close();
      expect((await ask('2025-11-01', 1)).total).toBe(714);
      expect(() => checkAudit(home)).toThrow(/2025-10.jsonl, line 1: not JSON/);
      writeFileSync(path, 'not an audit\n');
      await expect(openAudit(home, { now: () => new Date(now) })).rejects.toThrow(
        /2025-11.jsonl, last line: not JSON/,
      );
    });
  });

  it('edit, deletion, insertion, swap, cut and regrowth are found wherever they are', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      const kept = await written(home, 120);
      const whole = linesOf(home);
      const random = new Prng(7);
      /** From, and below to. */
      const pick = (from: number, to: number): number => random.int(from, to - 1);
      const damages: Record<string, () => readonly Line[] | Promise<readonly Line[]>> = {
        edit: () => {
          const at = pick(0, whole.length);
          return whole.map((line, n) =>
            n === at
              ? { ...line, text: line.text.replace(/"subject":"L./, '"subject":"Lf') }
              : line,
          );
        },
        addition: () => {
          const at = pick(0, whole.length);
          return whole.map((line, n) =>
            n === at ? { ...line, text: line.text.replace('{', '{"note":"x",') } : line,
          );
        },
        deletion: () => {
          const at = pick(0, whole.length);
          return whole.filter((_, n) => n !== at);
        },
        insertion: () => {
          const at = pick(0, whole.length);
          return [...whole.slice(0, at), ...whole.slice(at, at + 1), ...whole.slice(at)];
        },
        swap: () => {
          const at = pick(1, whole.length);
          const [one, two] = [whole[at - 1], whole[at]];
          if (one === undefined || two === undefined) return [];
          const [a, b] = [
            { file: one.file, text: two.text },
            { file: two.file, text: one.text },
          ];
          return [...whole.slice(0, at - 1), a, b, ...whole.slice(at + 1)];
        },
        cut: () => whole.slice(0, pick(0, whole.length)),
        regrowth: async () => {
          // Somebody who can write the folder makes a sound chain of other readings.
          put(home, whole.slice(0, pick(0, whole.length)));
          const audit = await openAudit(home, { now: () => new Date('2025-12-25T00:00:00Z') });
          while (audit.checkpoint.count < kept.count) await audit.write(fact(pick(200, 300)));
          await audit.close();
          expect(checkAudit(home).count).toBe(kept.count);
          return linesOf(home);
        },
      };
      for (const [name, damage] of Object.entries(damages)) {
        const times = name === 'regrowth' ? Math.ceil(PLACES / 20) : PLACES;
        for (let time = 0; time < times; time += 1) {
          const lines = await damage();
          if (JSON.stringify(lines) === JSON.stringify(whole)) continue;
          put(home, lines);
          expect(() => checkAudit(home, kept), `${name} ${time}`).toThrow(MonitorError);
        }
        put(home, whole);
        expect(checkAudit(home, kept)).toEqual(kept);
      }
    });
  }, 120_000);

  it('the commands print a checkpoint, prove it, and read by day, account and place', async () => {
    await withFolder(async (folder) => {
      const home = openHome(folder);
      await written(home, 20);
      const kept = JSON.parse(await doudi(folder, ['audit', 'checkpoint', '--json'])) as Checkpoint;
      const words = ['audit', 'check', '--count', String(kept.count), '--head', kept.head];
      expect(await doudi(folder, words)).toContain('whole: 20 entries');
      const rows = (await doudi(folder, ['audit', '--account', 'clerk-1'])).trim().split('\n');
      expect(rows).toHaveLength(4);
      // Nothing was read there but the audit, just now.
      const elsewhere = (await doudi(folder, ['audit', '--county', '520103'])).trim().split('\n');
      expect(elsewhere).toHaveLength(2);
      expect(elsewhere[1]).toContain('command-line,,,doudi audit,520103');
      expect(
        (await doudi(folder, ['audit', '--to', '2025-10-31'])).trim().split('\n').length,
      ).toBeLessThan(8);
      put(home, linesOf(home).slice(0, 19));
      await expect(doudi(folder, words)).rejects.toThrow('it was cut');
      // Without a checkpoint a cut end cannot be seen; anything else can.
      expect(await doudi(folder, ['verify'])).toContain('records');
      put(home, linesOf(home).slice(1));
      await expect(doudi(folder, ['verify'])).rejects.toThrow('faults found');
    });
  });
});
