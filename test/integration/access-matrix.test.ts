/**
 * Every declared route and every face, asked by every role from its own region, a sibling, a parent and a child, and by
 * everybody without an account (promise G28). What is expected is the small table below, which knows nothing of the
 * program's own rules; a route that is not in it fails.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLE_LEVELS, ROLES, type Role } from '../../core/account.ts';
import { readAudit, type AuditEntry } from '../../store/audit/chain.ts';
import type { CountyLeadsAnswer, MonthAnswer, QueuesAnswer } from '../../web/api.ts';
import { loadQueries } from '../../dashboards/shared/load.ts';
import { declaredRoutes } from '../../web/declared.ts';
import type { Route, Unauthenticated } from '../../web/route.ts';
import { HAS_REDIS, withRedis } from '../support/redis.ts';
import { MONTH, PLACES, serveHome, type ServedHome } from '../support/signed-in.ts';

const ALL = Object.keys(ROLES) as Role[];
const LEAD: Role[] = [
  'village_assistant',
  'township_officer',
  'township_leader',
  'township_head',
  'county_civil_affairs',
  'county_rural_revitalization',
  'county_supervisor',
];
const FIGURES: Role[] = [...LEAD, 'prefecture_analyst', 'province_analyst'];

interface Expected {
  readonly roles: readonly Role[];
  readonly unauthenticated: readonly Unauthenticated[];
  /** Division that is asked about; null: the answer is of the asker's own region, or of none. */
  readonly at: string | null;
  /** Whoever is of a part of the place is answered of that part. */
  readonly part?: boolean;
  readonly person?: boolean;
  /** Whose it is, the book of cases says, which also knows of cases on their way to another county. */
  readonly inside?: boolean;
  readonly body?: (leads: ReadonlyMap<string, string>) => object;
  readonly url: (leads: ReadonlyMap<string, string>) => string;
  /** Status of whoever may; 200 unless a body would be needed. */
  readonly status?: number;
}

const lead = (leads: ReadonlyMap<string, string>): string => leads.get(PLACES.township) ?? '';
const anyone = { roles: [], unauthenticated: ['anyone'], at: null } as const;

