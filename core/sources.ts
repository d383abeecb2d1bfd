/**
 * The `sources:` section of doudi.yaml: where extracts are fetched from. Secrets are in separate files, never
 * in the configuration, whose text may be copied into a ticket.
 */
import { BlockList } from 'node:net';
import { z } from 'zod';
import { ANSWER_KEYS, answerOf, answerSchema, type AnswerSetting } from './answer.ts';
import { isLoopback } from './loopback.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, a letter first')
  .describe('Name of the source; its spool is spool/<name> in the home.');

const only = z
  .array(z.string().regex(/^[a-z-]+\/[a-z-]+$/, 'agency/dataset'))
  .min(1)
  .optional()
  .describe('The datasets it delivers, as agency/dataset; defaults to every dataset.');

const file = z.string().min(1);
const seconds = z.number().positive().max(86_400);

const answer = answerSchema
  .optional()
  .describe('How the department is answered; without it, reports stay in the home.');

const deadlines = {
  connect_seconds: seconds
    .default(10)
    .describe('Until the connection is established, including encryption and sign-in.'),
  idle_seconds: seconds.default(30).describe('Without receiving a byte before giving up.'),
  total_seconds: seconds.default(1800).describe('For one file in total.'),
};

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
    return true;
  } catch {
    return false;
  }
}

const base = z
  .url({ protocol: /^https?$/, error: 'an address, e.g. https://data.example.gov.cn/extracts/' })
  .refine(
    (text) => {
      if (!URL.canParse(text)) return true;
      const { username, password, search, hash } = new URL(text);
      return `${username}${password}${search}${hash}` === '';
    },
    { error: 'an address without user, password, ? and #', abort: true },
  )
  .describe('Address that contains the agencies’ folders.');

const folder = z.strictObject({
  name,
  kind: z.literal('folder').describe('A local or mounted folder.'),
  only,
  answer,
  path: file.describe('The folder, relative to the home; it is read in place.'),
});

const http = z
  .strictObject({
    name,
    kind: z.literal('http').describe('A web server.'),
    only,
    answer,
    base,
    allow_http: z.boolean().default(false).describe('Allow unencrypted HTTP to another machine.'),
    redirect_hosts: z
      .array(z.string().regex(/^[a-z0-9.-]+:\d{1,5}$/, 'host:port in lower case'))
      .default([])
      .describe('Other hosts that the server may redirect to; they get no credentials.'),
    allow_private: z
      .array(z.string().refine(isCidr, 'a network, e.g. 10.20.0.0/16'))
      .default([])
      .describe('Private networks that the server may be in.'),
    token_file: file.optional().describe('File with the bearer token.'),
    basic_file: file.optional().describe('File with user:password.'),
    ca_file: file.optional().describe('CA certificates (PEM) for the server’s certificate.'),
    cert_file: file.optional().describe('Client certificate (PEM).'),
    key_file: file.optional().describe('Key (PEM) of the client certificate.'),
    months_back: z
      .number()
      .int()
      .min(0)
      .max(120)
      .default(3)
      .describe('Earlier months requested by name when the server has no index.json.'),
    ...deadlines,
  })
  .refine((one) => one.answer?.to !== 'beside', {
    path: ['answer', 'to'],
    error: 'a web server cannot be written to: use to: webhook, or fetch by sftp',
  })
  .refine((one) => one.token_file === undefined || one.basic_file === undefined, {
    path: ['token_file'],
    error: 'token_file or basic_file, not both',
  })
  .refine((one) => (one.cert_file === undefined) === (one.key_file === undefined), {
    path: ['cert_file'],
    error: 'cert_file and key_file belong together',
  })
  .refine(
    (one) => {
      if (!URL.canParse(one.base)) return true;
      const { protocol, hostname } = new URL(one.base);
      return protocol === 'https:' || one.allow_http || isLoopback(hostname);
    },
    { path: ['base'], error: 'https, or set allow_http: true' },
  );

