/** /rows/<metric>: typed rows of the published figures, for those who may see them, and as much as they may see. */
import { get } from 'node:http';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthStart, type Month } from '../../core/month.ts';
import { loadQueries } from '../../dashboards/shared/load.ts';
import type { NamedQuery } from '../../dashboards/shared/metric.ts';
import { NAMES } from '../../dashboards/shared/parameters.ts';
import { columnsOf } from '../../dashboards/shared/registry.ts';
import type { MonthAnswer, ProblemAnswer } from '../../web/api.ts';
import { bearer, FROM, serveFigures, TO, TOKENS, type Figures } from '../support/figures.ts';

type Row = Readonly<Record<string, string | number | null>>;

const VALUES: Readonly<Record<string, string>> = {
  from: FROM,
  to: TO,
  region: 'all',
  rule: 'all',
  source: 'all',
};

const metrics = [...(await loadQueries()).values()];

function pathOf(metric: NamedQuery, given: Readonly<Record<string, string>> = {}): string {
  const names = metric.parameters.flatMap((parameter) => NAMES[parameter]);
  const values = names.map((name) => [name, given[name] ?? VALUES[name] ?? '']);
  return `/rows/${metric.name}?${new URLSearchParams(Object.fromEntries(values) as Record<string, string>).toString()}`;
}

let figures: Figures;
beforeAll(async () => {
  figures = await serveFigures();
}, 300_000);
afterAll(() => figures.close());

async function rowsOf(path: string, token?: string): Promise<Row[]> {
  const answer = await figures.served.get(path, token === undefined ? {} : bearer(token));
  expect([path, answer.status]).toEqual([path, 200]);
  return ((await answer.json()) as { data: Row[] }).data;
}

async function problem(
  path: string,
  headers: Record<string, string> = {},
): Promise<[number, ProblemAnswer]> {
  const answer = await figures.served.get(path, headers);
  return [answer.status, (await answer.json()) as ProblemAnswer];
}

const as = (user: string): Record<string, string> => ({
  ...bearer(TOKENS.grafana),
  'x-grafana-user': user,
});

const COUNTIES = `/rows/province_counties?from=${FROM}&to=${TO}`;