const EXPECTED: Readonly<Record<string, Expected>> = {
  'GET /accounts': {
    roles: ['administrator'],
    unauthenticated: [],
    at: null,
    url: () => '/accounts',
  },
  // Nothing is sent: whoever may is told what is missing, or that there is no such account.
  'POST /accounts': {
    roles: ['administrator'],
    unauthenticated: [],
    at: null,
    url: () => '/accounts',
    status: 400,
  },
  'POST /accounts/:name/reset': {
    roles: ['administrator'],
    unauthenticated: [],
    at: null,
    url: () => '/accounts/nobody-here/reset',
    status: 404,
  },
  'POST /accounts/:name/close': {
    roles: ['administrator'],
    unauthenticated: [],
    at: null,
    url: () => '/accounts/nobody-here/close',
    status: 404,
  },
  'GET /audit': {
    roles: ['auditor'],
    unauthenticated: [],
    at: PLACES.county,
    part: true,
    person: true,
    url: () => `/audit?county=${PLACES.county}`,
  },
  'GET /cases': { roles: LEAD, unauthenticated: [], at: null, person: true, url: () => '/cases' },
  'GET /cases/:id': {
    roles: LEAD,
    unauthenticated: [],
    at: PLACES.township,
    person: true,
    inside: true,
    url: (leads) => `/cases/${lead(leads)}`,
  },
  // Somebody else was first, whoever asks: nothing is changed by this test.
  'POST /cases/:id/acts': {
    roles: LEAD,
    unauthenticated: [],
    at: PLACES.township,
    person: true,
    inside: true,
    url: (leads) => `/cases/${lead(leads)}/acts`,
    body: () => ({ action: 'take', version: 99, form: {} }),
    status: 409,
  },
  'POST /cases/batch': {
    roles: LEAD,
    unauthenticated: [],
    at: null,
    person: true,
    url: () => '/cases/batch',
    body: (leads) => ({
      action: 'take',
      form: {},
      items: [{ lead_id: lead(leads), version: 99 }],
    }),
  },
  'GET /townships/:code/plan': {
    roles: LEAD,
    unauthenticated: [],
    at: PLACES.township,
    person: true,
    url: () => `/townships/${PLACES.township}/plan?month=2025-11`,
  },
  'POST /leads': {
    roles: [
      'village_assistant',
      'township_officer',
      'county_civil_affairs',
      'county_rural_revitalization',
      'county_supervisor',
    ],
    unauthenticated: [],
    at: PLACES.township,
    person: true,
    url: () => '/leads',
    body: () => ({
      household_id: 'f'.repeat(32),
      township: PLACES.township,
      kind: 'finding',
      note: '走访发现',
    }),
  },
  'GET /reminders': {
    roles: LEAD,
    unauthenticated: [],
    at: null,
    person: true,
    url: () => '/reminders',
  },
  'POST /counties/:code/samples': {
    roles: ['county_supervisor', 'county_civil_affairs'],
    unauthenticated: [],
    at: PLACES.county,
    url: () => `/counties/${PLACES.county}/samples`,
    body: () => ({ month: '2025-11' }),
  },
  // The month is not over.
  'GET /counties/:code/samples/:month': {
    roles: ['county_supervisor', 'county_civil_affairs'],
    unauthenticated: [],
    at: PLACES.county,
    person: true,
    url: () => `/counties/${PLACES.county}/samples/2025-11`,
    status: 409,
  },
  'GET /counties/:code/returns': {
    roles: ['county_civil_affairs', 'county_rural_revitalization', 'department_recipient'],
    unauthenticated: [],
    at: PLACES.county,
    person: true,
    url: () => `/counties/${PLACES.county}/returns?month=2025-11`,
  },
  'GET /counties/:code/leads': {
    roles: LEAD,
    unauthenticated: ['operator'],
    at: PLACES.county,
    part: true,
    person: true,
    url: () => `/counties/${PLACES.county}/leads?month=${MONTH}`,
  },
  'GET /home': { roles: ALL, unauthenticated: ['operator'], at: null, url: () => '/home' },
  'GET /leads/:id': {
    roles: LEAD,
    unauthenticated: ['operator', 'county'],
    at: PLACES.township,
    person: true,
    url: (leads) => `/leads/${lead(leads)}`,
  },
  'GET /leads/:id/why': {
    roles: LEAD,
    unauthenticated: ['operator', 'county'],
    at: PLACES.township,
    person: true,
    url: (leads) => `/leads/${lead(leads)}/why`,
  },
  'GET /lists': {
    roles: [...FIGURES, 'department_recipient'],
    unauthenticated: ['operator'],
    at: null,
    url: () => `/lists?month=${MONTH}`,
  },
  'GET /map': { roles: ALL, unauthenticated: ['operator'], at: null, url: () => '/map' },
  'GET /months/:month': {
    roles: FIGURES,
    unauthenticated: ['operator'],
    at: null,
    url: () => `/months/${MONTH}`,
  },
  'GET /queues': {
    roles: [...FIGURES, 'administrator'],
    unauthenticated: ['operator'],
    at: null,
    url: () => '/queues',
  },
  'GET /schedule': {
    roles: [...FIGURES, 'administrator'],
    unauthenticated: ['operator'],
    at: null,
    url: () => '/schedule',
  },
  'GET /openapi.json': { ...anyone, url: () => '/openapi.json' },
  'GET /lead-job.schema.json': { ...anyone, url: () => '/lead-job.schema.json' },
  'GET /report.schema.json': { ...anyone, url: () => '/report.schema.json' },
  'GET /session': { ...anyone, url: () => '/session' },
  'POST /session': { ...anyone, url: () => '/session', status: 400 },
  'DELETE /session': { ...anyone, url: () => '/session' },
  'POST /session/password': { ...anyone, url: () => '/session/password', status: 400 },
};

