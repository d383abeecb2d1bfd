/** Answers on their way back: beside the file in a folder and on an SFTP server, and by webhook. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../core/config.ts';
import { openHome } from '../../core/home.ts';
import { createLog } from '../../core/log.ts';
import type { Month } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { openStore, type Store } from '../../store/store.ts';
import { deliverAnswers } from '../../exchange/answers/deliver.ts';
import { allJobs } from '../../pipelines/jobs/all.ts';
import { openDeployment } from '../../pipelines/deployment.ts';
import { quietProgress } from '../../pipelines/progress.ts';
import type { Job } from '../../pipelines/schedule.ts';
import { CLOCK, doudi, spawnDoudi, withHome } from '../support/doudi.ts';
import { readTable } from '../support/formats/read-sheet.ts';
import { csv, deliver, ENROLMENT, person, pupils } from '../support/inbox.ts';
import { configure } from '../support/queues.ts';
import { Depot } from '../support/servers/depot.ts';
import { fingerprintOf, makeKey, PASSWORD, withSftp } from '../support/servers/sftp.ts';

const LOG = createLog('silent');
const MONTH = '2026-10';
const FOLDER = 'education/enrolment';
const FILE = `${FOLDER}/${MONTH}.csv`;
const BAD = csv(ENROLMENT, [...pupils(60), `${person(901)},520102,primary,gone,1,2,2030-07`]);
const GOOD = csv(ENROLMENT, pupils(61));

interface State {
  readonly report: { readonly version: number | null };
  readonly delivery: { readonly state: string; readonly code: string };
}
const stateOf = async (home: string): Promise<State | undefined> =>
  (JSON.parse(await doudi(home, ['report', '--month', MONTH, '--json'])) as State[])[0];

async function withStore<T>(
  home: string,
  work: (store: Store, jobs: readonly Job[]) => Promise<T>,
): Promise<T> {
  const config = readConfig(home);
  const store = await openStore(openHome(home), CLOCK);
  try {
    const deployment = await openDeployment(
      config,
      divisionsOf(config.province, config.divisions),
      LOG,
    );
    return await work(store, allJobs(store, deployment, quietProgress(LOG)));
  } finally {
    await store.close();
  }
}
const jobOf = (jobs: readonly Job[], name: string): Job => {
  const job = jobs.find((one) => one.name === name);
  if (job === undefined) throw new Error(`no job ${name}`);
  return job;
};

describe('beside the file', () => {
  it('in the inbox: whole, once, replaced by the next answer, and never taken for a delivery', async () => {
    await withHome(async (home) => {
      configure(home, 'inbox: inbox\ninbox_answer: { to: beside }\n');
      const inbox = join(home, 'inbox');
      const here = (): string[] => readdirSync(join(inbox, FOLDER)).sort();
      const run = (folder: string): Promise<string> =>
        doudi(home, ['run', '--month', MONTH, '--inbox', folder, '--json']);
      deliver(inbox, FILE, BAD);
      await run(inbox);
      const kinds = ['json', 'txt', 'xlsx'].map((kind) => `${MONTH}.report.${kind}`);
      expect(here()).toEqual([`${MONTH}.csv`, ...kinds]);
      for (const kind of ['json', 'txt', 'xlsx']) {
        const beside = readFileSync(join(inbox, FOLDER, `${MONTH}.report.${kind}`));
        expect(
          beside.equals(readFileSync(join(home, 'reports', FOLDER, `${MONTH}-v1.${kind}`))),
        ).toBe(true);
      }
      expect(await stateOf(home)).toMatchObject({ delivery: { state: 'done', channel: 'beside' } });

      const told = statSync(join(inbox, FOLDER, `${MONTH}.report.txt`)).mtimeMs;
      const again = JSON.parse(await run(inbox)) as { strangers: string[]; changed: boolean };
      expect(again).toMatchObject({
        strangers: [],
        changed: false,
        files: [{ outcome: 'skipped' }],
      });
      expect(statSync(join(inbox, FOLDER, `${MONTH}.report.txt`)).mtimeMs).toBe(told);

      // The corrected month: the answer says so, and the copy of the bad rows is gone.
      deliver(inbox, FILE, GOOD);
      await run(inbox);
      expect(here()).toEqual([`${MONTH}.csv`, `${MONTH}.report.json`, `${MONTH}.report.txt`]);
      expect(readFileSync(join(inbox, FOLDER, `${MONTH}.report.txt`), 'utf8')).toContain('第 2 版');

      // A folder named by hand is nobody's.
      const other = join(home, 'other');
      deliver(other, `${FOLDER}/2026-09.csv`, BAD);
      await run(other);
      expect(readdirSync(join(other, FOLDER))).toEqual(['2026-09.csv']);
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('killed between sending and noting sends the same once more and notes it once', async () => {
    await withHome(async (home) => {
      configure(home, 'inbox: inbox\ninbox_answer: { to: beside }\n');
      const inbox = join(home, 'inbox');
      deliver(inbox, FILE, BAD);
      const words = ['run', '--month', MONTH, '--inbox', inbox];
      const killed = await spawnDoudi(home, words, {
        env: { DOUDI_FAILPOINT: 'answer-after-send' },
      });
      expect(killed.signal).toBe('SIGKILL');
      const beside = join(inbox, FOLDER, `${MONTH}.report.txt`);
      const sent = readFileSync(beside);
      expect(await stateOf(home)).toMatchObject({ delivery: { state: 'due' } });
      await doudi(home, words);
      expect(readFileSync(beside).equals(sent)).toBe(true);
      expect(await stateOf(home)).toMatchObject({ delivery: { state: 'done' } });
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('in a folder: not through a link that leads out of it', async () => {
    await withHome(async (home) => {
      configure(
        home,
        'sources: [{ name: edu, kind: folder, path: edu, answer: { to: beside } }]\n',
      );
      const outside = join(home, 'outside');
      mkdirSync(outside);
      writeFileSync(join(outside, 'kept'), 'kept');
      deliver(join(home, 'edu'), FILE, BAD);
      for (const kind of ['txt', 'json', 'xlsx'])
        symlinkSync(
          join(outside, 'kept'),
          join(home, 'edu', FOLDER, `.${MONTH}.report.${kind}.part`),
        );
      await doudi(home, ['run', '--month', MONTH, '--inbox', join(home, 'edu')]);
      expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('kept');
      expect(existsSync(join(home, 'edu', FOLDER, `${MONTH}.report.xlsx`))).toBe(true);
    });
  });

  it('on an SFTP server: under another name until it is whole, tried again by the calendar', async () => {
    const depot = new Depot();
    const key = makeKey().private;
    await withHome((home) =>
      withSftp(depot, { hostKey: () => key }, async ({ port }) => {
        writeFileSync(join(home, 'password'), PASSWORD);
        configure(
          home,
          `sources: [{ name: edu, kind: sftp, host: 127.0.0.1, port: ${port}, user: doudi, host_key: "${fingerprintOf(key)}", password_file: password, only: [${FOLDER}], answer: { to: beside } }]\n`,
        );
        depot.put(FILE, BAD);
        depot.put(`${FOLDER}/${MONTH}.manifest.json`, '{ "rows": 61 }');
        const names = (): string[] => [...depot.files.keys()].sort();
        const before = names();
        await withStore(home, async (store, jobs) => {
          depot.misdeed = 'read-only';
          expect(await jobOf(jobs, `collect ${FOLDER}`).work(MONTH as Month)).toEqual({ files: 1 });
          expect(names()).toEqual(before);
          const answers = jobOf(jobs, 'answers');
          await expect(answers.work(MONTH as Month)).rejects.toMatchObject({ code: 'answers-due' });
          // Written down once, not at each try.
          const failures = store.records.filter(({ type }) => type === 'report.delivery');
          expect(failures.map(({ data }) => data)).toEqual([
            {
              record: 1,
              origin: 'edu',
              channel: 'beside',
              outcome: 'failed',
              code: 'source-credentials',
            },
          ]);
          depot.misdeed = null;
          expect(await answers.work(MONTH as Month)).toEqual({ delivered: 1 });
          expect(await answers.work(MONTH as Month)).toEqual({ delivered: 0 });
        });
        const added = names().filter((name) => !before.includes(name));
        expect(added).toEqual(
          ['json', 'txt', 'xlsx'].map((kind) => `${FOLDER}/${MONTH}.report.${kind}`),
        );
        const copy = depot.files.get(`${FOLDER}/${MONTH}.report.xlsx`)?.bytes ?? Buffer.alloc(0);
        expect((await readTable(copy)).rows).toMatchObject([{ 行号: '62', status: 'gone' }]);

        // What we put there is not fetched, and the next answer takes the place of this one.
        depot.put(FILE, GOOD);
        await withStore(home, async (_, jobs) => {
          await jobOf(jobs, `collect ${FOLDER}`).work(MONTH as Month);
        });
        expect(names().filter((name) => !before.includes(name))).toEqual(
          ['json', 'txt'].map((kind) => `${FOLDER}/${MONTH}.report.${kind}`),
        );
        expect(depot.files.get(`${FOLDER}/${MONTH}.report.txt`)?.bytes.toString()).toContain(
          '第 2 版',
        );
        expect(readdirSync(join(home, 'spool', 'edu', FOLDER)).sort()).toEqual([
          `${MONTH}.csv`,
          `${MONTH}.manifest.json`,
        ]);
      }),
    );
  });

  it('is refused for a web server, in the configuration', async () => {
    await withHome((home) => {
      configure(
        home,
        'sources: [{ name: edu, kind: http, base: "https://edu.example/", answer: { to: beside } }]\n',
      );
      expect(() => readConfig(home)).toThrow(
        /sources.0.answer.to: a web server cannot be written to/,
      );
      return Promise.resolve();
    });
  });
});

interface Call {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A department's receiver that answers with what the list says, and 204 from then on. */
async function withReceiver<T>(
  statuses: number[],
  work: (receiver: { readonly url: string; readonly calls: Call[] }) => Promise<T>,
): Promise<T> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      calls.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await work({ url: `http://127.0.0.1:${port}/answers`, calls });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('by webhook', () => {
  const KEY = Buffer.alloc(32, 7);
  it.each([false, true])(
    'signed, until it is taken, with rows only where asked for (%s)',
    async (withRows) => {
      await withHome((home) =>
        withReceiver([503, 500], async ({ url, calls }) => {
          writeFileSync(join(home, 'hook.key'), KEY.toString('base64'));
          configure(
            home,
            `inbox: inbox\ninbox_answer: { to: webhook, url: "${url}", secret_file: hook.key${withRows ? ', with_rows: true' : ''} }\n`,
          );
          deliver(join(home, 'inbox'), FILE, BAD);
          await doudi(home, ['run', '--month', MONTH, '--inbox', join(home, 'inbox')]);
          expect(await stateOf(home)).toMatchObject({
            delivery: { state: 'failed', code: 'webhook-status' },
          });
          expect(await doudi(home, ['report', '--month', MONTH])).toContain(
            '未能送达（回调，webhook-status），将自动重试',
          );
          await withStore(home, async (_, jobs) => {
            const answers = jobOf(jobs, 'answers');
            await expect(answers.work(MONTH as Month)).rejects.toMatchObject({
              code: 'answers-due',
            });
            expect(await answers.work(MONTH as Month)).toEqual({ delivered: 1 });
            expect(await answers.work(MONTH as Month)).toEqual({ delivered: 0 });
          });
          expect(await stateOf(home)).toMatchObject({ delivery: { state: 'done' } });
          expect(calls.length).toBe(3);
          expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
          const { headers, body } = calls[2] ?? { headers: {}, body: '' };
          const [id, seconds] = [
            String(headers['webhook-id']),
            Number(headers['webhook-timestamp']),
          ];
          expect(headers['webhook-signature']).toBe(
            new Webhook(KEY, { format: 'raw' }).sign(id, new Date(seconds * 1000), body),
          );
          const { xlsx_base64: rows, ...report } = JSON.parse(body) as { xlsx_base64?: string };
          expect(report).toEqual(
            JSON.parse(readFileSync(join(home, 'reports', FOLDER, `${MONTH}-v1.json`), 'utf8')),
          );
          expect(rows === undefined).toBe(!withRows);
          if (rows !== undefined)
            expect((await readTable(Buffer.from(rows, 'base64'))).rows).toMatchObject([
              { status: 'gone' },
            ]);
        }),
      );
    },
  );

  it('only the newest answer of a month, when the department has handed in again meanwhile', async () => {
    await withHome((home) =>
      withReceiver([503], async ({ url, calls }) => {
        writeFileSync(join(home, 'hook.key'), KEY.toString('base64'));
        configure(
          home,
          `inbox: inbox\ninbox_answer: { to: webhook, url: "${url}", secret_file: hook.key }\n`,
        );
        for (const content of [BAD, GOOD]) {
          deliver(join(home, 'inbox'), FILE, content);
          await doudi(home, ['run', '--month', MONTH, '--inbox', join(home, 'inbox')]);
        }
        const versions = calls.map(({ body }) => (JSON.parse(body) as { version: number }).version);
        expect(versions).toEqual([1, 2]);
        await withStore(home, async (store) => {
          expect(await deliverAnswers({ config: readConfig(home), log: LOG }, store)).toEqual({
            delivered: 0,
            failed: 0,
          });
        });
      }),
    );
  });
});
