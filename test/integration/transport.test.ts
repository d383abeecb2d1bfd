/**
 * The same asked of every kind of remote source, against real servers on loopback: what a department's server may do
 * wrong is named, leaves nothing outside the spool and no half file in it, and the next mirror without the fault
 * succeeds.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressGuard, guardedLookup } from '../../transport/address.ts';
import { listInbox } from '../../files/extract/folder.ts';
import { openTransport } from '../../transport/gather.ts';
import type { MirrorReport } from '../../transport/mirror.ts';
import { MonitorError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { withFolder } from '../support/doudi.ts';
import { csv, ENROLMENT, pupils } from '../support/inbox.ts';
import { Depot, EVIL_NAMES, type Misdeed } from '../support/servers/depot.ts';
import { withWeb } from '../support/servers/http.ts';
import { fingerprintOf, makeKey, withSftp } from '../support/servers/sftp.ts';
import { withProxy } from '../support/servers/proxy.ts';
import {
  DATA,
  KINDS,
  MANIFEST,
  mirrorInto,
  readSource,
  SEPTEMBER,
  treeOf,
  type Kind,
  type Rig,
} from '../support/servers/rig.ts';

/** Everything that ingest would see, by path. */
function visible(rig: Rig): Map<string, string> {
  const { deliveries, unrecognised } = listInbox(rig.spool, new Set(['education/enrolment']));
  expect(unrecognised).toEqual([]);
  return new Map(
    deliveries.map(({ agency, dataset, file, path }) => [
      `${agency}/${dataset}/${file}`,
      sha256(readFileSync(path)),
    ]),
  );
}

/** What is visible is whole: each file is one that the depot has, or had. */
function expectWhole(rig: Rig, had: ReadonlyMap<string, string>): void {
  for (const [path, digest] of visible(rig))
    expect([had.get(path), sha256(rig.depot.files.get(path)?.bytes ?? '')]).toContain(digest);
}

const digestsOf = ({ depot }: Rig): Map<string, string> =>
  new Map([...depot.files].map(([path, { bytes }]) => [path, sha256(bytes)]));

/** Codes of what a mirror refused, or of what it failed with. */
async function codesOf(work: Promise<MirrorReport>): Promise<string[]> {
  try {
    return [...new Set((await work).refused.map(({ code }) => code))];
  } catch (error) {
    if (!(error instanceof MonitorError)) throw error;
    expect(error.severity).toBe('retry');
    expect(`${error.message} ${error.fix ?? ''}`).not.toMatch(/127\.0\.0\.1|token|password of/);
    return [error.code];
  }
}

/** Files that are neither in the spool nor were there before. */
function outside(rig: Rig, before: ReadonlySet<string>): string[] {
  const spool = rig.spool.slice(rig.folder.length + 1);
  return [...treeOf(rig.folder).keys()].filter(
    (path) => !path.startsWith(`${spool}/`) && !before.has(path),
  );
}

async function expectAllIn(rig: Rig): Promise<void> {
  rig.depot.misdeed = null;
  const report = await rig.mirror();
  expect(report.refused).toEqual([]);
  const tree = treeOf(rig.spool);
  for (const [path, { bytes }] of rig.depot.files)
    expect(tree.get(path)?.equals(bytes), path).toBe(true);
}

interface Fault {
  readonly misdeed: Misdeed;
  /** Codes that the mirror ends with; none: it gets over it by itself. */
  readonly codes: readonly string[];
  readonly http?: boolean;
  readonly sftp?: boolean;
}

