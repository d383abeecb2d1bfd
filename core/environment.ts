/** Every environment variable that doudi reads: named here, explained in docs/operations.md, checked at the start. */
import { z } from 'zod';
import { MonitorError } from './errors.ts';

/** What each is for. Values of `secret` ones are never shown. */
export const VARIABLES = {
  DOUDI_HOME: { what: 'folder of the deployment', secret: false },
  DOUDI_QUEUE: { what: 'redis://… of the queue; empty: embedded in the home', secret: true },
  DOUDI_LISTEN: { what: 'address and port of the page, 127.0.0.1:8080', secret: false },
  DOUDI_ACCESS_KEY: {
    what: 'key that the page asks for until the home has accounts; required off loopback',
    secret: true,
  },
  DOUDI_READER_TOKENS: {
    what: 'SHA-256 of the tokens of readers, name=digest, joined by commas',
    secret: true,
  },
  DOUDI_MEMORY: { what: 'memory limit of the database, e.g. 8GB', secret: false },
  DOUDI_LOG: { what: 'level of the log: warn, info, debug', secret: false },
  DOUDI_NOW: { what: 'a fixed clock, for rehearsals', secret: false },
  DOUDI_DEBUG: { what: '1: stacks and database texts, on test data only', secret: false },
  DOUDI_FAILPOINT: { what: 'where a test ends the process', secret: false },
  UV_THREADPOOL_SIZE: { what: 'threads for files and queries, 16', secret: false },
} as const;

export interface ServeSettings {
  readonly queue: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly accessKey: string | undefined;
  /** SHA-256 of readers' tokens, by the reader's name; they win over those of doudi.yaml. */
  readonly readerTokens: ReadonlyMap<string, string>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether only programs on the same machine reach an address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

const listen = z
  .string()
  .regex(/^(\[[0-9a-f:]+\]|[^:]+):\d{1,5}$/, 'an address and a port, e.g. 127.0.0.1:8080');

/** `grafana=<64 hex digits>,notebook=<64 hex digits>`. @throws MonitorError `config` */
function readTokens(text: string): Map<string, string> {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  return new Map(
    parts.map((part) => {
      const [, name = '', digest = ''] =
        /^\s*([a-z][a-z0-9-]*)=([0-9a-f]{64})\s*$/.exec(part) ?? [];
      if (name === '')
        throw new MonitorError('config', 'DOUDI_READER_TOKENS must be name=SHA-256, …', {
          fix: 'the digest of a token: printf %s "$TOKEN" | sha256sum',
          exitCode: 2,
        });
      return [name, digest];
    }),
  );
}

/**
 * Makes sure that nobody leaves the page open by mistake.
 * @param accounts whether the home has accounts, which then decide who comes in
 * @throws MonitorError `config` off loopback with neither accounts nor a key
 */
export function refuseOpenDoor({ host, accessKey }: ServeSettings, accounts: boolean): void {
  if (accounts || isLoopback(host)) return;
  if (accessKey === undefined || accessKey.length < 16)
    throw new MonitorError(
      'config',
      'the page shows leads of people: off the machine itself it needs accounts, or a key of at least 16 characters',
      {
        fix: 'doudi accounts add, or set DOUDI_ACCESS_KEY, or DOUDI_LISTEN=127.0.0.1:8080',
        exitCode: 2,
      },
    );
}

/** @throws MonitorError `config` naming the variable, never its value */
export function readServeSettings(environment: NodeJS.ProcessEnv): ServeSettings {
  const address = listen.safeParse(environment['DOUDI_LISTEN'] ?? '127.0.0.1:8080');
  if (!address.success)
    throw new MonitorError('config', 'DOUDI_LISTEN must be an address and a port', {
      fix: 'e.g. DOUDI_LISTEN=127.0.0.1:8080',
      exitCode: 2,
    });
  const colon = address.data.lastIndexOf(':');
  const host = address.data.slice(0, colon).replace(/^\[|\]$/g, '');
  const accessKey = environment['DOUDI_ACCESS_KEY'];
  const key = accessKey === undefined || accessKey === '' ? undefined : accessKey;
  const queue = environment['DOUDI_QUEUE'];
  return {
    queue: queue === '' ? undefined : queue,
    host,
    port: Number(address.data.slice(colon + 1)),
    accessKey: key,
    readerTokens: readTokens(environment['DOUDI_READER_TOKENS'] ?? ''),
  };
}
