/**
 * The container files without an engine: what they say is compared with the program, Redis is started with the shipped
 * users, and the image's steps are run as the plain commands that they are, from the files that Docker would see.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../core/config.ts';
import { openHome } from '../../core/home.ts';
import { openQueue } from '../../cases/delivery/open-queue.ts';
import { ROOT, withFolder, withHome, type Ended } from '../support/doudi.ts';
import { csv, deliver, ENROLMENT, person } from '../support/inbox.ts';
import { documentedVariables } from '../support/product.ts';
import { delivered, makeLeads, until, withQueues, wrong } from '../support/queues.ts';
import { freePort, HAS_REDIS } from '../support/redis.ts';

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const VERSION = (JSON.parse(text('package.json')) as { version: string }).version;

/** What doudi reads from outside (test/unit/environment.test.ts holds the document to the code); NODE_ENV is for its libraries. */
const KNOWN = new Set([...documentedVariables(), 'NODE_ENV']);

/** A name and a version down to the last digit: `latest`, or a tag that moves, is another program tomorrow. */
const PINNED = /^[a-z./-]+:\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/;

// ---------------------------------------------------------------------------------------------------------------------
// Reading the files

interface Mount {
  readonly source: string;
  readonly target: string;
  readonly read_only?: boolean;
}

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes: readonly (string | Mount)[];
  readonly networks: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: unknown;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly mem_limit: string;
  readonly stop_grace_period: string;
}

interface Compose {
  readonly services: Readonly<Record<'doudi' | 'redis' | 'grafana', Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);

/** `source:target[:ro]`, with a source that may itself hold colons inside `${…}`. */
function mountOf(volume: string | Mount): Mount {
  if (typeof volume !== 'string') return volume;
  const [, source = '', target = '', mode] =
    /^((?:\$\{[^}]*\}|[^:])+):([^:]+)(?::(\w+))?$/.exec(volume) ?? [];
  return { source, target, read_only: mode === 'ro' };
}

interface Use {
  readonly name: string;
  /** `:?` stops with a message, `:-` has a value of its own. */
  readonly kind: string;
  readonly rest: string;
}

/** Every `${NAME:…}` of the compose file. */
function usesOfEnvironment(): Use[] {
  const lines = text('docker-compose.yml').replaceAll(/^\s*#.*$/gm, '');
  return [...lines.matchAll(/\$\{(\w+)(:[?-])?([^}]*)\}/g)].map(
    ([, name = '', kind = '', rest = '']) => ({ name, kind, rest }),
  );
}

function example(): Map<string, string> {
  const lines = text('.env.example').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

interface Instruction {
  readonly name: string;
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: string;
}

/** @returns the stages, each beginning with its FROM */
function readDockerfile(file: string): Instruction[][] {
  const joined = file.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, '');
  const stages: Instruction[][] = [];
  for (const line of joined.split('\n').filter((one) => one.trim() !== '')) {
    const [, name = '', flagged = '', rest = ''] =
      /^([A-Z]+)((?:\s+--\S+)*)\s+(.*)$/.exec(line) ?? [];
    const flags = new Map(
      [...flagged.matchAll(/--(\w[\w-]*)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
    );
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, flags, rest });
  }
  return stages;
}

const stages = readDockerfile(text('Dockerfile'));
const build = stages[0] ?? [];
const final = stages.at(-1) ?? [];

const named = (stage: readonly Instruction[], name: string): Instruction[] =>
  stage.filter((one) => one.name === name);

/** The last one counts. */
const last = (stage: readonly Instruction[], name: string): string =>
  named(stage, name).at(-1)?.rest ?? '';

const pairs = (rest: string): [string, string][] =>
  [...rest.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g)].map(([, key = '', quoted, plain]) => [
    key,
    quoted ?? plain ?? '',
  ]);

const environmentOf = (stage: readonly Instruction[]): Record<string, string> =>
  Object.fromEntries(named(stage, 'ENV').flatMap(({ rest }) => pairs(rest)));

const wordsOf = (rest: string): string[] => JSON.parse(rest) as string[];

/** A pattern of .dockerignore as Docker reads it: `*` stops at a slash, `**` does not. */
function ignorePattern(pattern: string): RegExp {
  const source = pattern
    .replace(/^\//, '')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\0', '(?:.*/)?');
  return new RegExp(`^${source}$`);
}

const ignoring = text('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const taken = line.startsWith('!');
    return { taken, pattern: ignorePattern(taken ? line.slice(1) : line) };
  });