const FAULTS: readonly Fault[] = [
  { misdeed: 'slow', codes: ['source-slow'] },
  { misdeed: 'cut', codes: [] },
  { misdeed: 'page', codes: ['source-content'] },
  { misdeed: 'credentials', codes: ['source-credentials'] },
  { misdeed: 'replaced', codes: ['source-changed'] },
  { misdeed: 'endless', codes: ['source-content'] },
  { misdeed: 'wrong-length', codes: ['source-cut'] },
  { misdeed: 'link', codes: ['source-forbidden'], http: false },
  { misdeed: 'flood', codes: ['source-content'], http: false },
  { misdeed: 'gzip', codes: ['source-content'], sftp: false },
  { misdeed: 'redirect-other-port', codes: ['source-forbidden'], sftp: false },
  { misdeed: 'redirect-metadata', codes: ['source-forbidden'], sftp: false },
  { misdeed: 'redirect-loop', codes: ['source-forbidden'], sftp: false },
];

describe.each(KINDS)('a source over $title', (kind: Kind) => {
  it('is mirrored, and not fetched again while nothing changes', () =>
    kind.with(async (rig) => {
      expect(await rig.mirror()).toEqual({ fetched: 3, unchanged: 0, refused: [] });
      expect([...visible(rig).keys()]).toEqual([SEPTEMBER, DATA]);
      const reads = (): number => rig.depot.asked.filter((line) => /GET|READ/.test(line)).length;
      const before = reads();
      expect(await rig.mirror()).toEqual({ fetched: 0, unchanged: 3, refused: [] });
      expect(reads()).toBe(before);
      rig.depot.put(DATA, csv(ENROLMENT, pupils(40)));
      rig.depot.put('education/enrolment/2026-11.csv', 'later than wanted');
      expect(await rig.mirror()).toEqual({ fetched: 1, unchanged: 2, refused: [] });
      rig.depot.files.delete('education/enrolment/2026-11.csv');
      await expectAllIn(rig);
    }));

  it.each(FAULTS.filter(({ http, sftp }) => (kind.isHttp ? http : sftp) ?? true))(
    'survives: $misdeed',
    ({ misdeed, codes }) =>
      kind.with(async (rig) => {
        const before = new Set(treeOf(rig.folder).keys());
        const had = digestsOf(rig);
        rig.depot.misdeed = misdeed;
        expect(await codesOf(rig.mirror())).toEqual(codes);
        expectWhole(rig, had);
        await expectAllIn(rig);
        expect(outside(rig, before)).toEqual([]);
      }),
  );

  it('goes on where a cut mirror stopped', () =>
    kind.with(async (rig) => {
      rig.depot.files.delete(SEPTEMBER);
      rig.depot.misdeed = 'cut';
      expect(await codesOf(rig.mirror({}, { tries: 1 }))).toEqual(['source-cut']);
      expect(visible(rig).size).toBe(0);
      rig.depot.asked.length = 0;
      await expectAllIn(rig);
      if (kind.isHttp)
        expect(rig.depot.asked.some((line) => /GET .*csv bytes=[1-9]/.test(line))).toBe(true);
      else expect(rig.depot.asked).not.toContain(`READ ${DATA} 0`);
    }));

  it('does not go on with the half of a file that has been replaced since', () =>
    kind.with(async (rig) => {
      rig.depot.misdeed = 'cut';
      await codesOf(rig.mirror({}, { tries: 1 }));
      rig.depot.replace(SEPTEMBER);
      rig.depot.replace(DATA);
      await expectAllIn(rig);
    }));

  it('takes no name that is not of the layout', () =>
    kind.with(async (rig) => {
      const before = new Set(treeOf(rig.folder).keys());
      rig.depot.misdeed = 'names';
      const report = await rig.mirror();
      expect(report.fetched).toBe(3);
      // A server that is asked for names has no say in them.
      const named = rig.depot.asked.length > 0 && report.refused.length > 0;
      if (named) {
        expect(report.refused.map(({ code }) => code)).toEqual(EVIL_NAMES.map(() => 'source-name'));
        expect(JSON.stringify(report.refused)).not.toMatch(/\\u0000|\\n/);
      }
      expect(outside(rig, before)).toEqual([]);
      expect([...visible(rig).keys()]).toEqual([SEPTEMBER, DATA]);
      await expectAllIn(rig);
    }));

  it('does not write through a link in the spool', () =>
    kind.with(async (rig) => {
      const elsewhere = join(rig.folder, 'elsewhere');
      mkdirSync(elsewhere);
      mkdirSync(rig.spool, { recursive: true });
      symlinkSync(elsewhere, join(rig.spool, 'education'));
      await expect(rig.mirror()).rejects.toMatchObject({ code: 'spool' });
      expect(treeOf(elsewhere).size).toBe(0);
    }));

  it('is mirrored once when two mirrors are wanted at once', () =>
    kind.with(async (rig) => {
      const reports = await Promise.all([rig.mirror(), rig.mirror()]);
      expect(reports.map(({ fetched }) => fetched)).toEqual([3, 0]);
      await expectAllIn(rig);
    }));

  it('is named unreachable when nobody is there, or somebody who says nothing', () =>
    kind.with((rig) =>
      withProxy(rig.port, { halfOpen: true }, async (proxy) => {
        const through = (port: number): object =>
          kind.isHttp ? { base: `${schemeOf(rig)}://127.0.0.1:${port}/` } : { port };
        const silent = await codesOf(rig.mirror(through(proxy.port)));
        // Without encryption a web server that takes connections and says nothing is merely slow.
        expect(silent).toEqual([schemeOf(rig) === 'http' ? 'source-slow' : 'source-unreachable']);
        expect(await codesOf(rig.mirror(through(1)))).toEqual(['source-unreachable']);
        proxy.line.halfOpen = false;
        expect((await rig.mirror(through(proxy.port))).fetched).toBe(3);
      }),
    ));

  it('gets through 200 ms of latency and lines that are cut now and then', () =>
    kind.with((rig) =>
      withProxy(rig.port, { delayMs: 200 }, async (proxy) => {
        const through = {
          ...(kind.isHttp
            ? { base: `${schemeOf(rig)}://127.0.0.1:${proxy.port}/` }
            : { port: proxy.port }),
          connect_seconds: 10,
          idle_seconds: 5,
        };
        expect((await rig.mirror(through)).fetched).toBe(3);
        Object.assign(proxy.line, { delayMs: 5, cutAfter: 200_000, cutShare: 0.5 });
        rig.depot.replace(SEPTEMBER);
        rig.depot.replace(DATA);
        let codes = ['not yet'];
        for (let round = 0; round < 6 && codes.length > 0; round += 1)
          codes = await codesOf(rig.mirror(through));
        delete proxy.line.cutAfter;
        await expectAllIn(rig);
      }),
    ));

  it('refuses what is larger than the limit before reading it', () =>
    kind.with(async (rig) => {
      const report = await rig.mirror({}, { fileBytes: 100_000 });
      expect(report.refused.map(({ code }) => code)).toEqual(['source-content', 'source-content']);
      expect(visible(rig).size).toBe(0);
      await expectAllIn(rig);
    }));

  it('is given up when one file takes longer than it may', () =>
    kind.with(async (rig) => {
      rig.depot.misdeed = 'slow';
      const codes = await codesOf(rig.mirror({ idle_seconds: 60, total_seconds: 0.5 }));
      expect(codes).toEqual(['source-slow']);
      await expectAllIn(rig);
    }));

  it('begins anew where a killed process left a half that nobody vouches for', () =>
    kind.with(async (rig) => {
      rig.depot.misdeed = 'cut';
      await codesOf(rig.mirror({}, { tries: 1 }));
      const parts = join(rig.spool, '.parts');
      for (const [name, bytes] of treeOf(parts))
        if (name.endsWith('.kept')) rmSync(join(parts, name));
        else writeFileSync(join(parts, name), Buffer.alloc(bytes.length * 3));
      await expectAllIn(rig);
      expect(treeOf(parts).size).toBe(0);
    }));

  it('stops when the process is to end', () =>
    kind.with(async (rig) => {
      rig.depot.misdeed = 'slow';
      const over = { idle_seconds: 60, total_seconds: 60 };
      const stop = AbortSignal.timeout(300);
      expect(await codesOf(rig.mirror(over, { signal: stop }))).toEqual(['source-cut']);
      await expectAllIn(rig);
    }));

  it('drops the manifest of the data that new data without one replaces', () =>
    kind.with(async (rig) => {
      await rig.mirror();
      rig.depot.files.delete(MANIFEST);
      rig.depot.replace(DATA);
      await rig.mirror();
      expect(treeOf(rig.spool).has(MANIFEST)).toBe(false);
    }));

  it('names a file of credentials that is missing', () =>
    kind.with(async (rig) => {
      const over = kind.isHttp ? { token_file: 'nowhere' } : { password_file: 'nowhere' };
      expect(await codesOf(rig.mirror(over))).toEqual(['source-credentials']);
    }));
});

