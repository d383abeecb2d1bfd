/**
 * Programs that may read the published figures besides the page: Grafana, a notebook. Each has a token of its own, of
 * which only the SHA-256 is kept, and a part of the province that it may see.
 */
import { z } from 'zod';

/** exact: a reader inside civil affairs' own scope. protected: small counts masked, the others rounded (promise G24). */
const counts = z.enum(['exact', 'protected']).default('protected');
const region = z.string().regex(/^\d{6}$/, 'a division code of six digits');

/** One name as a header can carry it, never what a program leaves in the place of one (`${__user.login}`). */
const userName = z
  .string()
  .regex(/^(?!.*\$\{)[^\s,](?:[^,]*[^\s,])?$/, 'a name of a user, without commas and ${…}');

const reader = z.strictObject({
  /** Digest of the token; left out, it comes from DOUDI_READER_TOKENS. */
  token_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'a SHA-256, 64 lower-case hex digits')
    .optional(),
  /** Province, prefecture or county that it may see; left out, the whole province. */
  region: region.optional(),
  counts,
  /** Header that a trusted program puts its user's name into, e.g. `x-grafana-user`. */
  user_header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of a header')
    .optional(),
  /** What each user may see, by name; with it nobody else may see anything. */
  users: z.record(userName, z.strictObject({ region: region.optional(), counts })).optional(),
  /** The token of alert rules: it opens their queries and nothing else, and no user asks with it. */
  alerts: z.boolean().default(false),
});

/** `readers:` of doudi.yaml, by the name of the program. */
export const readersSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
    reader
      .refine(({ users, user_header: header }) => users === undefined || header !== undefined, {
        message: 'users need user_header, or nobody could be told from another',
        path: ['users'],
      })
      .refine(({ users, alerts }) => users === undefined || !alerts, {
        message: 'alert rules are asked for by no user',
        path: ['users'],
      }),
  )
  .default({});

export const READER_KEYS = ['token_sha256', 'region', 'counts', 'user_header', 'users', 'alerts'];

export interface Sight {
  /** null: the whole province. */
  readonly region: string | null;
  readonly counts: 'exact' | 'protected';
}

export interface Reader extends Sight {
  readonly name: string;
  /** null: it comes from the environment, or nobody can be this reader. */
  readonly tokenSha256: string | null;
  /** In lower case. */
  readonly userHeader: string | null;
  readonly users: ReadonlyMap<string, Sight> | null;
  /** It opens the queries of alert rules and nothing else. */
  readonly alerts: boolean;
}

export function readersOf(data: z.infer<typeof readersSchema>): Reader[] {
  return Object.entries(data).map(([name, one]) => ({
    name,
    tokenSha256: one.token_sha256 ?? null,
    region: one.region ?? null,
    counts: one.counts,
    userHeader: one.user_header?.toLowerCase() ?? null,
    alerts: one.alerts,
    users:
      one.users === undefined
        ? null
        : new Map(
            Object.entries(one.users).map(([user, sight]) => [
              user,
              { region: sight.region ?? null, counts: sight.counts },
            ]),
          ),
  }));
}