describe.each(metrics)('$name', (metric) => {
  it('answers with the columns it declares, typed, ascending in time', async () => {
    const rows = await rowsOf(pathOf(metric));
    const columns = columnsOf(metric);
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual(columns.map(({ name }) => name).sort());
      for (const { name, column } of columns) {
        const value = row[name] ?? null;
        const text = column.type === 'text' || column.type === 'month';
        if (value !== null)
          expect([name, typeof value]).toEqual([name, text ? 'string' : 'number']);
        if (column.type === 'count') expect([name, Number.isInteger(value)]).toEqual([name, true]);
      }
      if (typeof row['month'] === 'string')
        expect(row['time']).toBe(monthStart(row['month'] as Month));
    }
    const times = rows.map((row) => Number(row['time'] ?? 0));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('refuses a missing, an empty, a doubled and an unknown parameter', async () => {
    const path = pathOf(metric);
    for (const name of metric.parameters.flatMap((parameter) => NAMES[parameter])) {
      const without = path.replace(new RegExp(`${name}=[^&]*`), '');
      for (const wrong of [without, `${without}&${name}=`, `${path}&${name}=all`]) {
        const [status, { code, message }] = await problem(wrong);
        expect([wrong, status, code]).toEqual([wrong, 400, 'usage']);
        expect(message).toContain(`'${name}'`);
      }
    }
    expect((await problem(`${path}&county=520102`))[0]).toBe(400);
  });

  it('shows another reader no count below ten, none that is not rounded, no row for less, and no lead', async () => {
    if (metric.shows === 'leads') {
      const [status, answer] = await problem(pathOf(metric), bearer(TOKENS.outside));
      expect([status, answer.code]).toEqual([404, 'unknown-metric']);
      return;
    }
    const counts = Object.entries(metric.columns).filter(([, { type }]) => type === 'count');
    for (const row of await rowsOf(pathOf(metric), TOKENS.outside)) {
      const masked = String(row['masked'] ?? '').split(' ');
      for (const [name] of counts) {
        const value = row[name];
        if (typeof value === 'number')
          expect([name, value >= 10, value % 5]).toEqual([name, true, 0]);
        else expect([name, masked.includes(name)]).toEqual([name, true]);
      }
      if (metric.sparse === true && counts.length > 0)
        expect(counts.some(([name]) => row[name] !== null)).toBe(true);
    }
  });
});

describe('the figures', () => {
  it('are those that the page shows', async () => {
    const month = await figures.served.json<MonthAnswer>(`/api/months/${TO}`);
    const rows = await rowsOf(`${COUNTIES}&region=all`);
    expect(rows).toHaveLength(88);
    expect(
      rows.map(({ county, warnings, open, opened }) => [county, warnings, open, opened]),
    ).toEqual(
      month.counties.map(({ code, warnings, open, opened }) => [code, warnings, open, opened]),
    );
    const [newest] = (await rowsOf(`/rows/province_months?from=${TO}&to=${TO}&region=all`)).slice(
      -1,
    );
    expect(newest).toMatchObject({
      month: TO,
      warnings: month.warnings,
      opened: month.leads.opened,
    });
  });

  it('take months also as the milliseconds of a dashboard', async () => {
    const [from, to] = [monthStart(FROM as Month), monthStart(TO as Month) + 86_400_000];
    const named = await rowsOf(`${COUNTIES}&region=all`);
    expect(await rowsOf(`/rows/province_counties?from=${from}&to=${to}&region=all`)).toEqual(named);
  });

  it('of no month are an empty list, not an error', async () => {
    expect(await rowsOf('/rows/province_counties?from=2001-01&to=2001-02&region=all')).toEqual([]);
  });

  it('of an unknown query are 404 with words', async () => {
    const [status, answer] = await problem('/rows/province_everything?region=all');
    expect([status, answer.code]).toEqual([404, 'unknown-metric']);
  });

  it('come as CSV and as an Arrow stream with the same rows', async () => {
    const rows = await rowsOf(`${COUNTIES}&region=all`);
    const csv = await (
      await figures.served.get(`${COUNTIES}&region=all`, { accept: 'text/csv' })
    ).text();
    const [header = '', ...lines] = csv
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\n');
    expect(header.split(',')).toContain('county_name');
    expect(lines).toHaveLength(rows.length);
    const stream = await figures.served.get(`${COUNTIES}&region=all`, {
      accept: 'application/vnd.apache.arrow.stream',
    });
    const table = tableFromIPC(new Uint8Array(await stream.arrayBuffer()));
    const back = table.toArray().map((row) => ({ ...(row as { toJSON(): Row }).toJSON() }));
    expect(back).toEqual(rows);
    const masked = await figures.served.get(
      `${COUNTIES}&region=520102&format=csv`,
      bearer(TOKENS.outside),
    );
    expect(await masked.text()).toContain('<10');
  });
});

describe('who sees what', () => {
  it('a reader of one prefecture sees its counties, exactly, and of the others nothing', async () => {
    const own = await rowsOf(`${COUNTIES}&region=all`, TOKENS.guiyang);
    expect(own.map((row) => row['prefecture_name'])).toEqual(own.map(() => '贵阳市'));
    const all = await rowsOf(`${COUNTIES}&region=all`);
    expect(own).toEqual(all.filter((row) => row['prefecture_name'] === '贵阳市'));
    for (const region of ['520300', '520302', '520000', '110101', '999999'])
      expect([
        region,
        (await problem(`${COUNTIES}&region=${region}`, bearer(TOKENS.guiyang)))[0],
      ]).toEqual([region, 404]);
  });

  it('a user of Grafana sees his own region, and one who is not on the list, or is none, nothing', async () => {
    const one = await figures.served.get(`${COUNTIES}&region=all`, as('clerk'));
    const { data } = (await one.json()) as { data: Row[] };
    expect(data.map(({ county }) => county)).toEqual(['520102']);
    expect((await figures.served.get(`${COUNTIES}&region=all`, as('guest'))).status).toBe(200);
    const refused = [
      'stranger',
      '',
      ' ',
      '\t',
      'clerk, guest',
      'clerk,clerk',
      'Clerk',
      'clerk\u00a0',
    ]
      // What Grafana leaves standing when it has no user, and what a user can call himself.
      .concat(['${__user.login}', ' ${__user.login} ', '${__user.login}\u00a0', '${__user.email}']);
    for (const user of refused)
      for (const path of [`${COUNTIES}&region=all`, '/rows/alerts_disk', '/metrics', '/grafana']) {
        const [status, { code }] = await problem(path, as(user));
        expect([user, path, status, code]).toEqual([user, path, 403, 'user']);
      }
    expect((await problem(`${COUNTIES}&region=all`, bearer(TOKENS.grafana)))[0]).toBe(403);
  });

  it('two headers of a user are nobody, whichever names come', async () => {
    const { port } = new URL(figures.served.address);
    const asked = (users: string[]): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { ...bearer(TOKENS.grafana), 'x-grafana-user': users };
        get({ host: '127.0.0.1', port, path: `${COUNTIES}&region=all`, headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        }).on('error', reject);
      });
    expect(await asked(['clerk'])).toBe(200);
    for (const users of [
      ['clerk', 'guest'],
      ['clerk', 'clerk'],
      ['${__user.login}', 'clerk'],
    ])
      expect([users, await asked(users)]).toEqual([users, 403]);
  });

  it('the token of alert rules opens their queries, and no user asks with it', async () => {
    const alerts = metrics.filter(({ folder }) => folder === 'alerts');
    const nobody = { ...bearer(TOKENS.alerts), 'x-grafana-user': '${__user.login}' };
    for (const headers of [nobody, bearer(TOKENS.alerts)]) {
      for (const metric of alerts) {
        const answer = await figures.served.get(pathOf(metric), headers);
        expect([metric.name, answer.status]).toEqual([metric.name, 200]);
        const { data } = (await answer.json()) as { data: Row[] };
        expect([metric.name, data.length > 0]).toEqual([metric.name, true]);
      }
      const unknown = await problem('/rows/nothing?region=all', headers);
      for (const metric of metrics.filter(({ folder }) => folder !== 'alerts'))
        expect(await problem(pathOf(metric), headers), metric.name).toEqual(unknown);
      expect((await problem('/metrics', headers))[0]).toBe(404);
    }
    for (const user of ['clerk', 'guest', 'stranger', 'clerk,${__user.login}'])
      expect((await problem('/rows/alerts_disk', { ...nobody, 'x-grafana-user': user }))[0]).toBe(
        403,
      );
  });

  it('an answer that is kept is handed to nobody who may see more or less, whoever asked first', async () => {
    const one = `${COUNTIES}&region=520102`;
    const askers = [
      { path: one },
      { path: one, token: TOKENS.outside },
      { path: `${COUNTIES}&region=all`, token: TOKENS.guiyang },
      { path: `${COUNTIES}&region=all` },
      { path: `${COUNTIES}&region=all`, token: TOKENS.outside },
    ];
    const first = await Promise.all(askers.map(({ path, token }) => rowsOf(path, token)));
    // The other way round, all at once and one after another.
    const back = [...askers].reverse();
    const again = await Promise.all(back.map(({ path, token }) => rowsOf(path, token)));
    expect(again.reverse()).toEqual(first);
    const [exact, protectedOne, guiyang, whole] = first;
    expect(exact?.[0]).toEqual(whole?.find(({ county }) => county === '520102'));
    expect(exact?.[0]?.['masked']).toBe('');
    expect(protectedOne?.[0]?.['masked']).not.toBe('');
    expect(protectedOne).not.toEqual(exact);
    expect(guiyang?.length).toBeLessThan(whole?.length ?? 0);
  });

  it('an unknown token is refused, and a reader’s opens no lead and no page', async () => {
    const paths = [
      '/api/home',
      `/api/months/${TO}`,
      '/api/queues',
      '/api/leads/Lffffffffffffffffffffffff',
    ];
    for (const path of paths)
      expect([path, (await problem(path, bearer(TOKENS.outside)))[0]]).toEqual([path, 404]);
    expect((await problem(`${COUNTIES}&region=all`, bearer('another')))[0]).toBe(401);
  });
});

