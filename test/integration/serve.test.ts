/** One process holds the home: commands go through it, the interface answers, and only to those who may ask. */
import { createHash } from 'node:crypto';
import { request as ask } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CountyLeadsAnswer,
  HomeAnswer,
  LeadAnswer,
  LeadWhyAnswer,
  MonthAnswer,
  ProblemAnswer,
  QueuesAnswer,
  ScheduleAnswer,
} from '../../web/api.ts';
import { CONFIG, doudi, parseCsv, spawnDoudi, withFolder, withHome } from '../support/doudi.ts';
import { configure, makeLeads, MONTH, until } from '../support/queues.ts';
import { freePort, HAS_REDIS, withRedis } from '../support/redis.ts';
import { serve, type Served } from '../support/served.ts';

async function withServed<T>(
  home: string,
  work: (served: Served) => Promise<T>,
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const served = await serve(home, env);
  try {
    return await work(served);
  } finally {
    await served.stop();
  }
}

async function arrived(served: Served, count: number): Promise<void> {
  const all = async (): Promise<boolean> => {
    const { counties } = await served.json<QueuesAnswer>('/api/queues');
    return counties.reduce((sum, county) => sum + county.delivered, 0) === count;
  };
  await until(`${count} delivered`, all, 30_000, 250);
}

