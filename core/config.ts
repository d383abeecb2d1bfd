/** A home's `doudi.yaml`: read once and validated; an unknown key is refused with the nearest known one as a hint. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { ANSWER_KEYS, answerOf, answerSchema, type AnswerSetting } from './answer.ts';
import { MonitorError } from './errors.ts';
import { parameterSchema, type PlacedParameter } from './parameter.ts';
import { READER_KEYS, readersOf, readersSchema, type Reader } from './readers.ts';
import { SOURCE_KEYS, sourcesOf, sourcesSchema, type Source } from './sources.ts';
import { openYaml } from './yaml.ts';
import { faultsOf } from './schema-faults.ts';

const province = z.preprocess(
  (v) => (typeof v === 'number' || typeof v === 'string' ? String(v).padEnd(6, '0') : v),
  z.string().regex(/^\d{2}0000$/, 'a province code, e.g. "520000"'),
);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256, 64 lower-case hex digits');

/** Five fields of cron; node-cron reads them in Asia/Shanghai. */
const cron = z
  .string()
  .regex(/^\S+ \S+ \S+ \S+ \S+$/, 'five fields: minute hour day month weekday, e.g. "0 6 8 * *"');

/** Who consumes a county's queue: this program, or the county's own system with a BullMQ client, never both. */
const county = z.discriminatedUnion('consumer', [
  z.strictObject({
    consumer: z.literal('built-in'),
    webhook: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }),
        /** File with the key that bodies are signed with, relative to the home. */
        secret_file: z.string(),
      })
      .optional(),
  }),
  z.strictObject({
    consumer: z.literal('external'),
    /** Digest of the token the county fetches its leads with; the county keeps the token itself. */
    token_sha256: sha256,
  }),
]);

export const configSchema = z.strictObject({
  province,
  /** CSV of the province's divisions, relative to the home; defaults to the shipped file. */
  divisions: z.string().optional(),
  /** The people in this home are synthetic; pages say so. */
  demo: z.boolean().default(false),
  /** Folder that scheduled runs collect from, relative to the home; `run --inbox` names another by hand. */
  inbox: z.string().optional(),
  /** How departments that deliver there are answered (docs/answers.md); without it, reports stay in the home. */
  inbox_answer: answerSchema.optional(),
  /** Servers and folders from which scheduled runs fetch extracts (docs/add-a-source.md). */
  sources: sourcesSchema,
  limits: z
    .strictObject({
      /** Share of bad rows above which the whole file is refused (contracts.md section 1: 5 %). */
      bad_row_share: z.number().min(0).max(1).default(0.05),
      /** Bytes above which an extract is refused as `too-large`. */
      file_bytes: z
        .number()
        .int()
        .positive()
        .default(8 * 2 ** 30),
      /**
       * Share by which the row count of an extract without a manifest may differ from last month's without a sign-off.
       */
      row_drift: z.number().min(0).max(1).default(0.2),
    })
    .prefault({}),
  parameters: z.array(parameterSchema).default([]),
  /** Rules of maturity `trial` that are in force in this home, e.g. HSG-01. */
  trial: z.array(z.string()).default([]),
  /** Counties that differ from the default, which is `built-in` without a webhook. */
  counties: z.record(z.string().regex(/^\d{6}$/, 'a county code'), county).default({}),
  /** Programs that may read the published figures (docs/grafana.md). */
  readers: readersSchema,
  /** Signing in (docs/accounts.md); security settings, not taken from any notice. */
  accounts: z
    .strictObject({
      /** Failed attempts after which an account is locked, and for how long. */
      lock_tries: z.number().int().min(1).max(20).default(5),
      lock_minutes: z.number().int().min(1).max(1440).default(15),
      /** A session ends after this much inactivity, and after this many hours at the latest. */
      idle_minutes: z.number().int().min(1).max(480).default(30),
      session_hours: z.number().int().min(1).max(24).default(12),
    })
    .prefault({}),
  queue: z
    .strictObject({
      /** How often the ledger and the queues are compared. */
      reconcile_seconds: z.number().int().min(1).max(3600).default(60),
      /** Time after which the job of a dead worker is given to another. */
      lock_seconds: z.number().int().min(1).max(300).default(15),
      /** Leads that one county's worker handles at once. */
      concurrency: z.number().int().min(1).max(64).default(8),
      /** Attempts before a job is given up, and the wait after the first; each further wait is twice as long. */
      tries: z.number().int().min(1).max(20).default(12),
      first_wait_seconds: z.number().min(0.01).max(3600).default(2),
    })
    .prefault({}),
  /**
   * The schedule, for the previous month. Settlements of a month are due by the 5th of the next (rule ILL-01's source),
   * the monthly run comes after that, and the lists follow in the same month ([A] 二（三）三: monthly).
   */
  schedule: z
    .strictObject({
      collect: cron.default('0 2 * * *'),
      /** Sources collected at other times, by `agency/dataset`. */
      collect_of: z.record(z.string().regex(/^[a-z-]+\/[a-z-]+$/), cron).default({}),
      run: cron.default('0 6 8 * *'),
      lists: cron.default('0 8 10 * *'),
      /** When undelivered answers are retried. */
      answers: cron.default('47 * * * *'),
    })
    .prefault({}),
});

