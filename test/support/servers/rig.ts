/** A source of each kind with a server behind it, so that one suite asks the same of all of them. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTransport } from '../../../transport/gather.ts';
import { mirror, type MirrorReport } from '../../../transport/mirror.ts';
import type { Transport } from '../../../transport/transport.ts';
import { systemClock } from '../../../core/clock.ts';
import type { Month } from '../../../core/month.ts';
import {
  sourcesOf,
  sourcesSchema,
  type HttpSource,
  type SftpSource,
} from '../../../core/sources.ts';
import { withFolder } from '../doudi.ts';
import { csv, ENROLMENT, pupils } from '../inbox.ts';
import { makeCertificates } from './certificates.ts';
import { Depot } from './depot.ts';
import { withWeb, type WebOptions } from './http.ts';
import { fingerprintOf, makeKey, PASSWORD, withSftp } from './sftp.ts';

export const DATA = 'education/enrolment/2026-10.csv';
export const MANIFEST = 'education/enrolment/2026-10.manifest.json';
export const SEPTEMBER = 'education/enrolment/2026-09.csv';

/** Some 400 kB, so that a server has a middle to fail in. */
const PUPILS = 5000;

interface Extras {
  readonly fileBytes?: number;
  readonly tries?: number;
  readonly signal?: AbortSignal;
}

export interface Rig {
  readonly depot: Depot;
  readonly folder: string;
  readonly spool: string;
  readonly port: number;
  /** The source as doudi.yaml says it. @param over keys that differ */
  source(over?: object): HttpSource | SftpSource;
  mirror(over?: object, options?: Extras): Promise<MirrorReport>;
  /** Gives the server another identity. */
  changeIdentity?(): void;
}

export interface Kind {
  readonly title: string;
  readonly isHttp: boolean;
  with(work: (rig: Rig) => Promise<void>): Promise<void>;
}

/** One line of doudi.yaml as the program reads it. */
export function readSource(folder: string, raw: object): HttpSource | SftpSource {
  const [source] = sourcesOf(sourcesSchema.parse([raw]), (file) => join(folder, file));
  if (source === undefined || source.kind === 'folder') throw new Error('not a remote source');
  return source;
}

export function mirrorInto(
  spool: string,
  transport: Transport,
  extras: Pick<Extras, 'tries' | 'signal'> = {},
): Promise<MirrorReport> {
  return mirror(transport, {
    sources: new Set(['education/enrolment']),
    spool,
    until: '2026-10' as Month,
    clock: systemClock,
    ...extras,
  });
}

function makeRig(folder: string, depot: Depot, port: number, base: object): Rig {
  const spool = join(folder, 'home', 'spool', 'one');
  const deadlines = { connect_seconds: 1, idle_seconds: 0.4, total_seconds: 10 };
  const source: Rig['source'] = (over = {}) =>
    readSource(folder, { name: 'one', ...deadlines, ...base, ...over });
  return {
    depot,
    folder,
    spool,
    port,
    source,
    mirror: (over, { fileBytes = 1 << 20, ...extras } = {}) =>
      mirrorInto(spool, openTransport(source(over), fileBytes), extras),
  };
}

/** A depot with two months, the later one with a manifest. */
function stocked(): Depot {
  const depot = new Depot();
  depot.put(SEPTEMBER, csv(ENROLMENT, pupils(PUPILS)));
  depot.put(DATA, csv(ENROLMENT, pupils(PUPILS, 2)));
  depot.put(MANIFEST, JSON.stringify({ rows: PUPILS }));
  return depot;
}

function web(title: string, options: WebOptions, base: (port: number) => object): Kind {
  return {
    title,
    isHttp: true,
    with: (work) =>
      withFolder((folder) => {
        const depot = stocked();
        return withWeb(depot, options, ({ port }) =>
          work(makeRig(folder, depot, port, { kind: 'http', ...base(port) })),
        );
      }),
  };
}

const secured: Kind = {
  title: 'https, own certificate, token, index with digests',
  isHttp: true,
  with: (work) =>
    withFolder((folder) => {
      const depot = stocked();
      const { ca, server, client } = makeCertificates(folder);
      writeFileSync(join(folder, 'token'), 'a-token-of-a-department\n');
      const tls = { ...server, clientCa: readFileSync(ca) };
      const authorization = 'Bearer a-token-of-a-department';
      return withWeb(depot, { tls, authorization, says: 'sha256' }, ({ port }) =>
        work(
          makeRig(folder, depot, port, {
            kind: 'http',
            base: `https://127.0.0.1:${port}/`,
            token_file: 'token',
            ca_file: 'ca.pem',
            cert_file: client.cert.slice(folder.length + 1),
            key_file: client.key.slice(folder.length + 1),
          }),
        ),
      );
    }),
};

const sftp: Kind = {
  title: 'sftp',
  isHttp: false,
  with: (work) =>
    withFolder((folder) => {
      const depot = stocked();
      const [own, other] = [makeKey(), makeKey()];
      let key = own.private;
      writeFileSync(join(folder, 'password'), PASSWORD);
      return withSftp(depot, { hostKey: () => key }, ({ port }) =>
        work({
          ...makeRig(folder, depot, port, {
            kind: 'sftp',
            host: '127.0.0.1',
            port,
            user: 'doudi',
            host_key: fingerprintOf(own.private),
            password_file: 'password',
          }),
          changeIdentity() {
            key = key === own.private ? other.private : own.private;
          },
        }),
      );
    }),
};

const at = (port: number): object => ({ base: `http://127.0.0.1:${port}` });

export const KINDS: readonly Kind[] = [
  web('http, index with ETags', { says: 'etag' }, at),
  web('http, names asked for one by one', { index: false }, at),
  secured,
  sftp,
];

/** Every file below a folder with its bytes. */
export function treeOf(root: string, below = ''): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(join(root, below))) {
    const path = join(below, name);
    if (statSync(join(root, path)).isDirectory())
      for (const [inner, bytes] of treeOf(root, path)) found.set(inner, bytes);
    else found.set(path, readFileSync(join(root, path)));
  }
  return found;
}