/** Whether Docker gets to see a file: the last pattern that names it or a folder above it decides. */
function inContext(path: string): boolean {
  const parts = path.split('/');
  const names = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  const decides = ignoring.findLast(({ pattern }) => names.some((name) => pattern.test(name)));
  return decides?.taken ?? true;
}

/** What a fresh checkout holds, with what is about to be committed. */
function checkout(): string[] {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

// ---------------------------------------------------------------------------------------------------------------------
// docker-compose.yml

describe('docker-compose.yml', () => {
  it('tells doudi only what doudi reads', () => {
    const unknown = Object.keys(compose.services.doudi.environment).filter(
      (name) => !KNOWN.has(name),
    );
    expect(unknown).toEqual([]);
  });

  it('takes from .env exactly what .env.example names, and ships no secret', () => {
    const uses = usesOfEnvironment();
    const known = example();
    expect(new Set(uses.map(({ name }) => name))).toEqual(new Set(known.keys()));
    for (const { name, kind, rest } of uses) {
      // Either there is a message, and nothing that could be left as it is; or the value is the documented one.
      if (kind === ':?') expect([name, known.get(name), rest !== '']).toEqual([name, '', true]);
      else expect([name, kind, rest]).toEqual([name, ':-', known.get(name)]);
    }
  });

  it('leaves the container room for the readers beside the database', () => {
    const gigabytes = (name: string): number => Number.parseInt(example().get(name) ?? '', 10);
    // Two readers of 1 GB each, and the program itself.
    const needed = gigabytes('DOUDI_MEMORY') + 2 + 2;
    expect(gigabytes('DOUDI_CONTAINER_MEMORY')).toBeGreaterThanOrEqual(needed);
  });

  it('mounts what is there, and all but the volumes read-only', () => {
    for (const [service, { volumes }] of services) {
      for (const { source, target, read_only: readOnly } of volumes.map(mountOf)) {
        if (source in compose.volumes) continue;
        const documented = [...example().keys()].some((name) => source.startsWith(`\${${name}`));
        expect([service, target, documented || existsSync(join(ROOT, source))]).toEqual([
          service,
          target,
          true,
        ]);
        expect([service, target, readOnly]).toEqual([service, target, true]);
      }
    }
  });

  it('ships a configuration that doudi accepts, with the inbox where it is mounted', async () => {
    await withFolder((home) => {
      copyFileSync(join(ROOT, 'deploy/doudi.yaml'), join(home, 'doudi.yaml'));
      const { inbox } = readConfig(home);
      const mounted = compose.services.doudi.volumes.map(mountOf);
      expect(mounted.map(({ target }) => target)).toContain(inbox);
      return Promise.resolve();
    });
  });

  it('listens on this machine only, and Redis not even there', () => {
    for (const port of services.flatMap(([, { ports }]) => ports ?? []))
      expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const { redis } = compose.services;
    expect(redis.ports).toBeUndefined();
    expect(redis.networks.map((name) => compose.networks[name]?.internal)).toEqual([true]);
  });

  it('names every image down to its version, doudi’s by the version of the program', () => {
    for (const [, { image }] of services) expect(image).toMatch(PINNED);
    expect(compose.services.doudi.image).toBe(`doudi:${VERSION}`);
  });

  it('gives no service more than it needs', () => {
    for (const [service, it] of services) {
      expect([service, it.read_only, it.cap_drop]).toEqual([service, true, ['ALL']]);
      expect([service, it.security_opt]).toEqual([service, ['no-new-privileges:true']]);
      expect([service, it.mem_limit, it.stop_grace_period].filter(Boolean)).toHaveLength(3);
      expect([service, it.healthcheck !== undefined || service === 'doudi']).toEqual([
        service,
        true,
      ]);
    }
    expect(compose.services.doudi.depends_on?.['redis']?.condition).toBe('service_healthy');
    expect(compose.services.grafana.environment['GF_AUTH_ANONYMOUS_ENABLED']).toBe('false');
  });
});

describe('doudi.service', () => {
  const unit = text('deploy/doudi.service');

  it('tells doudi only what doudi reads', () => {
    const told = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name = '']) => name);
    expect(told).toContain('UV_THREADPOOL_SIZE');
    expect(told.filter((name) => !KNOWN.has(name))).toEqual([]);
  });

  it.each([
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'PrivateTmp=yes',
    'UMask=0077',
    'LimitCORE=0',
    'StartLimitBurst=3',
  ])('says %s', (line) => {
    expect(unit.split('\n')).toContain(line);
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Redis

const PASSWORD = 'a5c1e0d2b4967f83';

/** The shipped Redis, by the shipped script, on a free port. */
async function withShippedRedis<T>(work: (port: number) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const port = await freePort();
    const words = ['--port', String(port), '--bind', '127.0.0.1'];
    const server = spawn('sh', [join(ROOT, 'deploy/redis/start.sh'), ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], TMPDIR: folder, REDIS_PASSWORD: PASSWORD },
      stdio: 'ignore',
    });
    const ended = once(server, 'exit');
    try {
      await as(port, `doudi:${PASSWORD}`, (redis) => redis.ping());
      return await work(port);
    } finally {
      server.kill();
      await ended;
    }
  });
}