/** The status of a request that carries another host's name. */
function statusAs(served: Served, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(served.address);
    ask({ hostname, port, path: '/api/home', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('doudi serve', () => {
  it('holds the home: commands go through its socket and print what they print without it', async () => {
    await withHome(async (home) => {
      await makeLeads(home, 176);
      const alone = await doudi(home, ['leads', '--month', MONTH]);
      const warnings = await doudi(home, ['warnings', '--month', MONTH]);
      await withServed(home, async (served) => {
        await arrived(served, 176);
        const through = await spawnDoudi(home, ['leads', '--month', MONTH]);
        expect(through).toMatchObject({ code: 0, stdout: alone, stderr: '' });
        const both = await Promise.all([
          spawnDoudi(home, ['warnings', '--month', MONTH]),
          spawnDoudi(home, ['run', '--month', MONTH, '--inbox', `${home}/inbox`, '--json']),
          spawnDoudi(home, ['verify', '--json']),
        ]);
        expect(both.map(({ code }) => code)).toEqual([0, 0, 0]);
        expect(both[0].stdout).toBe(warnings);
        expect(JSON.parse(both[1].stdout)).toMatchObject({ changed: false });
        expect(JSON.parse(both[2].stdout)).toMatchObject({ ok: true });
        const rules = await spawnDoudi(home, ['rules', 'check']);
        expect(rules.stdout).not.toContain('dibao-standard');
        const wrong = await spawnDoudi(home, ['leads', '--month', '2025-13']);
        expect(wrong.code).toBe(2);
        expect(wrong.stderr).toContain('not a month');
        const second = await spawnDoudi(home, ['serve']);
        expect(second.code).toBe(1);
        expect(second.stderr).toContain('ledger-busy');
        const rebuilt = await spawnDoudi(home, ['rebuild']);
        expect(rebuilt).toMatchObject({ code: 1 });
        expect(rebuilt.stderr).toContain('ledger-busy');
      });
      expect(await doudi(home, ['leads', '--month', MONTH])).toBe(alone);
    });
  });

  it('a lead closed through it is closed in the ledger and on the page', async () => {
    await withHome(async (home) => {
      await makeLeads(home, 2, { places: 3 });
      await withServed(home, async (served) => {
        const path = `/api/counties/520102/leads?month=${MONTH}`;
        const { leads } = await served.json<CountyLeadsAnswer>(path);
        const id = leads[0]?.lead_id ?? '';
        const words = ['leads', 'close', id, '--outcome', 'assisted', '--reason', '已复学'];
        expect((await spawnDoudi(home, [...words, '--month', MONTH])).code).toBe(0);
        const lead = await served.json<LeadAnswer>(`/api/leads/${id}`);
        expect(lead).toMatchObject({ status: 'closed', outcome: { reason: '已复学' } });
        await until('published', async () => {
          const month = await served.json<MonthAnswer>(`/api/months/${MONTH}`);
          return month.leads.closed === 1 && month.leads.open === 1;
        });
      });
    });
  });

  it('is live at once, ready when the ledger can be written, and starts again after SIGKILL', async () => {
    await withHome(async (home) => {
      await makeLeads(home, 88, { places: 3 });
      const killed = await serve(home);
      expect((await killed.get('/live')).status).toBe(200);
      expect(await killed.json('/ready')).toEqual({ ready: true, queue: 'there' });
      await killed.kill();
      await withServed(home, async (served) => {
        expect(await served.json('/ready')).toMatchObject({ ready: true });
        await arrived(served, 88);
      });
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('has its port open while it opens the home, and says what everybody waits for', async () => {
    await withHome(async (home) => {
      const listen = `127.0.0.1:${await freePort()}`;
      const starting = serve(home, { DOUDI_LISTEN: listen });
      const seen: { status: number; again: string | null; body: string }[] = [];
      const ask = async (path: string, accept = 'application/json'): Promise<void> => {
        await fetch(`http://${listen}${path}`, { headers: { accept } }).then(
          async (answer) => {
            const again = answer.headers.get('retry-after');
            seen.push({ status: answer.status, again, body: await answer.text() });
          },
          () => undefined,
        );
      };
      while (seen.at(-1)?.status !== 200) await ask('/ready');
      const served = await starting;
      try {
        expect(seen[0]).toMatchObject({ status: 503, again: '2' });
        expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
          code: 'starting',
          message: 'the ledger is being opened',
          zh: '正在打开台账',
        });
        expect(JSON.parse(seen.at(-1)?.body ?? '')).toMatchObject({ ready: true });
      } finally {
        await served.kill();
      }
    });
  });

  it('SIGTERM ends it in order: exit code 0, no socket left, nothing on the streams about anyone', async () => {
    await withHome(async (home) => {
      await makeLeads(home, 88, { places: 3 });
      const served = await serve(home, { DOUDI_LOG: 'debug' });
      await arrived(served, 88);
      expect(await served.stop()).toBe(0);
      expect(served.said()).not.toMatch(/[0-9a-f]{32}/);
      expect(served.said()).not.toMatch(/L[0-9a-f]{24}/);
      const after = await spawnDoudi(home, ['queues', '--json']);
      expect(after.code).toBe(0);
    });
  });
});

describe('the interface', () => {
  /** One server for the tests that only ask. */
  let served: Served;
  let folder: string;
  /** What the command line prints. */
  let printed: Record<'warnings' | 'leads' | 'rated', Record<string, string>[]>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doudi-'));
    writeFileSync(join(folder, 'doudi.yaml'), CONFIG);
    await makeLeads(folder, 352);
    const print = async (...words: string[]): Promise<Record<string, string>[]> =>
      parseCsv(await doudi(folder, [...words, '--month', MONTH]));
    printed = {
      warnings: await print('warnings'),
      leads: await print('leads'),
      rated: await print('leads', '--county', '520102', '--scores'),
    };
    served = await serve(folder);
  });
  afterAll(async () => {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says of an empty home what to do', async () => {
    await withFolder(async (home) => {
      await withServed(home, async (served) => {
        const told = await served.json<HomeAnswer>('/api/home');
        expect(told).toMatchObject({
          province: { code: '520000', name: '贵州省' },
          queue: 'embedded',
        });
        const answer = await served.get('/api/months/2025-10');
        expect([404, 503]).toContain(answer.status);
        expect(((await answer.json()) as ProblemAnswer).fix).toContain('doudi run');
      });
    });
  });

  it('answers the figures that the command line prints', async () => {
    const { warnings, leads, rated } = printed;
    await arrived(served, 352);
    const month = await served.json<MonthAnswer>(`/api/months/${MONTH}`);
    expect(month.warnings).toBe(warnings.length);
    expect(month.leads.open).toBe(leads.filter((lead) => lead['status'] === 'open').length);
    expect(month.counties).toHaveLength(88);
    for (const county of month.counties)
      expect(county.open).toBe(leads.filter((lead) => lead['county'] === county.code).length);
    const rule = month.rules.find(({ id }) => id === 'EDU-02');
    expect(rule?.hits).toBe(352);
    expect(rule?.words).toContain('辍学');
    expect(month.rules.find(({ id }) => id === 'DIS-01')?.hits).toBeNull();
    const page = await served.json<CountyLeadsAnswer>(
      `/api/counties/520102/leads?month=${MONTH}&size=3&page=2`,
    );
    expect(page).toMatchObject({ total: 4, page: 2, size: 3 });
    expect(page.leads).toHaveLength(1);
    expect(page.leads[0]?.delivery).toBe('delivered');
    const [one] = page.leads;
    expect(one?.score?.words).toMatch(
      /= 4（严重程度）× 1（1 类风险）× 1（第 1 个月）× 0.5（核实率：尚无/,
    );
    const why = await served.json<LeadWhyAnswer>(`/api/leads/${one?.lead_id ?? ''}/why`);
    expect(why.reasons.map(({ rule }) => rule)).toEqual(['EDU-02']);
    expect(why.reasons[0]?.zh.reasoning[0]).toMatch(/^✓/);
    expect(why.reasons[0]?.en.sources[0]).toMatch(/education\/enrolment .* line \d+/);
    expect(rated.map(({ lead_id: id }) => id)).toContain(one?.lead_id);
    expect(new Set(rated.map(({ score }) => Number(score)))).toEqual(new Set([2]));
    const none = await served.json<CountyLeadsAnswer>(
      `/api/counties/520102/leads?month=${MONTH}&direction=exit`,
    );
    expect(none.total).toBe(0);
    const { jobs } = await served.json<ScheduleAnswer>('/api/schedule');
    expect(jobs.map(({ job }) => job)).toContain('run');
    expect((await served.get('/api/map')).headers.get('content-type')).toContain('geo+json');
  });

  it.each([
    [`/api/counties/520102/leads?month=${MONTH}&priority=5`, 400],
    [`/api/counties/520102/leads?month=${MONTH}&size=100000`, 400],
    [`/api/counties/520102/leads?month=${MONTH}&order=name`, 400],
    [`/api/counties/520102/leads?month=${MONTH}&rule=' OR 1=1 --`, 400],
    [`/api/counties/520102/leads?month=${MONTH}&status=open&status=closed`, 400],
    ['/api/counties/110101/leads?month=2025-10', 404],
    ['/api/counties/520102/leads?month=2024-01', 404],
    ['/api/counties/520102/leads?month=nonsense', 400],
    ['/api/leads/Lffffffffffffffffffffffff', 404],
    ['/api/leads/Lffffffffffffffffffffffff/why', 404],
    ["/api/leads/L' OR '1'='1", 404],
    ['/api/nothing', 404],
    ['/../../etc/passwd', 404],
  ] as const)('%s is %i with words', async (path, status) => {
    const answer = await served.get(path);
    expect(answer.status).toBe(status);
    const problem = (await answer.json()) as ProblemAnswer;
    expect(problem.code).not.toBe('');
    expect(problem.message).not.toContain('OR 1=1');
  });

  it('is closed to pages of other sites that have their name point here', async () => {
    expect(await statusAs(served, 'doudi.example')).toBe(403);
    expect(await statusAs(served, 'localhost')).toBe(200);
  });

  it('sends headers that keep scripts of others out', async () => {
    const { headers } = await served.get('/api/home');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('who may ask', () => {
  const TOKEN = 'token of the county 520102';
  const external = `counties: { "520102": { consumer: external, token_sha256: "${createHash('sha256').update(TOKEN).digest('hex')}" } }\n`;

  it.runIf(HAS_REDIS)('a county’s token opens its own leads and nothing else', async () => {
    await withRedis((redis) =>
      withHome(async (home) => {
        await makeLeads(home, 2, { places: 3 });
        configure(home, external);
        const rows = parseCsv(await doudi(home, ['leads', '--month', MONTH]));
        const own = rows.find((row) => row['county'] === '520102')?.['lead_id'] ?? '';
        const other = rows.find((row) => row['county'] !== '520102')?.['lead_id'] ?? '';
        await withServed(
          home,
          async (served) => {
            const as = (token: string) => ({ authorization: `Bearer ${token}` });
            const card = await served.get(`/api/leads/${own}`, as(TOKEN));
            expect(card.status).toBe(200);
            expect(((await card.json()) as LeadAnswer).rules).toEqual(['EDU-02']);
            const refused = await Promise.all([
              served.get(`/api/leads/${other}`, as(TOKEN)),
              served.get('/api/home', as(TOKEN)),
              served.get(`/api/counties/520102/leads?month=${MONTH}`, as(TOKEN)),
              served.get('/api/queues', as(TOKEN)),
              served.get(`/api/leads/${own}`, as('another')),
            ]);
            expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 401]);
            const schema = await served.get('/api/lead-job.schema.json', as(TOKEN));
            expect(((await schema.json()) as { required: string[] }).required).toEqual(['lead_id']);
          },
          { DOUDI_QUEUE: redis.url },
        );
      }),
    );
  });

  it('with a key nobody comes in without it, from anywhere', async () => {
    await withHome(async (home) => {
      const key = 'a key of sixteen characters and more';
      const basic = (text: string) => ({
        authorization: `Basic ${Buffer.from(`:${text}`).toString('base64')}`,
      });
      await withServed(
        home,
        async (served) => {
          expect((await served.get('/live')).status).toBe(200);
          const statuses = await Promise.all([
            served.get('/api/home'),
            served.get('/'),
            served.get('/api/home', basic('wrong')),
            served.get('/api/home', basic(key)),
          ]);
          expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 200]);
        },
        { DOUDI_ACCESS_KEY: key },
      );
    });
  });

  it('off the machine itself it does not start without a key', async () => {
    await withHome(async (home) => {
      const ended = await spawnDoudi(home, ['serve'], { env: { DOUDI_LISTEN: '0.0.0.0:1' } });
      expect(ended.code).toBe(2);
      expect(ended.stderr).toContain('DOUDI_ACCESS_KEY');
    });
  });
});