const sftp = z
  .strictObject({
    name,
    kind: z.literal('sftp').describe('A folder on an SSH server.'),
    only,
    answer,
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, 'a name or an address')
      .describe('The server.'),
    port: z.number().int().min(1).max(65_535).default(22).describe('Its port.'),
    user: z.string().min(1).describe('User name.'),
    folder: z
      .string()
      .min(1)
      .default('.')
      .describe('Folder on the server that contains the agencies’ folders.'),
    host_key: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'a fingerprint as ssh-keygen -l shows it: SHA256:…')
      .describe('Fingerprint of the server’s key; a server with another key is refused.'),
    password_file: file.optional().describe('File with the password.'),
    key_file: file.optional().describe('Private key in OpenSSH or PEM format.'),
    passphrase_file: file.optional().describe('File with the passphrase of the private key.'),
    ...deadlines,
  })
  .refine((one) => (one.password_file === undefined) !== (one.key_file === undefined), {
    path: ['password_file'],
    error: 'either password_file or key_file',
  })
  .refine((one) => one.passphrase_file === undefined || one.key_file !== undefined, {
    path: ['passphrase_file'],
    error: 'a passphrase belongs to a key_file',
  });

/** The `sources:` section of doudi.yaml. */
export const sourcesSchema = z
  .array(z.discriminatedUnion('kind', [folder, http, sftp]))
  .default([])
  .refine((all) => new Set(all.map((one) => one.name)).size === all.length, {
    error: 'each source needs its own name',
  });

/** Allowed keys of a source, for the hint on an unknown key. */
export const SOURCE_KEYS: readonly string[] = [
  ...new Set([...[folder, http, sftp].flatMap((one) => Object.keys(one.shape)), ...ANSWER_KEYS]),
];

export interface Deadlines {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

interface Named {
  readonly name: string;
  /** null: every dataset. */
  readonly only: readonly string[] | null;
  /** null: reports stay in the home. */
  readonly answer: AnswerSetting | null;
}

export interface FolderSource extends Named {
  readonly kind: 'folder';
  readonly path: string;
}

export interface HttpSource extends Named {
  readonly kind: 'http';
  /** Ends with a slash. */
  readonly base: string;
  readonly redirectHosts: readonly string[];
  readonly allowPrivate: readonly string[];
  readonly tokenFile: string | undefined;
  readonly basicFile: string | undefined;
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly monthsBack: number;
  readonly deadlines: Deadlines;
}

export interface SftpSource extends Named {
  readonly kind: 'sftp';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  readonly hostKey: string;
  readonly passwordFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly passphraseFile: string | undefined;
  readonly deadlines: Deadlines;
}

export type Source = FolderSource | HttpSource | SftpSource;

function deadlinesOf(one: z.infer<typeof http> | z.infer<typeof sftp>): Deadlines {
  return {
    connectMs: one.connect_seconds * 1000,
    idleMs: one.idle_seconds * 1000,
    totalMs: one.total_seconds * 1000,
  };
}

/** @param at makes a path of the configuration absolute */
export function sourcesOf(
  list: z.infer<typeof sourcesSchema>,
  at: (file: string) => string,
): Source[] {
  const path = (one: string | undefined): string | undefined =>
    one === undefined ? undefined : at(one);
  return list.map((one): Source => {
    const named = {
      name: one.name,
      only: one.only ?? null,
      answer: answerOf(one.answer, at),
    };
    switch (one.kind) {
      case 'folder':
        return { ...named, kind: 'folder', path: at(one.path) };
      case 'http':
        return {
          ...named,
          kind: 'http',
          base: one.base.endsWith('/') ? one.base : `${one.base}/`,
          redirectHosts: one.redirect_hosts,
          allowPrivate: one.allow_private,
          tokenFile: path(one.token_file),
          basicFile: path(one.basic_file),
          caFile: path(one.ca_file),
          certFile: path(one.cert_file),
          keyFile: path(one.key_file),
          monthsBack: one.months_back,
          deadlines: deadlinesOf(one),
        };
      case 'sftp':
        return {
          ...named,
          kind: 'sftp',
          host: one.host,
          port: one.port,
          user: one.user,
          folder: one.folder.replace(/\/+$/, '') || '/',
          hostKey: one.host_key,
          passwordFile: path(one.password_file),
          keyFile: path(one.key_file),
          passphraseFile: path(one.passphrase_file),
          deadlines: deadlinesOf(one),
        };
    }
  });
}