export interface Config {
  readonly province: string;
  readonly divisions: string | undefined;
  readonly inbox: string | undefined;
  readonly inboxAnswer: AnswerSetting | null;
  readonly demo: boolean;
  readonly sources: readonly Source[];
  readonly limits: {
    readonly badRowShare: number;
    readonly fileBytes: number;
    readonly rowDrift: number;
  };
  readonly parameters: readonly PlacedParameter[];
  readonly trial: readonly string[];
  readonly counties: ReadonlyMap<string, CountySettings>;
  readonly readers: readonly Reader[];
  readonly accounts: AccountSettings;
  readonly queue: {
    readonly reconcileMs: number;
    readonly lockMs: number;
    readonly concurrency: number;
    readonly tries: number;
    readonly firstWaitMs: number;
  };
  readonly schedule: {
    readonly collect: string;
    readonly collectOf: Readonly<Record<string, string>>;
    readonly run: string;
    readonly lists: string;
    readonly answers: string;
  };
}

export interface AccountSettings {
  readonly lockTries: number;
  readonly lockMs: number;
  readonly idleMs: number;
  readonly sessionMs: number;
}

export type CountySettings =
  | {
      readonly consumer: 'built-in';
      readonly webhook?: { readonly url: string; readonly secretFile: string };
    }
  | { readonly consumer: 'external'; readonly tokenSha256: string };

/** A home without a doudi.yaml is in Guizhou, the one province whose divisions and notices are shipped in full. */
export const DEFAULT_PROVINCE = '520000';

/** Keys allowed where an unknown one was found, for the hint. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  limits: ['bad_row_share', 'file_bytes', 'row_drift'],
  sources: SOURCE_KEYS,
  inbox_answer: ANSWER_KEYS,
  parameters: Object.keys(parameterSchema.shape),
  counties: ['consumer', 'webhook', 'url', 'secret_file', 'token_sha256'],
  readers: READER_KEYS,
  accounts: ['lock_tries', 'lock_minutes', 'idle_minutes', 'session_hours'],
  queue: ['reconcile_seconds', 'lock_seconds', 'concurrency', 'tries', 'first_wait_seconds'],
  schedule: ['collect', 'collect_of', 'run', 'lists', 'answers'],
};

function knownKeys(path: readonly PropertyKey[]): string[] {
  const [top] = path;
  return top === undefined ? Object.keys(configSchema.shape) : [...(KNOWN[String(top)] ?? [])];
}

function settingsOf(one: z.infer<typeof county>, at: (file: string) => string): CountySettings {
  if (one.consumer === 'external') return { consumer: 'external', tokenSha256: one.token_sha256 };
  const { webhook } = one;
  return webhook === undefined
    ? { consumer: 'built-in' }
    : {
        consumer: 'built-in',
        webhook: { url: webhook.url, secretFile: at(webhook.secret_file) },
      };
}

/**
 * @param home folder of the deployment
 * @throws MonitorError `config` naming every wrong key, before any work starts
 */
export function readConfig(home: string): Config {
  const path = join(home, 'doudi.yaml');
  const file = existsSync(path) ? openYaml(path, path, 'config') : null;
  const result = configSchema.safeParse(
    file === null ? { province: DEFAULT_PROVINCE } : file.value,
  );
  if (!result.success) {
    const faults = file === null ? [] : faultsOf(result.error, file, knownKeys);
    throw new MonitorError('config', `${path}, ${faults.join('; ')}`, {
      fix: 'correct the keys named; docs/operations.md lists all of them',
    });
  }
  const { data } = result;
  const at = (file: string): string => (isAbsolute(file) ? file : join(home, file));
  const inHome = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : at(file);
  return {
    province: data.province,
    divisions: inHome(data.divisions),
    inbox: inHome(data.inbox),
    inboxAnswer: answerOf(data.inbox_answer, at),
    demo: data.demo,
    sources: sourcesOf(data.sources, at),
    limits: {
      badRowShare: data.limits.bad_row_share,
      fileBytes: data.limits.file_bytes,
      rowDrift: data.limits.row_drift,
    },
    parameters: data.parameters.map((value, index) => ({
      ...value,
      place: `doudi.yaml, line ${file?.lineAt(['parameters', index]) ?? 1}`,
    })),
    trial: data.trial,
    counties: new Map(
      Object.entries(data.counties).map(([code, one]) => [code, settingsOf(one, at)]),
    ),
    readers: readersOf(data.readers),
    accounts: {
      lockTries: data.accounts.lock_tries,
      lockMs: data.accounts.lock_minutes * 60_000,
      idleMs: data.accounts.idle_minutes * 60_000,
      sessionMs: data.accounts.session_hours * 3_600_000,
    },
    queue: {
      reconcileMs: data.queue.reconcile_seconds * 1000,
      lockMs: data.queue.lock_seconds * 1000,
      concurrency: data.queue.concurrency,
      tries: data.queue.tries,
      firstWaitMs: data.queue.first_wait_seconds * 1000,
    },
    schedule: {
      collect: data.schedule.collect,
      collectOf: data.schedule.collect_of,
      run: data.schedule.run,
      lists: data.schedule.lists,
      answers: data.schedule.answers,
    },
  };
}