function schemeOf(rig: Rig): string {
  const source = rig.source();
  return source.kind === 'http' ? new URL(source.base).protocol.slice(0, -1) : 'ssh';
}

describe('an SFTP server', () => {
  const kind = KINDS.find(({ isHttp }) => !isHttp);

  it('with another key is told nothing', async () => {
    await kind?.with(async (rig) => {
      rig.changeIdentity?.();
      expect(await codesOf(rig.mirror())).toEqual(['source-host-key']);
      expect(rig.depot.asked).toEqual([]);
      rig.changeIdentity?.();
      await expectAllIn(rig);
    });
  });
});

describe('an SFTP server that wants a key', () => {
  it('is shown it, with its passphrase', () =>
    withFolder(async (folder) => {
      const [host, plain] = [makeKey(), makeKey()];
      const locked = makeKey({
        passphrase: 'a phrase',
        cipher: 'aes256-ctr',
        rounds: 8,
      });
      writeFileSync(join(folder, 'plain'), plain.private);
      writeFileSync(join(folder, 'locked'), locked.private);
      writeFileSync(join(folder, 'phrase'), 'a phrase\n');
      const depot = new Depot();
      depot.put(DATA, csv(ENROLMENT, pupils(10)));
      for (const [publicKey, keys] of [
        [plain.public, { key_file: 'plain' }],
        [locked.public, { key_file: 'locked', passphrase_file: 'phrase' }],
      ] as const)
        await withSftp(depot, { hostKey: () => host.private, publicKey }, async ({ port }) => {
          const there = { host: '127.0.0.1', port, host_key: fingerprintOf(host.private) };
          const raw = { name: 'one', kind: 'sftp', user: 'doudi', ...there };
          const run = (over: object): Promise<MirrorReport> =>
            mirrorInto(
              join(folder, `spool-${keys.key_file}`),
              openTransport(readSource(folder, { ...raw, ...over }), 1 << 20),
            );
          expect((await run(keys)).fetched).toBe(1);
          expect(await codesOf(run({ key_file: 'phrase' }))).toEqual(['source-credentials']);
        });
    }));
});

