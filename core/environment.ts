/** Environment variables of `serve`; each is explained in docs/operations.md. */
import { z } from 'zod';
import { MonitorError } from './errors.ts';
import { isLoopback } from './loopback.ts';

export interface ServeSettings {
  readonly queue: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly accessKey: string | undefined;
  /** SHA-256 of readers' tokens, by the reader's name; they override those of doudi.yaml. */
  readonly readerTokens: ReadonlyMap<string, string>;
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
 * Refuses to start a server that is open to the network by mistake.
 * @param accounts whether the home has accounts, which then control access
 * @throws MonitorError `config` when not on loopback and there are neither accounts nor a key
 */
export function refuseOpenDoor({ host, accessKey }: ServeSettings, accounts: boolean): void {
  if (accounts || isLoopback(host)) return;
  if (accessKey === undefined || accessKey.length < 16)
    throw new MonitorError(
      'config',
      'the page shows leads about people: beyond this machine it needs accounts, or a key of at least 16 characters',
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
