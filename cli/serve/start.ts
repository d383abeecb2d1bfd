/**
 * The process that owns the home: calendar, queues, page, and the socket for commands. Started by `serve` and
 * `demo`, closed in reverse order so that nothing is handed out that can no longer be recorded.
 */
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pLimit from 'p-limit';
import { readConfig } from '../../core/config.ts';
import type { Clock } from '../../core/clock.ts';
import { refuseOpenDoor, type ServeSettings } from '../../core/environment.ts';
import { describeError, MonitorError } from '../../core/errors.ts';
import { openHome } from '../../core/home.ts';
import type { Log } from '../../core/log.ts';
import { divisionsOf } from '../../core/region.ts';
import { accountBook, isInForce } from '../../store/accounts/accounts.ts';
import { openAudit } from '../../store/audit/audit.ts';
import { openPublished, publishedFile } from '../../store/published.ts';
import { refuseUnfinished } from '../../store/backup/restore.ts';
import { openSecrets } from '../../store/accounts/secrets.ts';
import { openStore } from '../../store/store.ts';
import { loadLists } from '../../exchange/index.ts';
import { CaseWork } from '../../cases/work.ts';
import { allJobs } from '../../pipelines/jobs/all.ts';
import { openDeployment } from '../../pipelines/deployment.ts';
import { quietProgress } from '../../pipelines/progress.ts';
import { startQueues, type QueueService } from '../../cases/delivery/service.ts';
import { checkTimes, doDue, startCalendar, type Calendar } from '../../pipelines/schedule.ts';
import { settleLists } from '../../exchange/export.ts';
import { createApp } from '../../web/app.ts';
import { openSignIn } from '../../web/sign-in.ts';
import { startingAnswers } from '../../web/starting.ts';
import type { Held } from '../command.ts';
import { answerCommands } from './answer.ts';
import { endpointsOf } from './endpoints.ts';
import { OpenedParts } from './opened.ts';
import { openPublisher } from './publisher.ts';
import { socketPath } from './socket.ts';

export interface Serving {
  readonly held: Held;
  readonly queues: QueueService;
  /** e.g. http://127.0.0.1:8080 */
  readonly address: string;
  /** Starts the calendar; `demo` fills its home first. */
  keepCalendar(): void;
  close(): Promise<void>;
}

export interface Start {
  readonly home: string;
  readonly clock: Clock;
  /** Clock for checking authenticator codes; default: the clock itself. */
  readonly codes?: Clock;
  readonly log: Log;
  readonly settings: ServeSettings;
  /** Folder of the built page. */
  readonly page: string | null;
}

/** Concurrent reads of the ledger; with a long job and the writer that is what two cores can handle. */
const READS = 2;

async function listen(server: Server, { host, port }: ServeSettings): Promise<string> {
  // Slow or silent clients must not hold connections (reliability notes, section 5).
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.maxConnections = 500;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const used = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new MonitorError('address', used ? `port ${port} is in use` : 'the page has no address', {
      fix: 'set DOUDI_LISTEN, e.g. DOUDI_LISTEN=127.0.0.1:8081',
    });
  }
  const { port: bound } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

/**
 * Opens the home and serves it.
 * @throws MonitorError of whatever cannot be opened; anything already opened is closed again
 */
export async function startServing(start: Start): Promise<Serving> {
  const opened = new OpenedParts();
  try {
    return await openAll(start, opened);
  } catch (error) {
    await opened.close().catch((other: unknown) => {
      start.log.warn({ code: describeError(other).code }, 'not everything could be closed again');
    });
    throw error;
  }
}

async function openAll(start: Start, opened: OpenedParts): Promise<Serving> {
  const { log, settings } = start;
  refuseUnfinished(start.home);
  const config = readConfig(start.home);
  const starting = startingAnswers();
  let answer: RequestListener = starting.listener;
  const server = createServer((request, response) => {
    answer(request, response);
  });
  const hangUp = (): void => {
    server.close();
    server.closeAllConnections();
  };
  opened.onClose(hangUp);
  const address = await listen(server, settings);
  const divisions = divisionsOf(config.province, config.divisions);
  const deployment = await openDeployment(config, divisions, log);
  const store = await openStore(openHome(start.home), start.clock);
  opened.onClose(() => store.close());
  const accounts = accountBook(store.records);
  refuseOpenDoor(settings, accounts.any());
  const jobs = allJobs(store, deployment, quietProgress(log));
  checkTimes(jobs);
  await settleLists(store);
  const long = pLimit(1);
  const published = openPublished(store.home);
  opened.onClose(() => {
    published.close();
  });
  const audit = await openAudit(store.home, start.clock);
  opened.onClose(() => audit.close());
  const publisher = openPublisher(store, deployment, log);
  opened.onClose(() => publisher.close());
  starting.at('queues');
  const queues = await startQueues(store, deployment, settings.queue);
  opened.onClose(() => queues.close());
  opened.onClose(() => long(() => Promise.resolve()));
  const secrets = openSecrets(store.home);
  const signIn = openSignIn({
    book: accounts,
    secrets,
    audit,
    clock: start.clock,
    codes: start.codes ?? start.clock,
    settings: config.accounts,
  });

  let closing = false;
  const changed = (): void => {
    if (closing) return;
    cases.book.forget();
    queues.reconcile().catch(() => undefined);
    publisher.soon();
  };
  const cases = new CaseWork(store, deployment, changed, (name) => {
    const account = accounts.find(name);
    return isInForce(account, start.clock) ? account : null;
  });
  const held: Held = { store, deployment, audit, long, changed };

  const app = await createApp(
    {
      store,
      deployment,
      cases,
      audit,
      signIn,
      accounts,
      secrets,
      published,
      queues,
      jobs,
      lists: await loadLists(),
      reading: pLimit(READS),
    },
    settings,
    start.page,
    await endpointsOf(deployment, published, queues, audit, start),
  );
  // A page without figures is useless: publish the first ones before letting anybody in.
  starting.at('figures');
  if (!existsSync(publishedFile(store.home))) await publisher.now();
  let calendar: Calendar | undefined;
  opened.onClose(() => calendar?.close());
  answer = app;
  // Before anything else is closed: nobody is answered by what is going away.
  opened.onClose(() => {
    closing = true;
    hangUp();
  });
  const socket = await answerCommands(held, log);
  opened.onClose(() => {
    socket.close();
    rmSync(socketPath(store.home.root), { force: true });
  });
  // Shows at once what was delivered around a crash of the previous process.
  void publisher.now();
  const ticking = setInterval(() => {
    publisher.soon();
  }, config.queue.reconcileMs);
  opened.onClose(() => {
    closing = true;
    clearInterval(ticking);
  });

  return {
    held,
    queues,
    address,
    keepCalendar() {
      calendar = startCalendar(jobs, async (timed) => {
        if (closing) return;
        await long(() => doDue(store, jobs, log, timed, () => closing));
        changed();
      });
    },
    close: () => opened.close(),
  };
}
