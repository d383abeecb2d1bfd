/** A copy while others work, and the way back: the same home to the byte, or a name of what is damaged. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { canonicalJson, sm3 } from '../../core/hash.ts';
import type { BackupManifest } from '../../store/backup/manifest.ts';
import type { Verification } from '../../store/verify.ts';
import type { QueuesAnswer } from '../../web/api.ts';
import { CONFIG, doudi, parseCsv, spawnDoudi, withFolder, withHome } from '../support/doudi.ts';
import { configure, makeLeads, MONTH, until } from '../support/queues.ts';
import { generate } from '../support/province.ts';
import { serve } from '../support/served.ts';

/** Few counties: each has eighteen lists. */
const DIVISIONS = `code,name,level,parent
520000,贵州省,province,
520100,贵阳市,prefecture,520000
520102,南明区,county,520100
520102001,新华路街道,township,520102
520103,云岩区,county,520100
520103001,普陀路街道,township,520103
`;

interface Report {
  readonly manifest: string;
  readonly state: string;
  readonly journal: { readonly records: number; readonly head: string };
  readonly files: number;
  readonly copied: number;
  readonly kept: number;
  readonly left_out: readonly string[];
}

const verified = async (home: string): Promise<Verification> =>
  JSON.parse(await doudi(home, ['verify', '--json'])) as Verification;

const backUp = async (home: string, out: string): Promise<Report> =>
  JSON.parse(await doudi(home, ['backup', '--out', out, '--json'])) as Report;

const restoreTo = async (home: string, from: string): Promise<{ state: string }> =>
  JSON.parse(await doudi(home, ['restore', '--from', from, '--json'])) as { state: string };

const manifestOf = (backup: string): BackupManifest =>
  JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8')) as BackupManifest;

const files = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort()
    : [];

async function printed(home: string): Promise<{ warnings: string; leads: string }> {
  return {
    warnings: await doudi(home, ['warnings', '--month', MONTH]),
    leads: await doudi(home, ['leads', '--month', MONTH]),
  };
}

/** The home as it was after so many records, made by hand: what a restore is held against. */
function asOf(home: string, records: number, to: string): void {
  for (const name of ['doudi.yaml', 'divisions.csv', 'lake', 'decisions'].filter((one) =>
    existsSync(join(home, one)),
  ))
    cpSync(join(home, name), join(to, name), { recursive: true });
  const lines = readFileSync(join(home, 'journal.jsonl'), 'utf8').split('\n').slice(0, records);
  writeFileSync(join(to, 'journal.jsonl'), lines.map((line) => `${line}\n`).join(''));
}

const CLOSE = ['--outcome', 'unfounded', '--reason', '数据有误', '--month', MONTH];

describe('a backup while the home is served', () => {
  it('is the home at one moment, whatever is delivered and decided meanwhile', async () => {
    await withHome(async (home) => {
      await withFolder(async (folder) => {
        await makeLeads(home, 600);
        const leads = parseCsv(await doudi(home, ['leads', '--month', MONTH]));
        const served = await serve(home);
        const backups: { out: string; report: Report }[] = [];
        try {
          const closing = (async () => {
            // Until both stand, however long they take.
            for (const { lead_id } of leads) {
              if (backups.length === 2) break;
              expect(
                (await spawnDoudi(home, ['leads', 'close', lead_id ?? '', ...CLOSE])).code,
              ).toBe(0);
            }
          })();
          for (const n of [1, 2]) {
            const out = join(folder, `b${n}`);
            const ended = await spawnDoudi(home, ['backup', '--out', out, '--json']);
            expect(ended.code).toBe(0);
            backups.push({ out, report: JSON.parse(ended.stdout) as Report });
          }
          await closing;
          await until('all delivered', async () => {
            const { counties } = await served.json<QueuesAnswer>('/api/queues');
            return counties.reduce((sum, county) => sum + county.delivered, 0) === 600;
          });
        } finally {
          expect(await served.stop()).toBe(0);
        }
        const end = await verified(home);
        // The first was made before all was done, or this test would show nothing.
        expect(backups[0]?.report.journal.records).toBeLessThan(end.records);
        for (const { out, report } of backups) {
          const [restored, byHand] = [`${out}-restored`, `${out}-by-hand`];
          expect((await restoreTo(restored, out)).state).toBe(report.state);
          mkdirSync(byHand);
          asOf(home, report.journal.records, byHand);
          const [a, b] = [await verified(restored), await verified(byHand)];
          expect(a).toMatchObject({ ok: true, state: report.state, faults: [] });
          expect(b).toMatchObject({ ok: true, state: report.state, records: a.records });
          expect(await printed(restored)).toEqual(await printed(byHand));
        }
      });
    });
  });
});