describe('addresses', () => {
  const open = addressGuard(['10.20.0.0/16'], false);

  it('of inner networks are refused in every notation, also by the lookup of a name', async () => {
    const inner = ['10.0.0.1', '127.0.0.1', '::1', '::ffff:127.0.0.1', '::ffff:a00:1', '0.0.0.0'];
    const wrapped = ['64:ff9b::a00:1', '2002:a00:1::', 'fe80::1', 'fd00:ec2::254', '100.64.0.1'];
    for (const address of [...inner, ...wrapped, '224.0.0.1', '172.31.0.1', 'localhost', ''])
      expect(open(address), address).toBe(false);
    for (const address of ['8.8.8.8', '2400:3200::1', '10.20.3.4', '::ffff:10.20.3.4'])
      expect(open(address), address).toBe(true);
    const code = await new Promise((resolve) => {
      guardedLookup(open)('localhost', {}, (error) => {
        resolve(error?.code);
      });
    });
    expect(code).toBe('source-forbidden');
  });
});

describe('a web server', () => {
  const [plain, , secured] = KINDS;

  it('whose certificate nobody vouches for is told nothing', async () => {
    await secured?.with(async (rig) => {
      expect(await codesOf(rig.mirror({ ca_file: undefined }))).toEqual(['source-host-key']);
      expect(rig.depot.asked).toEqual([]);
    });
  });

  it('that wants a certificate says so when there is none', async () => {
    await secured?.with(async (rig) => {
      const codes = await codesOf(rig.mirror({ cert_file: undefined, key_file: undefined }));
      expect(codes).toEqual(['source-credentials']);
    });
  });

  it('may not redirect from https to http', async () => {
    await secured?.with(async (rig) => {
      rig.depot.misdeed = 'redirect-plain';
      expect(await codesOf(rig.mirror())).toEqual(['source-forbidden']);
      await expectAllIn(rig);
    });
  });

  it('may redirect to a host that is listed, which is told no credentials', () =>
    withFolder(async (folder) => {
      const depot = new Depot();
      depot.put(DATA, csv(ENROLMENT, pupils(10)));
      writeFileSync(join(folder, 'basic'), 'doudi:a secret');
      const authorization = `Basic ${Buffer.from('doudi:a secret').toString('base64')}`;
      await withWeb(depot, { authorization }, (front) =>
        withWeb(depot, { index: false }, async (store) => {
          // The store lies where the front's redirects point to.
          const hosts = [`127.0.0.1:${store.port}`];
          await withProxy(store.port, {}, async (proxy) => {
            const raw = {
              name: 'one',
              kind: 'http',
              base: front.base,
              basic_file: 'basic',
              redirect_hosts: [...hosts, `127.0.0.1:${proxy.port}`],
            };
            depot.redirect = `http://127.0.0.1:${proxy.port}/`;
            const transport = openTransport(readSource(folder, raw), 1 << 20);
            const report = await mirrorInto(join(folder, 'spool'), transport);
            expect(report).toEqual({ fetched: 1, unchanged: 0, refused: [] });
            expect(front.told.every((one) => one === authorization)).toBe(true);
            expect(store.told.length).toBeGreaterThan(0);
            expect(store.told.every((one) => one === undefined)).toBe(true);
          });
        }),
      );
    }));

  it('is understood without HEAD, and when its index says no more than paths', () =>
    withFolder(async (folder) => {
      const depot = new Depot();
      depot.put(DATA, csv(ENROLMENT, pupils(10)));
      await withWeb(depot, { says: 'nothing', noHead: true }, async ({ base }) => {
        const source = readSource(folder, { name: 'one', kind: 'http', base });
        const run = (): Promise<MirrorReport> =>
          mirrorInto(join(folder, 'spool'), openTransport(source, 1 << 20));
        expect((await run()).fetched).toBe(1);
        expect((await run()).unchanged).toBe(1);
        depot.replace(DATA);
        expect((await run()).fetched).toBe(1);
      });
    }));

  it('is not looked for at an inner address unless its network is listed', async () => {
    await plain?.with(async (rig) => {
      for (const base of [
        'https://10.1.2.3/',
        'https://192.168.0.1:8443/',
        'https://[fd00::1]/',
        'https://[::ffff:10.0.0.1]/',
        'https://169.254.169.254/',
        'https://2130706433:444/'.replace('2130706433', '0x0a000001'),
      ])
        expect(await codesOf(rig.mirror({ base })), base).toEqual(['source-forbidden']);
      const never = { base: 'https://169.254.169.254/', allow_private: ['169.254.0.0/16'] };
      expect(await codesOf(rig.mirror(never))).toEqual(['source-forbidden']);
    });
  });
});