/** One connection; waits until the server is there, and says what it refuses. */
async function as<T>(port: number, who: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(`redis://${who}@127.0.0.1:${port}`, {
    enableReadyCheck: false,
    maxRetriesPerRequest: 100,
    retryStrategy: () => 50,
  });
  redis.on('error', () => undefined);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

describe.runIf(HAS_REDIS)('the shipped Redis', () => {
  const url = (port: number): string => `redis://doudi:${PASSWORD}@127.0.0.1:${port}`;

  it('runs a job, tries a failed one again, counts and removes, all as the user doudi', async () => {
    await withShippedRedis((port) =>
      withFolder(async (home) => {
        const errors: string[] = [];
        const note = (error: Error): void => void errors.push(error.message);
        const backend = await openQueue(openHome(home), url(port), note);
        const queue = backend.queue('leads-520102');
        const tries: string[] = [];
        backend.worker(
          'leads-520102',
          ({ lead_id, attempt }) => {
            tries.push(`${lead_id}:${attempt}`);
            return attempt === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
          },
          { concurrency: 1, lockMs: 2000 },
        );
        const retried = { attempts: 2, backoff: { type: 'exponential', delay: 10 } };
        await queue.add('lead', { lead_id: 'L1' }, { jobId: 'lead-L1', ...retried });
        await queue.add('lead', { lead_id: 'L2' }, { jobId: 'lead-L2', attempts: 1 });
        await until('both ended', async () => {
          const { completed, failed } = await queue.getJobCounts('completed', 'failed');
          return completed === 1 && failed === 1;
        });
        expect(tries.sort()).toEqual(['L1:1', 'L1:2', 'L2:1']);
        expect((await queue.getJobs(['failed'])).map(({ id }) => id)).toEqual(['lead-L2']);
        await queue.remove('lead-L2');
        expect(await queue.getFailedCount()).toBe(0);
        expect(await backend.reachable()).toBe(true);
        await backend.close();
        expect(errors).toEqual([]);
      }),
    );
  });

  it('carries the leads of a month to all counties', async () => {
    await withShippedRedis((port) =>
      withHome(async (home) => {
        await makeLeads(home, 88);
        await withQueues(home, url(port), async ({ store, queues }) => {
          await until('88 delivered', async () => (await delivered(store)) === 88);
          expect(await wrong(store)).toBe(0);
          expect(await queues.reconcile()).toMatchObject({ reachable: true, pushed: 0 });
        });
      }),
    );
  });

  it('refuses doudi what a queue does not need, and everybody else everything', async () => {
    await withShippedRedis(async (port) => {
      const refused = [
        ['FLUSHALL'],
        ['FLUSHDB'],
        ['KEYS', '*'],
        ['CONFIG', 'GET', '*'],
        ['SHUTDOWN', 'NOSAVE'],
        ['ACL', 'LIST'],
        ['REPLICAOF', '127.0.0.1', '1'],
        ['MONITOR'],
        ['SET', 'other:key', '1'],
        ['PUBLISH', 'other', '1'],
      ];
      await as(port, `doudi:${PASSWORD}`, async (redis) => {
        for (const [command = '', ...words] of refused)
          await expect(redis.call(command, ...words), command).rejects.toThrow(/^NOPERM/);
        // Through a script neither.
        await expect(redis.eval(`return redis.call('FLUSHALL')`, 0)).rejects.toThrow(
          /can't run this command|ACL/,
        );
      });
      for (const who of ['', ':', `default:${PASSWORD}`, 'doudi:wrong'])
        await as(port, who, async (redis) => {
          await expect(redis.ping(), who).rejects.toThrow(/NOAUTH|WRONGPASS/);
        });
    });
  });

  it('writes each job to the disk and throws none away', () => {
    const lines = text('deploy/redis/redis.conf').split('\n');
    for (const line of ['appendonly yes', 'appendfsync always', 'maxmemory-policy noeviction'])
      expect(lines).toContain(line);
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Dockerfile

describe('the Dockerfile', () => {
  it('starts from pinned images and adds nothing from an address', () => {
    for (const stage of stages) {
      expect(last(stage, 'FROM').split(' ')[0]).toMatch(PINNED);
      expect(named(stage, 'ADD')).toEqual([]);
    }
  });

  it('copies what is there and what .dockerignore lets through', () => {
    const seen = checkout().filter(inContext);
    const sources = named(build, 'COPY').flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    for (const source of sources.filter((one) => one !== '.'))
      expect(
        seen.some((path) => path === source || path.startsWith(`${source}/`)),
        source,
      ).toBe(true);
  });

  it('sends no home, no secret, no test and no installed package to the build', () => {
    const kept = ['data/doudi.duckdb', '.env', 'node_modules/a/b.js', 'web/node_modules/a/b.js'];
    const tests = ['test/unit/ids.test.ts', 'core/ids.test.ts', 'inbox/medical/x/2025-10.csv'];
    expect([...kept, ...tests, '.git/config', 'web/.env.local'].filter(inContext)).toEqual([]);
    expect(['core/ids.ts', 'package.json', 'rules/lock.json'].filter(inContext)).toHaveLength(3);
  });

  it('sets only what doudi reads, the pool of threads before Node starts', () => {
    const told = environmentOf(final);
    expect(Object.keys(told).filter((name) => !KNOWN.has(name))).toEqual([]);
    expect(`UV_THREADPOOL_SIZE=${told['UV_THREADPOOL_SIZE'] ?? ''}`).toBe(
      text('cli/process.env').trim().split('\n').at(-1),
    );
  });

  it('runs as an account without rights on a program that it cannot change', () => {
    expect(last(final, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    for (const { flags } of named(final, 'COPY')) expect([...flags.keys()]).toEqual(['from']);
    const owner = last(final, 'USER').split(':')[0] ?? '';
    expect(last(final, 'RUN')).toBe(
      `install -d -o ${owner} -g ${owner} -m 0700 ${last(final, 'VOLUME')}`,
    );
  });

  it('says which version it is', () => {
    const labels = Object.fromEntries(pairs(last(final, 'LABEL')));
    expect(labels['org.opencontainers.image.version']).toBe(VERSION);
  });
});

/** A stage's file system in a folder. */
interface Built {
  readonly root: string;
  readonly workdir: string;
}

/** Where a path of the image lies. */
const at = ({ root, workdir }: Built, path: string): string =>
  join(root, path.startsWith('/') ? path : join(workdir, path));

/** This process's environment without what the test runner, npm or a developer's shell put there. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^(npm_(?!config_(cache|registry|userconfig)$)|DOUDI_|VITEST|NODE_(ENV|OPTIONS)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** COPY: a folder's content, a file into a folder. */
function copyInto(target: string, sources: readonly string[]): void {
  mkdirSync(target, { recursive: true });
  for (const source of sources) {
    const into = statSync(source).isDirectory() ? target : join(target, basename(source));
    cpSync(source, into, { recursive: true, verbatimSymlinks: true });
  }
}

/** A build stage's COPY and RUN, one after the other. */
async function runStage(
  context: string,
  stage: readonly Instruction[],
  root: string,
): Promise<Built> {
  const built = { root, workdir: last(stage, 'WORKDIR') };
  for (const { name, rest } of stage) {
    if (name === 'COPY') {
      const words = rest.split(' ');
      const sources = words.slice(0, -1).map((source) => join(context, source));
      copyInto(at(built, words.at(-1) ?? ''), sources);
    }
    if (name === 'RUN')
      await promisify(execFile)('sh', ['-c', rest], {
        cwd: at(built, '.'),
        // What another install has fetched today need not come over the network again.
        env: { ...plainEnvironment(), npm_config_prefer_offline: 'true' },
      });
  }
  return built;
}

/** The final stage: only what it copies out of the build. Its one RUN makes /data, for which tests have a home. */
function assemble(from: Built, stage: readonly Instruction[], root: string): Built {
  const built = { root, workdir: last(stage, 'WORKDIR') };
  for (const { rest } of named(stage, 'COPY')) {
    const words = rest.split(' ');
    copyInto(
      at(built, words.at(-1) ?? ''),
      words.slice(0, -1).map((source) => at(from, source)),
    );
  }
  return built;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A program of the image, in its working folder, with its environment. */
function start(image: Built, command: readonly string[], environment: NodeJS.ProcessEnv): Running {
  const [program = '', ...words] = command;
  const child = spawn(program, words, {
    cwd: at(image, '.'),
    env: { ...plainEnvironment(), ...environmentOf(final), ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString('utf8')));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString('utf8')));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return { child, ended };
}

/** As `docker run IMAGE words…`. */
function enter(image: Built, words: readonly string[], environment: NodeJS.ProcessEnv): Running {
  return start(image, [...wordsOf(last(final, 'ENTRYPOINT')), ...words], environment);
}

/** What lies in a folder and is open to others than its owner; what lies in a closed folder is closed. */
function open(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if ((statSync(path).mode & 0o077) === 0) return [];
    return entry.isDirectory() ? open(path) : [path];
  });
}

/** What the program finds by its folder at run time: nothing imports it by name, so a build can forget it. */
function forgotten(image: Built): string[] {
  return (
    checkout()
      .filter(inContext)
      .filter((path) => /^(?!web\/page\/|bin\/|bench\/).*\/.*\.(ts|sql|geojson)$/.test(path))
      // Grafana's dashboards are made from these before they are committed.
      .filter((path) => !/^dashboards\/(code\/.*|[^/]+\/dashboard)\.ts$/.test(path))
      .map((path) => `dist/${path.replace(/\.ts$/, '.js')}`)
      .filter((path) => !existsSync(at(image, path)))
  );
}

async function withImage(work: (image: Built) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const context = join(folder, 'context');
    for (const path of checkout().filter(inContext)) {
      mkdirSync(dirname(join(context, path)), { recursive: true });
      copyFileSync(join(ROOT, path), join(context, path));
    }
    const built = await runStage(context, build, join(folder, 'build'));
    await work(assemble(built, final, join(folder, 'image')));
  });
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe('the image, made by its own steps', () => {
  it('serves the page, takes a month in, and ends when told to', { timeout: 600_000 }, async () => {
    await withImage((image) =>
      withHome(async (home) => {
        expect(forgotten(image)).toEqual([]);
        const port = await freePort();
        const address = `http://127.0.0.1:${port}`;
        const environment = {
          DOUDI_HOME: home,
          DOUDI_LISTEN: `127.0.0.1:${port}`,
          DOUDI_NOW: '2026-11-05T09:00:00+08:00',
        };
        const said = async (...words: string[]): Promise<Ended> => {
          const ended = await enter(image, words, environment).ended;
          expect(ended, words.join(' ')).toMatchObject({ code: 0 });
          return ended;
        };
        await said('rules', 'check');

        const check = wordsOf(last(final, 'HEALTHCHECK').replace(/^CMD /, ''));
        const healthy = async (): Promise<boolean> =>
          (await start(image, check, environment).ended).code === 0;
        expect(await healthy()).toBe(false);
        const { child, ended } = enter(image, wordsOf(last(final, 'CMD')), environment);
        try {
          await until('ready', () => answers(`${address}/ready`), 60_000);
          expect(await answers(`${address}/live`)).toBe(true);
          expect(await healthy()).toBe(true);

          const page = await (await fetch(`${address}/`)).text();
          const script = /<script type="module"[^>]* src="([^"]+)"/.exec(page)?.[1] ?? 'no script';
          expect(await answers(`${address}${script}`)).toBe(true);
          expect(await answers(`${address}/api/map`)).toBe(true);

          const inbox = join(home, 'inbox');
          const gone = `${person(1)},520102,junior,dropout,,,`;
          deliver(inbox, 'education/enrolment/2025-10.csv', csv(ENROLMENT, [gone]));
          await said('run', '--month', '2025-10', '--inbox', inbox);
          const leads = await said('leads', '--month', '2025-10', '--county', '520102');
          expect(leads.stdout.trimEnd().split('\n')).toHaveLength(2);
          // All that doudi wrote, and not what the test put there.
          const put = new RegExp(`^${home}/(inbox/|doudi\\.yaml$|divisions\\.csv$)`);
          expect(open(home).filter((path) => !put.test(path))).toEqual([]);
        } finally {
          child.kill('SIGTERM');
        }
        const late = sleep(10_000).then(() => 'still there');
        expect(await Promise.race([ended, late])).toMatchObject({ code: 0, signal: null });
      }),
    );
  });
});
