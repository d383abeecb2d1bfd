/**
 * Programs that may read the published figures besides the page: Grafana, a notebook. Each has its own
 * token, stored only as SHA-256, and a part of the province that it may see.
 */
import { z } from 'zod';

/** exact: a reader inside civil affairs' own scope. protected: small counts masked, the others rounded (promise G24). */
const counts = z.enum(['exact', 'protected']).default('protected');
const region = z.string().regex(/^\d{6}$/, 'a division code of six digits');

/** A user name as sent in a header, never an unfilled placeholder (`${__user.login}`). */
const userName = z
  .string()
  .regex(/^(?!.*\$\{)[^\s,](?:[^,]*[^\s,])?$/, 'a name of a user, without commas and ${…}');

const reader = z.strictObject({
  /** Digest of the token; when omitted, it comes from DOUDI_READER_TOKENS. */
  token_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'a SHA-256, 64 lower-case hex digits')
    .optional(),
  /** Province, prefecture or county that it may see; when omitted, the whole province. */
  region: region.optional(),
  counts,
  /** Header in which a trusted program sends its user's name, e.g. `x-grafana-user`. */
  user_header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of a header')
    .optional(),
  /** What each user may see, by name; when set, nobody else sees anything. */
  users: z.record(userName, z.strictObject({ region: region.optional(), counts })).optional(),
  /** The token for alert rules: it allows only their queries and carries no user name. */
  alerts: z.boolean().default(false),
});

/** `readers:` of doudi.yaml, by the name of the program. */
export const readersSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
    reader
      .refine(({ users, user_header: header }) => users === undefined || header !== undefined, {
        message: 'users needs user_header to tell users apart',
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
  /** null: no token in doudi.yaml; without one from the environment the reader is disabled. */
  readonly tokenSha256: string | null;
  /** In lower case. */
  readonly userHeader: string | null;
  readonly users: ReadonlyMap<string, Sight> | null;
  /** Allows only the queries of alert rules. */
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
