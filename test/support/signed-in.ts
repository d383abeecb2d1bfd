/** A served home with leads in several townships and counties, a clock that can be moved, and accounts to ask with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Serving } from '../../cli/serve/start.ts';
import type { Role } from '../../core/account.ts';
import type { Clock } from '../../core/clock.ts';
import {
  addAccount,
  giveToken,
  type AccountKeeper,
  type NewCredentials,
} from '../../store/accounts/accounts.ts';
import { URI } from 'otpauth';
import { CONFIG, doudi } from './doudi.ts';
import { withFewCounties } from './few-counties.ts';
import { serveHere } from './in-process.ts';
import { csv, deliver, ENROLMENT, home as household, person } from './inbox.ts';
import { MovedClock } from './moved-clock.ts';

export const MONTH = '2025-10';

/** Where the leads of the home are: two townships and the rest of a county, its neighbour, another prefecture. */
export const PLACES = {
  township: '520102016',
  otherTownship: '520102017',
  county: '520102',
  sibling: '520103',
  prefecture: '520100',
  stranger: '520302',
} as const;

const ASSISTANCE =
  'person_id,household_id,county,township,village,residence,programme,status,status_date,household_size';

export interface ServedHome {
  readonly folder: string;
  readonly serving: Serving;
  readonly clock: MovedClock;
  readonly keeper: AccountKeeper;
  /** One lead of each place, by the place's code. */
  readonly leads: ReadonlyMap<string, string>;
  /** `GET` unless told otherwise. */
  ask(path: string, options?: RequestInit): Promise<Response>;
  add(name: string, role: Role, region: string): Promise<NewCredentials>;
  /** A bearer token of a new account of this role and region; the same one for the same pair. */
  tokenOf(role: Role, region: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param config lines of doudi.yaml after the trial figures
 * @param options.queue address of a Redis; undefined: the embedded queue
 * @param options.page folder of the built page; null: none
 * @param options.few whether the province has five counties only
 */
export async function serveHome(
  config = '',
  { queue, page = null, few = false }: { queue?: string; page?: string | null; few?: boolean } = {},
): Promise<ServedHome> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-'));
  writeFileSync(join(folder, 'doudi.yaml'), CONFIG + config);
  if (few) withFewCounties(folder);
  const inbox = join(folder, 'inbox');
  const places: [county: string, township: string][] = [
    [PLACES.county, PLACES.township],
    [PLACES.county, PLACES.otherTownship],
    [PLACES.sibling, ''],
    [PLACES.stranger, ''],
  ];
  deliver(
    inbox,
    `education/enrolment/${MONTH}.csv`,
    csv(
      ENROLMENT,
      places.map(([county], n) => `${person(n + 1)},${county},junior,dropout,,,`),
    ),
  );
  deliver(
    inbox,
    `civil-affairs/assistance/${MONTH}.csv`,
    csv(
      ASSISTANCE,
      places.map(
        ([county, township], n) =>
          `${person(n + 1)},${household(n + 1)},${county},${township === '' ? `${county}001` : township},,rural,rural_dibao,active,2025-01-01,1`,
      ),
    ),
  );
  const clock = new MovedClock('2025-11-11T01:00:00Z');
  await doudi(folder, ['run', '--month', MONTH, '--inbox', inbox], clock);
  const rows = (await doudi(folder, ['leads', '--month', MONTH], clock))
    .trim()
    .split('\n')
    .slice(1);
  const leads = new Map<string, string>();
  for (const row of rows) {
    const [id = '', , , , county = '', township = ''] = row.split(',');
    for (const place of [county, township].filter((code) => code !== '')) leads.set(place, id);
  }
  const { serving, accounts: keeper } = await serveHere(folder, clock, { queue, page });
  const tokens = new Map<string, string>();
  const add = (name: string, role: Role, region: string): Promise<NewCredentials> =>
    addAccount(keeper, { name, role, region, expires: null, by: 'test' });
  return {
    folder,
    serving,
    clock,
    keeper,
    leads,
    ask: (path, options = {}) => fetch(`${serving.address}${path}`, options),
    add,
    async tokenOf(role, region) {
      const name = `${role.replaceAll('_', '-')}-${region}`;
      const token = tokens.get(name);
      if (token !== undefined) return token;
      await add(name, role, region);
      const made = await giveToken(keeper, name, 'test', null);
      tokens.set(name, made);
      return made;
    },
    async close() {
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The code of a second factor at the clock's time; empty for a role that has none. */
export function codeOf({ otpauth }: NewCredentials, clock: Clock): string {
  if (otpauth === null) return '';
  const totp = URI.parse(otpauth);
  return totp.generate({ timestamp: clock.now().getTime() });
}

/** A browser as far as cookies go: one session, its CSRF token with every write. */
export class Visitor {
  cookie = '';
  csrf = '';
  private readonly home: ServedHome;

  constructor(home: ServedHome) {
    this.home = home;
  }

  async ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
    const answer = await this.home.ask(path, {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.csrf === '' ? {} : { 'x-csrf-token': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    const told = (await answer.json()) as Record<string, unknown> & { csrf?: string | null };
    if (typeof told.csrf === 'string') this.csrf = told.csrf;
    return { status: answer.status, told, set };
  }

  signIn(name: string, password: string, code = '') {
    return this.ask('POST', '/api/session', { name, password, code });
  }

  change(old: string, next: string) {
    return this.ask('POST', '/api/session/password', { old, new: next });
  }
}