/** Endpoints of the published figures: readers' tokens, the page's own charts, nothing else. */
const ENDPOINTS: Readonly<Record<string, { readonly roles: readonly Role[] }>> = {
  [`/rows/province_months?from=${MONTH}&to=${MONTH}&region=all`]: { roles: FIGURES },
  '/metrics': { roles: [] },
  '/grafana': { roles: [] },
};

/**
 * Queries that show leads. For the rest of those who see figures there is no such query, and that they asked is written
 * down; others are refused before it is looked at what they ask for.
 */
const LEAD_QUERIES: Readonly<Record<string, string>> = {
  county_urgent: `/rows/county_urgent?from=${MONTH}&to=${MONTH}&region=${PLACES.county}`,
};

/** The county asked about, what lies in it, what it lies in, and what lies beside each. */
const REGIONS = [
  '520000',
  PLACES.prefecture,
  '520300',
  PLACES.county,
  PLACES.sibling,
  PLACES.township,
  PLACES.otherTownship,
  `${PLACES.township}001`,
];

function levelOf(region: string): (typeof ROLE_LEVELS)[Role][number] {
  if (region.length === 12) return 'village';
  if (region.length === 9) return 'township';
  return region.endsWith('0000') ? 'province' : region.endsWith('00') ? 'prefecture' : 'county';
}

/** By the digits alone: codes of a place begin with those of what it lies in. */
function liesIn(place: string, region: string): boolean {
  const digits = { province: 2, prefecture: 4, county: 6, township: 9, village: 12 };
  return place.startsWith(region.slice(0, digits[levelOf(region)]));
}

const ACCOUNTS = ALL.flatMap((role) =>
  REGIONS.filter((region) =>
    (ROLE_LEVELS[role] as readonly string[]).includes(levelOf(region)),
  ).map((region) => ({ role, region })),
);

function statusFor(
  { roles, at, part, status = 200 }: Expected,
  role: Role,
  region: string,
): number {
  if (!roles.includes(role)) return 403;
  if (at === null || liesIn(at, region) || (part === true && liesIn(region, at))) return status;
  return 404;
}

const keyOf = ({ method, path }: Route): string => `${method} ${path}`;
const TOKEN = { county: 'token of a county', reader: 'token of a reader' } as const;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const county = `counties: { "${PLACES.county}": { consumer: external, token_sha256: "${sha256(TOKEN.county)}" } }\n`;
const reader = `readers: { board: { token_sha256: "${sha256(TOKEN.reader)}", counts: exact } }\n`;

let home: ServedHome;
let routes: Route[];
let stop: () => void = () => undefined;
let stopped: Promise<void> = Promise.resolve();

beforeAll(async () => {
  routes = await declaredRoutes();
  if (!HAS_REDIS) {
    home = await serveHome(reader);
    return;
  }
  // A county's own system takes its leads from a Redis.
  const url = await new Promise<string>((ready, failed) => {
    stopped = withRedis(async (redis) => {
      ready(redis.url);
      await new Promise<void>((resolve) => {
        stop = resolve;
      });
    });
    stopped.catch(failed);
  });
  home = await serveHome(county + reader, { queue: url });
}, 300_000);

afterAll(async () => {
  await home.close();
  stop();
  await stopped;
});