describe('a backup', () => {
  let folder: string;
  let home: string;
  let out: string;
  let end: (() => void) | undefined;
  let ended: Promise<void>;

  // One home for the tests that only read it.
  beforeAll(async () => {
    await new Promise<void>((ready) => {
      ended = withFolder(async (made) => {
        folder = made;
        [home, out] = [join(made, 'home'), join(made, 'backup')];
        mkdirSync(home);
        writeFileSync(join(home, 'doudi.yaml'), `${CONFIG}divisions: divisions.csv\n`);
        writeFileSync(join(home, 'divisions.csv'), DIVISIONS);
        configure(
          home,
          `counties: { '520102': { consumer: built-in, webhook: { url: 'https://x.example/', secret_file: hook.key } } }\n`,
        );
        writeFileSync(join(home, 'hook.key'), 'c2VjcmV0IG9mIHRoZSBob29r', { mode: 0o600 });
        const inbox = await generate(home, { persons: 600, months: `${MONTH}..${MONTH}`, seed: 5 });
        await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
        await doudi(home, ['lists', 'export', '--month', MONTH]);
        await backUp(home, out);
        await new Promise<void>((resolve) => {
          end = resolve;
          ready();
        });
      });
    });
  });
  afterAll(async () => {
    end?.();
    await ended;
  });

  /** A copy of the backup, to be damaged. */
  const copy = (name: string): string => {
    const to = join(folder, name);
    cpSync(out, to, { recursive: true });
    return to;
  };

  it('holds what cannot be made again, each file with both digests, and nothing else', () => {
    const { files: entries, digest, ...rest } = manifestOf(out);
    expect(sm3(canonicalJson({ ...rest, files: entries }))).toBe(digest);
    for (const { stored, sha256, bytes } of entries) {
      const content = readFileSync(join(out, stored));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(statSync(join(out, stored)).mode & 0o077).toBe(0);
    }
    expect(files(out)).toEqual([...entries.map(({ stored }) => stored), 'backup.json'].sort());
    const paths = entries.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['doudi.yaml', 'divisions.csv']));
    const tops = new Set(paths.map((path) => path.split('/')[0]));
    expect([...tops].sort()).toEqual([
      'decisions',
      'divisions.csv',
      'doudi.yaml',
      'exports',
      'hook.key',
      'journal.jsonl',
      'lake',
      'reports',
    ]);
  });

  it('comes back the same: state, output, lists and settings', async () => {
    const restored = join(folder, 'restored');
    const { state } = await restoreTo(restored, out);
    expect(await verified(restored)).toEqual(await verified(home));
    expect((await verified(restored)).state).toBe(state);
    expect(await printed(restored)).toEqual(await printed(home));
    for (const part of ['exports', 'lake', 'decisions']) {
      expect(files(join(restored, part))).toEqual(files(join(home, part)));
      for (const file of files(join(home, part)))
        expect(readFileSync(join(restored, part, file))).toEqual(
          readFileSync(join(home, part, file)),
        );
    }
    for (const file of ['doudi.yaml', 'divisions.csv', 'hook.key'])
      expect(readFileSync(join(restored, file))).toEqual(readFileSync(join(home, file)));
    expect(existsSync(join(restored, 'restore.unfinished'))).toBe(false);
    const again = JSON.parse(
      await doudi(restored, ['lists', 'export', '--month', MONTH, '--json']),
    ) as object;
    expect(again).toMatchObject({ damaged: [] });
    await expect(restoreTo(restored, out)).rejects.toMatchObject({ code: 'home' });
  });

  it('made a second time copies only what is new', async () => {
    await withFolder(async (made) => {
      const [other, to] = [join(made, 'home'), join(made, 'b')];
      cpSync(home, other, { recursive: true });
      const first = await backUp(other, to);
      expect(first.kept).toBe(0);
      const [unchanged, before] = [await backUp(other, to), manifestOf(to)];
      // Journal and audit are written anew each time.
      expect(unchanged).toMatchObject({ copied: 2, kept: first.files - 2, state: first.state });
      const [lead] = parseCsv(await doudi(other, ['leads', '--month', MONTH]));
      await doudi(other, ['leads', 'close', lead?.['lead_id'] ?? '', ...CLOSE]);
      appendFileSync(join(other, 'doudi.yaml'), '# changed\n');
      const third = await backUp(other, to);
      expect(third).toMatchObject({ copied: 3, files: first.files });
      expect(third.journal.records).toBe(first.journal.records + 1);
      // A damaged copy is noticed and taken anew, though its length is right.
      const lake = before.files.find(({ path }) => path.startsWith('lake/'))?.stored ?? '';
      const bytes = readFileSync(join(to, lake));
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(join(to, lake), bytes);
      expect(await backUp(other, to)).toMatchObject({ copied: 3 });
      expect((await restoreTo(join(made, 'r'), to)).state).toBe((await verified(other)).state);
    });
  });

  it('says what of the home is in no backup', async () => {
    expect((await backUp(home, out)).left_out).toEqual(['inbox']);
  });

  /** A small home whose doudi.yaml names files: in `secrets/`, elsewhere in the home, and outside of it. */
  const withNamed = (work: (home: string, made: string) => Promise<void>): Promise<void> =>
    withFolder(async (made) => {
      const other = join(made, 'home');
      const put = (path: string, text: string): void => {
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, text, { mode: 0o600 });
      };
      put(
        join(other, 'doudi.yaml'),
        `${CONFIG}sources:
  - { name: education, kind: http, base: 'https://e.example/', token_file: secrets/education, ca_file: ../ca.pem, answer: { to: webhook, url: 'https://e.example/hook', secret_file: secrets/hooks/education } }
  - { name: medical, kind: sftp, host: m.example, user: doudi, host_key: 'SHA256:${'A'.repeat(43)}', key_file: queue-key, passphrase_file: secrets/phrase }
`,
      );
      for (const path of ['secrets/education', 'secrets/hooks/education', 'queue-key'])
        put(join(other, path), `content of ${path}`);
      put(join(other, 'secrets/phrase'), 'content of secrets/phrase');
      put(join(other, 'secrets/of-a-source-that-is-gone'), 'x');
      put(join(made, 'ca.pem'), 'certificates');
      await work(other, made);
    });

  it('takes every file that doudi.yaml names, wherever it lies, and brings it back', async () => {
    await withNamed(async (other, made) => {
      const [to, restored] = [join(made, 'b'), join(made, 'r')];
      const report = await backUp(other, to);
      expect(report.left_out).toEqual(['secrets/of-a-source-that-is-gone']);
      const said = await doudi(restored, ['restore', '--from', to]);
      for (const path of ['education', 'hooks/education', 'phrase'].map((p) => `secrets/${p}`)) {
        expect(readFileSync(join(restored, path), 'utf8')).toBe(`content of ${path}`);
        expect(statSync(join(restored, path)).mode & 0o777).toBe(0o600);
      }
      expect(readFileSync(join(restored, 'queue-key'), 'utf8')).toBe('content of queue-key');
      const outside = join('outside', made, 'ca.pem');
      expect(readFileSync(join(restored, outside), 'utf8')).toBe('certificates');
      expect(said).toContain(`${outside} was at ${join(made, 'ca.pem')}`);
    });
  });

  it('fails when one of them is not there or no file, by key and path alone', async () => {
    await withNamed(async (other, made) => {
      rmSync(join(other, 'secrets/hooks/education'));
      rmSync(join(made, 'ca.pem'));
      mkdirSync(join(made, 'ca.pem'));
      await expect(backUp(other, join(made, 'b'))).rejects.toMatchObject({
        code: 'backup-source',
        message:
          'doudi.yaml names files that cannot be backed up: sources[0].ca_file: ../ca.pem is not a file; sources[0].answer.secret_file: secrets/hooks/education is not there',
      });
      expect(existsSync(join(made, 'b', 'backup.json'))).toBe(false);
    });
  });

  it.each([
    ['in the home', (h: string) => join(h, 'backup'), 'usage'],
    ['the home itself', (h: string) => h, 'usage'],
    ['a folder with other things', (h: string) => join(h, '..'), 'backup-folder'],
  ])('is not made %s', async (_where, where, code) => {
    await withFolder(async (made) => {
      const other = join(made, 'home');
      cpSync(home, other, { recursive: true });
      await expect(backUp(other, where(other))).rejects.toMatchObject({ code });
    });
  });

  it('never replaces the backup of another home, or of more than the home has', async () => {
    await withFolder(async (made) => {
      const [to, other] = [join(made, 'b'), join(made, 'other')];
      cpSync(out, to, { recursive: true });
      mkdirSync(other);
      asOf(home, manifestOf(out).journal.records - 1, other);
      const before = readFileSync(join(to, 'backup.json'));
      await expect(backUp(other, to)).rejects.toMatchObject({ code: 'backup-folder' });
      expect(readFileSync(join(to, 'backup.json'))).toEqual(before);
    });
  });

  it('of a damaged home is refused with the names, and the one before stands', async () => {
    await withFolder(async (made) => {
      const [other, to] = [join(made, 'home'), copy('b-before')];
      cpSync(home, other, { recursive: true });
      const lake = manifestOf(out).files.find(({ path }) => path.startsWith('lake/'))?.path ?? '';
      rmSync(join(to, lake));
      appendFileSync(join(other, lake), 'x');
      const decision = readdirSync(join(other, 'decisions'))[0] ?? '';
      rmSync(join(other, 'decisions', decision));
      await expect(backUp(other, join(made, 'new'))).rejects.toMatchObject({
        code: 'backup-source',
        message: expect.stringMatching(
          new RegExp(`${lake} is not the file that was registered.*${decision} is missing`),
        ) as unknown,
      });
      expect(existsSync(join(made, 'new', 'backup.json'))).toBe(false);
    });
  });

  it('flipped, cut or without a file is refused by name, and nothing is restored', async () => {
    const { files: entries } = manifestOf(out);
    const flip = (path: string): void => {
      const bytes = readFileSync(path);
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    };
    let n = 0;
    // One file of every kind.
    const kinds = new Map(entries.map((entry) => [entry.stored.split('/')[0], entry]));
    for (const { stored } of kinds.values()) {
      for (const damage of [
        flip,
        rmSync,
        (path: string) => {
          truncateSync(path, statSync(path).size - 1);
        },
      ]) {
        n += 1;
        const damaged = copy(`damaged-${n}`);
        damage(join(damaged, stored));
        const target = join(folder, `never-${n}`);
        await expect(restoreTo(target, damaged)).rejects.toMatchObject({
          code: 'backup-damaged',
          message: expect.stringContaining(stored) as unknown,
        });
        expect(existsSync(target)).toBe(false);
        rmSync(damaged, { recursive: true });
      }
    }
    const damaged = copy('damaged-manifest');
    flip(join(damaged, 'backup.json'));
    await expect(restoreTo(join(folder, 'never'), damaged)).rejects.toMatchObject({
      code: 'backup-damaged',
      message: expect.stringContaining('backup.json') as unknown,
    });
    const outside = copy('outside');
    const { digest, ...body } = manifestOf(outside);
    expect(digest).toBe(sm3(canonicalJson(body)));
    const crafted = { ...body, files: body.files.map((f) => ({ ...f, path: `../${f.path}` })) };
    writeFileSync(
      join(outside, 'backup.json'),
      JSON.stringify({ ...crafted, digest: sm3(canonicalJson(crafted)) }),
    );
    await expect(restoreTo(join(folder, 'never'), outside)).rejects.toMatchObject({
      code: 'backup-damaged',
    });
  });

  it('killed in the middle goes on: the first has no manifest, a later one leaves the one before', async () => {
    await withFolder(async (made) => {
      const to = join(made, 'b');
      const words = ['backup', '--out', to, '--json'];
      for (const point of ['backup-after-file:3', 'backup-before-manifest']) {
        const killed = await spawnDoudi(home, words, { env: { DOUDI_FAILPOINT: point } });
        expect(killed.signal).toBe('SIGKILL');
        await expect(restoreTo(join(made, 'r'), to)).rejects.toMatchObject({ code: 'backup' });
      }
      const done = await backUp(home, to);
      expect(done).toMatchObject({ copied: 2, kept: done.files - 2 });
      const other = join(made, 'home');
      cpSync(home, other, { recursive: true });
      const [lead] = parseCsv(await doudi(other, ['leads', '--month', MONTH]));
      await doudi(other, ['leads', 'close', lead?.['lead_id'] ?? '', ...CLOSE]);
      appendFileSync(join(other, 'doudi.yaml'), '# changed\n');
      const killed = await spawnDoudi(other, words, {
        env: { DOUDI_FAILPOINT: 'backup-before-manifest' },
      });
      expect(killed.signal).toBe('SIGKILL');
      expect((await restoreTo(join(made, 'r'), to)).state).toBe(done.state);
    });
  });

  it('restored and killed in the middle is restored by the next try', async () => {
    await withFolder(async (made) => {
      const target = join(made, 'r');
      for (const point of ['restore-after-file:3', 'restore-before-ledger']) {
        const killed = await spawnDoudi(target, ['restore', '--from', out], {
          env: { DOUDI_FAILPOINT: point },
        });
        expect(killed.signal).toBe('SIGKILL');
        expect(existsSync(join(target, 'restore.unfinished'))).toBe(true);
      }
      const done = await spawnDoudi(target, ['restore', '--from', out]);
      expect(done.code).toBe(0);
      expect(done.stdout).toContain(`state ${manifestOf(out).state}`);
      expect(existsSync(join(target, 'restore.unfinished'))).toBe(false);
      expect(await verified(target)).toEqual(await verified(home));
    });
  });

  it('goes into an empty folder only; the same doudi.yaml may be there', async () => {
    await withFolder(async (made) => {
      const [config, strange] = [join(made, 'config'), join(made, 'strange')];
      mkdirSync(config);
      cpSync(join(home, 'doudi.yaml'), join(config, 'doudi.yaml'));
      await restoreTo(config, out);
      mkdirSync(strange);
      writeFileSync(join(strange, 'doudi.yaml'), 'province: "140000"\n');
      await expect(restoreTo(strange, out)).rejects.toMatchObject({ code: 'home' });
      expect(files(strange)).toEqual(['doudi.yaml']);
    });
  });
});