describe('the most urgent leads', () => {
  const path = `/rows/county_urgent?from=${FROM}&to=${TO}&region=520102`;

  it('are named to the office, most urgent first, and to no reader, as if there were no such query', async () => {
    const month = await figures.served.json<MonthAnswer>(`/api/months/${TO}`);
    const open = month.counties.find(({ code }) => code === '520102')?.open ?? 0;
    const rows = await rowsOf(path);
    expect(rows).toHaveLength(Math.min(100, open));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row['lead_id']).toMatch(/^L[0-9a-f]{24}$/);
    const priorities = rows.map((row) => String(row['priority']));
    expect(priorities).toEqual([...priorities].sort());
    for (const headers of [bearer(TOKENS.guiyang), bearer(TOKENS.outside), as('clerk')])
      for (const format of ['json', 'csv', 'arrow']) {
        const asked = await problem(`${path}&format=${format}`, headers);
        expect(asked).toEqual(await problem(path.replace('urgent', 'nothing'), headers));
        expect(asked[0]).toBe(404);
      }
  });
});

describe('/metrics', () => {
  it('tells an operator of steps, rows, queues, deliveries and latencies, and of nobody', async () => {
    await rowsOf(`${COUNTIES}&region=all`);
    const answer = await figures.served.get('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    const value = (name: string): number =>
      Number(new RegExp(`^${name.replaceAll(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
    const month = await figures.served.json<MonthAnswer>(`/api/months/${TO}`);
    expect(value('doudi_warnings')).toBe(month.warnings);
    expect(value('doudi_step_rows{step="评估规则"}')).toBe(month.warnings);
    for (const step of ['识别人户', '形成画像', '评估规则', '形成线索', '生成名单'])
      expect([step, value(`doudi_step_seconds{step="${step}"}`) > 0]).toEqual([step, true]);
    expect(value('doudi_source_rows{source="education/enrolment"}')).toBeGreaterThan(0);
    expect(value('doudi_queue_reachable')).toBe(1);
    expect(value('doudi_queue_workers')).toBe(88);
    expect(value('doudi_leads_dispatched{county="520102"}')).toBeGreaterThanOrEqual(0);
    expect(value('doudi_query_seconds_count{query="province_counties"}')).toBeGreaterThan(0);
    expect(value('doudi_disk_free_bytes')).toBeGreaterThan(0);
    expect(text).not.toMatch(/[0-9a-f]{32}|L[0-9a-f]{24}/);
  });

  it('is not for readers that may see less', async () => {
    for (const token of [TOKENS.outside, TOKENS.guiyang])
      expect((await problem('/metrics', bearer(token)))[0]).toBe(404);
  });
});