function ask(route: Route, headers: Record<string, string> = {}): Promise<Response> {
  const expected = EXPECTED[keyOf(route)];
  if (expected === undefined) throw new Error(`${keyOf(route)} is not in the table of this test`);
  const key = route.keyed ? { 'idempotency-key': 'matrix-of-access' } : {};
  const body = expected.body?.(home.leads);
  return home.ask(`/api${expected.url(home.leads)}`, {
    method: route.method,
    headers: {
      ...key,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('who may ask what', () => {
  it('the table has every declared route and no other', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(routes.map(keyOf).sort());
    expect([...home.leads.values()].every((id) => /^L[0-9a-f]{24}$/.test(id))).toBe(true);
  });

  it('the table has every query that shows leads, by its own word or by a column that names somebody', async () => {
    const showing = [...(await loadQueries()).values()].filter(
      ({ shows, columns }) =>
        shows === 'leads' || Object.keys(columns).some((name) => name.endsWith('_id')),
    );
    expect(showing.map(({ name }) => name)).toEqual(Object.keys(LEAD_QUERIES));
  });

  it('the office of a home without accounts sees what the table says', async () => {
    for (const route of routes) {
      const { unauthenticated = [], status = 200 } = EXPECTED[keyOf(route)] ?? {};
      const may = unauthenticated.includes('operator') || unauthenticated.includes('anyone');
      expect((await ask(route)).status, keyOf(route)).toBe(may ? status : 404);
    }
    for (const path of [...Object.keys(ENDPOINTS), ...Object.values(LEAD_QUERIES)])
      expect((await home.ask(path)).status, path).toBe(200);
  });

  it('every role from every region sees what the table says, and every reading is in the audit', async () => {
    const tokens = new Map<string, string>();
    for (const { role, region } of ACCOUNTS)
      tokens.set(`${role} ${region}`, await home.tokenOf(role, region));
    const { home: folder } = home.serving.held.store;
    const before = [...readAudit(folder)].length;
    const told: Pick<AuditEntry, 'role' | 'region' | 'route' | 'place' | 'outcome'>[] = [];
    for (const { role, region } of ACCOUNTS) {
      const as = bearer(tokens.get(`${role} ${region}`) ?? '');
      for (const route of routes) {
        const key = keyOf(route);
        const expected = EXPECTED[key];
        if (expected === undefined) throw new Error(key);
        const open = expected.unauthenticated.includes('anyone');
        const wanted = open ? (expected.status ?? 200) : statusFor(expected, role, region);
        const answer = await ask(route, as);
        await answer.arrayBuffer();
        expect(answer.status, `${key} as ${role} of ${region}`).toBe(wanted);
        // Somebody else's place is written down whatever was asked of it.
        if (expected.person === true || (wanted === 404 && expected.at !== null))
          told.push({
            role,
            region,
            route: key,
            place: wanted === 403 || expected.inside === true ? '' : (expected.at ?? ''),
            outcome:
              wanted === 200
                ? 'allowed'
                : wanted === 409
                  ? 'failed'
                  : wanted === 404 && expected.inside === true
                    ? 'unknown'
                    : 'denied',
          });
      }
      for (const [name, path] of Object.entries(LEAD_QUERIES)) {
        const expected = {
          roles: LEAD,
          unauthenticated: [],
          at: PLACES.county,
          part: true,
          url: () => path,
        };
        const may = statusFor(expected, role, region) === 200;
        const answer = await home.ask(path, { headers: as });
        await answer.arrayBuffer();
        expect(answer.status, `${name} as ${role} of ${region}`).toBe(may ? 200 : 404);
        if (FIGURES.includes(role))
          told.push({
            role,
            region,
            route: `GET /rows/${name}`,
            place: PLACES.county,
            outcome: may ? 'allowed' : 'denied',
          });
      }
      for (const [path, { roles }] of Object.entries(ENDPOINTS)) {
        const answer = await home.ask(path, { headers: as });
        await answer.arrayBuffer();
        expect(answer.status, `${path} as ${role}`).toBe(roles.includes(role) ? 200 : 404);
      }
    }
    const written = [...readAudit(folder)]
      .slice(before)
      .map(({ role, region, route, place, outcome }) => ({ role, region, route, place, outcome }));
    // Of a part of the county only the part is asked about; the entry says what was asked.
    expect(written).toEqual(told);
    expect(told.length).toBeGreaterThan(100);
  }, 300_000);

  it('tokens of programs and nobody see what the table says', async () => {
    for (const route of routes) {
      const key = keyOf(route);
      const { unauthenticated = [], status = 200 } = EXPECTED[key] ?? {};
      const open = unauthenticated.includes('anyone');
      expect((await ask(route)).status, `${key} as nobody`).toBe(open ? status : 401);
      expect((await ask(route, bearer(TOKEN.reader))).status, `${key} as a reader`).toBe(
        open ? status : 404,
      );
      expect((await ask(route, bearer('made up'))).status, `${key} by a made-up token`).toBe(401);
      if (HAS_REDIS)
        expect((await ask(route, bearer(TOKEN.county))).status, `${key} as a county`).toBe(
          open || unauthenticated.includes('county') ? status : 404,
        );
    }
    for (const path of Object.keys(ENDPOINTS)) {
      expect((await home.ask(path)).status, path).toBe(401);
      expect((await home.ask(path, { headers: bearer(TOKEN.reader) })).status, path).toBe(200);
    }
    for (const path of Object.values(LEAD_QUERIES)) {
      expect((await home.ask(path)).status, path).toBe(401);
      const answer = await home.ask(path, { headers: bearer(TOKEN.reader) });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    if (!HAS_REDIS) return;
    const other = home.leads.get(PLACES.sibling) ?? '';
    const foreign = await home.ask(`/api/leads/${other}`, { headers: bearer(TOKEN.county) });
    expect(foreign.status).toBe(404);
  });
});

describe('what is answered', () => {
  const json = async <T>(path: string, role: Role, region: string): Promise<T> => {
    const as = bearer(await home.tokenOf(role, region));
    return (await (await home.ask(path, { headers: as })).json()) as T;
  };

  it('a lead of another region is answered as one that does not exist', async () => {
    const as = bearer(await home.tokenOf('county_supervisor', PLACES.sibling));
    const ids = [home.leads.get(PLACES.township) ?? '', `L${'0'.repeat(24)}`];
    const answers = await Promise.all(
      ids.map(async (id) => {
        const answer = await home.ask(`/api/leads/${id}`, { headers: as });
        const { headers, status } = answer;
        return { status, text: await answer.text(), type: headers.get('content-type') };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('a township sees its own part of the county’s queue', async () => {
    const path = `/api/counties/${PLACES.county}/leads?month=${MONTH}`;
    const townshipsOf = async (role: Role, region: string): Promise<(string | null)[]> => {
      const { leads, total } = await json<CountyLeadsAnswer>(path, role, region);
      expect(total).toBe(leads.length);
      return leads.map(({ township }) => township).sort();
    };
    expect(await townshipsOf('township_officer', PLACES.township)).toEqual([PLACES.township]);
    expect(await townshipsOf('village_assistant', PLACES.otherTownship)).toEqual([
      PLACES.otherTownship,
    ]);
    expect(await townshipsOf('county_civil_affairs', PLACES.county)).toEqual([
      PLACES.township,
      PLACES.otherTownship,
    ]);
    expect(await townshipsOf('village_assistant', `${PLACES.township}001`)).toEqual([]);
  });

  it('a query of leads shows a township its own part, a village none, in every format', async () => {
    const path = LEAD_QUERIES['county_urgent'] ?? '';
    const idsOf = async (role: Role, region: string): Promise<string[]> => {
      const as = bearer(await home.tokenOf(role, region));
      const { data } = (await (await home.ask(path, { headers: as })).json()) as {
        data: { lead_id: string; township: string }[];
      };
      const texts = await Promise.all(
        ['csv', 'arrow'].map(async (format) =>
          Buffer.from(
            await (await home.ask(`${path}&format=${format}`, { headers: as })).arrayBuffer(),
          ).toString('latin1'),
        ),
      );
      for (const id of home.leads.values())
        for (const text of texts)
          expect(text.includes(id)).toBe(data.some(({ lead_id: shown }) => shown === id));
      return data.map(({ lead_id: id }) => id).sort();
    };
    const own = (...places: string[]): (string | undefined)[] =>
      places.map((place) => home.leads.get(place)).sort();
    const { township, otherTownship, county, sibling } = PLACES;
    expect(await idsOf('county_civil_affairs', county)).toEqual(own(township, otherTownship));
    expect(await idsOf('township_officer', township)).toEqual(own(township));
    expect(await idsOf('village_assistant', otherTownship)).toEqual(own(otherTownship));
    expect(await idsOf('village_assistant', `${township}001`)).toEqual([]);
    expect(own(sibling)[0]).toBeDefined();
  });

  it('a query of leads is for others as one that there is not, by every way in', async () => {
    const path = LEAD_QUERIES['county_urgent'] ?? '';
    const unknown = path.replace('urgent', 'nothing');
    for (const as of [
      bearer(await home.tokenOf('province_analyst', '520000')),
      bearer(await home.tokenOf('prefecture_analyst', PLACES.prefecture)),
      bearer(TOKEN.reader),
    ])
      for (const format of ['json', 'csv', 'arrow']) {
        const [one, other] = await Promise.all(
          [path, unknown].map(async (asked) => {
            const answer = await home.ask(`${asked}&format=${format}`, { headers: as });
            return { status: answer.status, text: await answer.text() };
          }),
        );
        expect(one).toEqual(other);
        expect(one?.status).toBe(404);
      }
  });

  it('figures are those of the counties in one’s region', async () => {
    const month = `/api/months/${MONTH}`;
    const of = async (role: Role, region: string) => {
      const { counties, leads, rules, warnings } = await json<MonthAnswer>(month, role, region);
      const hits = rules.find(({ id }) => id === 'EDU-02')?.hits;
      return { counties: counties.length, open: leads.open, hits, more: warnings > 0 };
    };
    const all = await of('province_analyst', '520000');
    expect(all).toMatchObject({ counties: 88, hits: 4 });
    expect(await of('prefecture_analyst', PLACES.prefecture)).toMatchObject({ hits: 3 });
    expect(await of('prefecture_analyst', '520300')).toMatchObject({ hits: 1 });
    expect(await of('county_supervisor', PLACES.sibling)).toMatchObject({ counties: 1, hits: 1 });
    const { counties } = await json<QueuesAnswer>(
      '/api/queues',
      'county_supervisor',
      PLACES.county,
    );
    expect(counties.map(({ code }) => code)).toEqual([PLACES.county]);
  });

  it('every answer is of the shape that its route declares', async () => {
    for (const route of routes) {
      const expected = EXPECTED[keyOf(route)];
      if (expected === undefined || route.raw !== null || expected.status !== undefined) continue;
      const role = expected.roles.find((one) => ROLE_LEVELS[one].length > 0) ?? 'auditor';
      const region = ACCOUNTS.find(
        (one) => one.role === role && statusFor(expected, role, one.region) === 200,
      )?.region;
      const as = bearer(await home.tokenOf(role, region ?? '520000'));
      const told: unknown = await (await ask(route, as)).json();
      expect(route.answer.safeParse(told).error, keyOf(route)).toBeUndefined();
    }
  });

  it('an auditor reads of its own region only', async () => {
    const entriesOf = async (region: string): Promise<Set<string>> => {
      const { entries } = await json<{ entries: AuditEntry[] }>(
        '/api/audit?size=1000',
        'auditor',
        region,
      );
      return new Set(entries.flatMap((entry) => [entry.region, entry.place]));
    };
    const own = await entriesOf(PLACES.sibling);
    expect(own.has(PLACES.sibling)).toBe(true);
    // What the neighbour's people asked of the neighbour is none of its business.
    const { entries } = await json<{ entries: AuditEntry[] }>(
      '/api/audit?size=1000',
      'auditor',
      PLACES.sibling,
    );
    const foreign = entries.filter(
      ({ region, place }) =>
        ![region, place].some((code) => code !== '' && liesIn(code, PLACES.sibling)),
    );
    expect(foreign).toEqual([]);
    expect((await entriesOf('520000')).has(PLACES.county)).toBe(true);
  });
});
