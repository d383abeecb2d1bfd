/** The Grafana side, with no Grafana: every dashboard in both flavours is walked against a server as its client would. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allDashboards } from '../../dashboards/code/all.ts';
import { COMMITTED } from '../../dashboards/code/build.ts';
import { openHome } from '../../core/home.ts';
import { openPublished, type ColumnarResult } from '../../store/published.ts';
import { fenced, secretOf, tablesOf } from '../../dashboards/shared/fenced.ts';
import { loadQueries } from '../../dashboards/shared/load.ts';
import { forEachCounty } from '../../dashboards/shared/counties-at-once.ts';
import { ROOT } from '../support/doudi.ts';
import { bearer, FROM, serveFigures, TO, TOKENS, type Figures } from '../support/figures.ts';

/** The parts of a dashboard that are looked at. */
interface Model {
  readonly uid: string;
  readonly annotations: {
    readonly list: readonly { readonly name: string; readonly target: Query }[];
  };
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: unknown;
    }[];
  };
  readonly panels: readonly PanelModel[];
}

interface PanelModel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets: readonly Query[];
  readonly transformations?: readonly {
    readonly id: string;
    readonly options: Record<string, unknown>;
  }[];
  readonly fieldConfig: {
    readonly defaults: { readonly unit?: string; readonly noValue?: string };
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
  readonly options?: { readonly xField?: string };
}

interface Query {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly url?: string;
  readonly parser?: string;
  readonly format?: string;
  readonly columns?: readonly { readonly selector: string; readonly type: string }[];
  readonly target?: string;
  readonly payload?: string;
}

type Cell = string | number | null;

interface Table {
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly values: readonly Cell[];
  }[];
}

const START = Date.parse(`${FROM}-01T00:00:00+08:00`);
const END = Date.parse('2025-11-11T09:00:00+08:00');
const RANGE = { from: new Date(START).toISOString(), to: new Date(END).toISOString() };
/** Wide enough for figures of policy to begin and end in it. */
const WIDE = {
  from: new Date('2023-01-01T00:00:00+08:00').toISOString(),
  to: new Date('2026-12-31T00:00:00+08:00').toISOString(),
};

let figures: Figures;
beforeAll(async () => {
  figures = await serveFigures();
}, 400_000);
afterAll(() => figures.close());

async function post(
  path: string,
  body: unknown,
  token?: string,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${figures.served.address}/grafana${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : bearer(token)) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

async function ok<T>(path: string, body: unknown): Promise<T> {
  const answer = await post(path, body);
  expect([path, answer.status, answer.body]).toEqual([path, 200, answer.body]);
  return answer.body as T;
}

/** `${name:csv}` as Grafana fills it in; nothing else is allowed in a query. */
function filledIn(text: string, values: ReadonlyMap<string, string>, range = RANGE): string {
  const filled = text
    .replaceAll('${__timeFrom}', String(Date.parse(range.from)))
    .replaceAll('${__timeTo}', String(Date.parse(range.to)))
    .replaceAll(/\$\{(\w+):csv\}/g, (whole, name: string) => values.get(name) ?? whole);
  expect(filled).not.toContain('$');
  return filled;
}

async function runInfinity(
  query: Query,
  values: ReadonlyMap<string, string>,
  range = RANGE,
): Promise<Table> {
  expect(query).toMatchObject({ parser: 'backend', datasource: { uid: 'doudi-infinity' } });
  const answer = await figures.served.get(filledIn(query.url ?? '', values, range));
  expect([query.url, answer.status]).toEqual([query.url, 200]);
  const { data } = (await answer.json()) as { data: Record<string, Cell>[] };
  return {
    fields: (query.columns ?? []).map(({ selector, type }) => {
      for (const row of data) expect(row).toHaveProperty(selector);
      return { name: selector, type, values: data.map((row) => row[selector] ?? null) };
    }),
  };
}

async function runJson(
  query: Query,
  values: ReadonlyMap<string, string>,
  range = RANGE,
): Promise<Table> {
  expect(query.datasource.uid).toBe('doudi-json');
  const payload = JSON.parse(filledIn(query.payload ?? '{}', values)) as object;
  const [frame] = await ok<(Table & { refId: string })[]>('/query', {
    range,
    targets: [{ refId: query.refId, target: query.target, payload }],
  });
  expect(frame?.refId).toBe(query.refId);
  return frame ?? { fields: [] };
}

const FLAVOURS = { infinity: runInfinity, json: runJson } as const;

async function choices(
  flavour: keyof typeof FLAVOURS,
  query: unknown,
  values: ReadonlyMap<string, string>,
): Promise<Record<string, Cell>[]> {
  if (flavour === 'json') {
    const { format, query: text } = query as { format: string; query: string };
    expect(format).toBe('json');
    return ok('/variable', { payload: JSON.parse(filledIn(text, values)) as object, range: RANGE });
  }
  const { queryType, infinityQuery } = query as {
    queryType: string;
    infinityQuery: { url: string };
  };
  expect(queryType).toBe('infinity');
  const answer = await figures.served.get(filledIn(infinityQuery.url, values));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { data: Record<string, Cell>[] }).data;
}

/** Fields by a name of a link: `${__data.fields.county}`. */
const fieldsOfLink = (url: string): string[] =>
  [...url.matchAll(/\$\{__data\.fields\.(\w+)\}/g)].map(([, name = '']) => name);

const variablesOfLink = (url: string): string[] =>
  [...url.matchAll(/\$\{(\w+)(?::\w+)?\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('__'));

const overlap = (a: PanelModel['gridPos'], b: PanelModel['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const built = {
  infinity: await allDashboards({ flavour: 'infinity', ...COMMITTED }),
  json: await allDashboards({ flavour: 'json', ...COMMITTED }),
};
const uids = [...built.infinity.values()].map((text) => (JSON.parse(text) as Model).uid);

describe('the committed dashboards', () => {
  it('are what the generator makes', () => {
    const folder = join(ROOT, 'dashboards/grafana');
    expect(readdirSync(folder).sort()).toEqual([...built.infinity.keys()].sort());
    for (const [name, text] of built.infinity)
      expect(readFileSync(join(folder, name), 'utf8') === text, `npm run dashboards: ${name}`).toBe(
        true,
      );
  });

  it('have uids of their own', () => {
    expect(new Set(uids).size).toBe(uids.length);
  });
});

const CASES = (['infinity', 'json'] as const).flatMap((flavour) =>
  [...built[flavour]].map(([name, text]) => ({ flavour, name, model: JSON.parse(text) as Model })),
);

describe.each(CASES)('$name for $flavour', ({ flavour, model }) => {
  const values = new Map<string, string>();

  it('each variable resolves, with labels of its own, also for one county', async () => {
    for (const { name, type, query } of model.templating.list) {
      if (type === 'constant') continue;
      const options = await choices(flavour, query, values);
      expect([name, options.length > 0]).toEqual([name, true]);
      const labels = options.map((option) => option['__text']);
      expect(new Set(labels).size).toBe(labels.length);
      for (const { __value: value } of options) expect(typeof value).toBe('string');
      values.set(name, String(options[0]?.['__value']));
    }
  });

  it('each panel is answered with rows, and names only fields that there are', async () => {
    for (const {
      id,
      title,
      type,
      targets,
      fieldConfig,
      transformations = [],
      options,
    } of model.panels) {
      expect([title, targets.length]).toEqual([title, 1]);
      const [query] = targets;
      if (query === undefined) throw new Error('no query');
      const { fields } = await FLAVOURS[flavour](query, values);
      const names = fields.map(({ name }) => name);
      expect([id, title, fields[0]?.values.length !== 0]).toEqual([id, title, true]);
      for (const field of fields) {
        const times = field.values.filter((value) => typeof value === 'number');
        if (field.name === 'time') expect(times).toEqual([...times].sort((a, b) => a - b));
        if (field.name === 'county')
          for (const code of field.values) expect(code).toMatch(/^\d{6}$/);
      }
      for (const { matcher, properties } of fieldConfig.overrides) {
        expect(matcher.id).toBe('byName');
        expect([title, matcher.options, names.includes(matcher.options)]).toEqual([
          title,
          matcher.options,
          true,
        ]);
        for (const { id: property, value } of properties) {
          if (property !== 'links') continue;
          for (const { url } of value as { url: string }[]) {
            for (const name of fieldsOfLink(url))
              expect([title, url, names.includes(name)]).toEqual([title, url, true]);
            const known = model.templating.list.map(({ name }) => name);
            for (const name of variablesOfLink(url))
              expect([title, url, known.includes(name)]).toEqual([title, url, true]);
            const [, uid] = /^\/d\/([\w-]+)/.exec(url) ?? [];
            if (uid !== undefined) expect(uids).toContain(uid);
          }
        }
      }
      for (const { options: how } of transformations)
        for (const part of [how['indexByName'], how['excludeByName']])
          for (const name of Object.keys(part ?? {}))
            expect([title, name, names.includes(name)]).toEqual([title, name, true]);
      if (options?.xField !== undefined) expect(names).toContain(options.xField);
      // A unit for all of a table would format codes too.
      if (type === 'table') expect([title, fieldConfig.defaults.unit]).toEqual([title, undefined]);
    }
  });

  it('each mark has a time and words', async () => {
    for (const { name, target } of model.annotations.list) {
      const { fields } = await FLAVOURS[flavour](target, values, WIDE);
      expect([name, fields.map((field) => field.name)]).toEqual([
        name,
        ['time', 'timeEnd', 'title', 'text', 'tags'],
      ]);
      // Nothing was corrected in this home.
      if (!JSON.stringify(target).includes('marks_corrections'))
        expect([name, (fields[0]?.values.length ?? 0) > 0]).toEqual([name, true]);
      for (const time of fields[0]?.values ?? []) expect(typeof time).toBe('number');
    }
  });

  it('ids are unique, panels lie in 24 columns and not upon each other', () => {
    const ids = model.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    model.panels.forEach(({ gridPos: place, title }, index) => {
      expect([title, place.x >= 0 && place.x + place.w <= 24]).toEqual([title, true]);
      for (const other of model.panels.slice(index + 1))
        expect([title, other.title, overlap(place, other.gridPos)]).toEqual([
          title,
          other.title,
          false,
        ]);
    });
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// The contract, route by route

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly error: { readonly code: string; readonly message: string };
}

const target = (name: string, payload: unknown = { region: 'all' }): object => ({
  refId: 'B',
  datasource: { type: 'simpod-json-datasource', uid: 'doudi-json' },
  editorMode: 'code',
  target: name,
  payload,
});

/** Everything that the client sends. */
const request = (...targets: object[]): object => ({
  app: 'dashboard',
  requestId: 'Q1',
  timezone: 'Asia/Shanghai',
  range: { ...RANGE, raw: { from: 'now-13M', to: 'now' } },
  interval: '12h',
  intervalMs: 43_200_000,
  maxDataPoints: 800,
  scopedVars: { undefined: { text: 'x', value: 'x' } },
  targets,
});

async function refused(path: string, body: unknown, status: number): Promise<Problem> {
  const answer = await post(path, body);
  expect([path, answer.status]).toEqual([path, status]);
  const problem = answer.body as Problem;
  expect(problem.message).not.toBe('');
  expect(problem.error).toEqual({ code: problem.code, message: problem.message });
  return problem;
}

describe('what is made for all counties at once', () => {
  const VALUES = {
    ...{ from: FROM, to: TO, newest: TO, rule: 'all', source: 'all', whole: 'yes' },
    now: Date.parse('2025-11-11T09:00:00+08:00'),
  };
  const numbers = (columns: ColumnarResult): unknown =>
    JSON.parse(
      JSON.stringify(columns, (_, value: unknown) =>
        typeof value === 'bigint' ? Number(value) : value,
      ),
    );

  it('is for each county what it is told alone, in the same order', async () => {
    const published = openPublished(openHome(figures.home));
    const [tables, secret] = [await tablesOf(published), await secretOf(published)];
    const busiest = await published.rows<{ county: string }>(
      `SELECT county FROM county LEFT JOIN (SELECT county, sum(n) AS n FROM lead GROUP BY county) USING (county)
       ORDER BY n DESC NULLS LAST, county`,
    );
    // The busiest three, and some with few cards or none.
    const counties = busiest.filter((_, place) => place < 3 || place % 20 === 0);
    const valuesOf = (sql: string, county: string): Record<string, string | number> =>
      Object.fromEntries(
        Object.entries({ ...VALUES, secret, counties: county }).filter(([name]) =>
          sql.includes(`$${name}`),
        ),
      );
    let rows = 0;
    for (const metric of (await loadQueries()).values()) {
      const { name, sql, parameters, shows } = metric;
      if (!parameters.includes('region') || sql.includes('$region') || shows === 'leads') continue;
      for (const disclosure of [null, { minimum: 10, rounding: 5 }]) {
        const alone = fenced(metric, tables, disclosure, 'one');
        const together = forEachCounty(alone, sql);
        const all = await published.parted(together, valuesOf(together, ''));
        for (const { county } of counties) {
          const own = await published.columns(alone, valuesOf(alone, county));
          const part = numbers(all.part(county));
          expect(part, `${name} of ${county}`).toMatchObject(numbers(own) as object);
          rows += own.count;
        }
      }
    }
    expect(rows).toBeGreaterThan(1000);
    published.close();
  });
});

/** Readers of a part of the province, who see it exactly. */
const READERS = {
  'a county': { ...bearer(TOKENS.grafana), 'x-grafana-user': 'clerk' },
  'a prefecture': bearer(TOKENS.guiyang),
};

describe.each(Object.entries(READERS))('a reader of %s', (_, headers) => {
  const get = async (url: string): Promise<{ data: Record<string, Cell>[]; notice?: string }> => {
    const answer = await figures.served.get(url, headers);
    expect([url, answer.status]).toEqual([url, 200]);
    return (await answer.json()) as { data: Record<string, Cell>[]; notice?: string };
  };
  const frameOf = async ({ target: name, payload = '{}' }: Query, values: Map<string, string>) => {
    const given = JSON.parse(filledIn(payload, values)) as object;
    const answer = await fetch(`${figures.served.address}/grafana/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        range: RANGE,
        targets: [{ refId: 'A', target: name, payload: given }],
      }),
    });
    expect([name, answer.status]).toEqual([name, 200]);
    const [frame] = (await answer.json()) as (Table & { meta?: { notices: { text: string }[] } })[];
    return frame;
  };

  it('gets an answer for every variable, mark and panel of every dashboard', async () => {
    let [panels, told] = [0, 0];
    for (const [name, text] of built.infinity) {
      const model = JSON.parse(text) as Model;
      const twin = JSON.parse(built.json.get(name) ?? '') as Model;
      const values = new Map<string, string>();
      for (const { name: variable, type, query } of model.templating.list) {
        if (type === 'constant') continue;
        const { url } = (query as { infinityQuery: { url: string } }).infinityQuery;
        const { data } = await get(filledIn(url, values));
        expect([variable, data.length > 0]).toEqual([variable, true]);
        values.set(variable, String(data[0]?.['__value']));
      }
      for (const { target: mark } of model.annotations.list)
        expect((await get(filledIn(mark.url ?? '', values, WIDE))).notice).toBeUndefined();
      for (const [index, { title, targets, fieldConfig }] of model.panels.entries()) {
        const { data, notice } = await get(filledIn(targets[0]?.url ?? '', values));
        const query = twin.panels[index]?.targets[0];
        const frame = query === undefined ? undefined : await frameOf(query, values);
        expect(frame?.meta?.notices[0]?.text).toBe(notice);
        panels += 1;
        if (notice === undefined) continue;
        told += 1;
        expect([title, data, frame?.fields[0]?.values]).toEqual([title, [], []]);
        // What the panel shows in the place of rows.
        expect([title, fieldConfig.defaults.noValue]).toEqual([title, `没有数据。${notice}`]);
      }
    }
    const metrics = await loadQueries();
    const about = [...built.infinity.values()]
      .flatMap((text) => (JSON.parse(text) as Model).panels)
      .map(({ targets }) => /^\/rows\/(\w+(?:-\w+)*)/.exec(targets[0]?.url ?? '')?.[1] ?? '')
      .filter((query) => metrics.get(query)?.about === 'province');
    expect([panels, told]).toEqual([63, about.length]);
  });
});

describe('the routes of the JSON data source', () => {
  it('GET / says that all is well, with no slash at the end either', async () => {
    for (const path of ['/grafana', '/grafana/'])
      expect((await figures.served.get(path)).status).toBe(200);
    expect((await figures.served.get('/grafana', bearer('another'))).status).toBe(401);
  });

  it('/metrics lists every query with what it asks for', async () => {
    const list = await ok<
      { value: string; label: string; payloads: { name: string; type: string }[] }[]
    >('/metrics', {});
    expect(list.map(({ value }) => value)).toEqual([...(await loadQueries()).keys()]);
    const rules = list.find(({ value }) => value === 'rules_table');
    expect(rules?.payloads.map(({ name, type }) => [name, type])).toEqual([
      ['region', 'select'],
      ['rule', 'select'],
    ]);
  });

  it('/metric-payload-options and /tag-values give the choices, /tag-keys what can be filtered by', async () => {
    const options = await ok<{ label: string; value: string }[]>('/metric-payload-options', {
      metric: 'rules_table',
      payload: {},
      name: 'region',
    });
    expect(options).toHaveLength(89);
    expect(options[0]).toEqual({ label: '全部县（市、区）', value: 'all' });
    await refused(
      '/metric-payload-options',
      { metric: 'rules_table', payload: {}, name: 'constructor' },
      400,
    );
    const keys = await ok<{ type: string; text: string }[]>('/tag-keys', {});
    expect(keys).toContainEqual({ type: 'string', text: 'county' });
    expect(await ok<{ text: string }[]>('/tag-values', { key: 'county' })).toHaveLength(88);
    await refused('/tag-values', { key: 'password' }, 400);
  });

  it('/query: frames in the order of the targets, typed, with names and units', async () => {
    const frames = await ok<
      {
        refId: string;
        name: string;
        fields: { name: string; type: string; values: Cell[]; config: object }[];
      }[]
    >('/query', request({ ...target('province_counties'), refId: 'A' }, target('province_funnel')));
    expect(frames.map(({ refId }) => refId)).toEqual(['A', 'B']);
    const fields = new Map(frames[0]?.fields.map((field) => [field.name, field]));
    expect(fields.get('county')).toMatchObject({
      type: 'string',
      config: { displayName: '区划代码' },
    });
    expect(fields.get('county')?.values).toContain('520102');
    expect(fields.get('time')?.type).toBe('time');
    expect(fields.get('time')?.values[0]).toBe(Date.parse(`${TO}-01T00:00:00+08:00`));
    expect(fields.get('warnings')).toMatchObject({ type: 'number', config: { unit: 'locale' } });
    expect(fields.get('warned_share')).toMatchObject({ config: { unit: 'percentunit' } });
    const times = frames[1]?.fields.find(({ name }) => name === 'time')?.values;
    expect(times).toHaveLength(3);
    expect(times).toEqual([...(times ?? [])].sort());
  });

  it('/query: a masked count is nothing, and reads <10', async () => {
    const { body } = await post('/query', request(target('province_counties')), TOKENS.outside);
    const [frame] = body as { fields: { name: string; values: Cell[]; config: object }[] }[];
    const urgent = frame?.fields.find(({ name }) => name === 'urgent');
    expect(urgent?.config).toMatchObject({ noValue: '<10' });
    for (const value of urgent?.values ?? [])
      expect(value === null || Number(value) >= 10).toBe(true);
  });

  it('/query refuses what it does not know, each with words', async () => {
    expect((await refused('/query', request(target('everything')), 404)).code).toBe(
      'unknown-metric',
    );
    expect(
      (await refused('/query', request(target('province_counties', {})), 400)).message,
    ).toContain('region');
    // What the client sends when its JSON did not parse: nothing.
    expect(
      (await refused('/query', request(target('province_counties', null)), 400)).message,
    ).toContain('region');
    await refused('/query', request(target('province_counties', { region: 62 })), 400);
    await refused('/query', request(target('province_counties', { region: '520102,520103' })), 400);
    await refused('/query', request(target('province_counties', { region: '110101' })), 404);
    await refused('/query', { ...request(target('province_counties')), range: undefined }, 400);
    await refused('/query', request(), 400);
    await refused(
      '/query',
      request(...Array.from({ length: 101 }, () => target('province_counties'))),
      400,
    );
    await refused('/query', '{"targets": [', 400);
    await refused('/query', '[]', 400);
    await refused('/query', `{"filler": "${'x'.repeat(2 ** 20)}"}`, 400);
  });

  it('/query filters by what is known and refuses the rest', async () => {
    const filteredBy = (key: string, operator: string, value: string): object => ({
      ...request(target('province_counties')),
      filters: [{ key, operator, value }],
    });
    const count = async (body: object): Promise<number> =>
      (await ok<Table[]>('/query', body))[0]?.fields[0]?.values.length ?? -1;
    expect(await count(filteredBy('county', '=', '520102'))).toBe(1);
    expect(await count(filteredBy('county', '!=', '520102'))).toBe(87);
    expect(await count(filteredBy('persons', '>=', '0'))).toBe(88);
    for (const operator of ['=~', '!~', '=|', 'constructor', ''])
      await refused('/query', filteredBy('county', operator, '.*'), 400);
    await refused('/query', filteredBy('__proto__', '=', ''), 400);
  });

  it('/variable gives texts and values, and only of queries that have them', async () => {
    const counties = await ok<{ __text: string; __value: string }[]>('/variable', {
      payload: { target: 'options_counties', region: '520100' },
      range: RANGE,
    });
    expect(counties[0]).toEqual({ __text: '全部县（市、区）', __value: '520100' });
    expect(counties.slice(1).map(({ __value }) => __value.slice(0, 4))).toEqual(
      counties.slice(1).map(() => '5201'),
    );
    await refused(
      '/variable',
      { payload: { target: 'province_people', region: 'all' }, range: RANGE },
      400,
    );
    await refused('/variable', { payload: { target: 'options_counties' } }, 400);
  });

  it('/search and /annotations answer old installs', async () => {
    expect(await ok<string[]>('/search', { target: 'province' })).toContain('province_people');
    expect(await ok('/search', { target: 'options_provinces' })).toEqual([
      { text: '贵州省', value: '520000' },
    ]);
    const marks = await ok<object[]>('/annotations', {
      range: WIDE,
      annotation: { name: 'x', query: 'marks_runs' },
    });
    expect(marks).toHaveLength(3);
    expect(marks[0]).toMatchObject({ annotation: { query: 'marks_runs' }, tags: ['月度比对'] });
    await refused('/annotations', { range: WIDE, annotation: { query: 'nothing' } }, 404);
  });

  it('are for whoever may see figures only', async () => {
    for (const path of [
      '/metrics',
      '/query',
      '/variable',
      '/tag-keys',
      '/tag-values',
      '/search',
      '/annotations',
    ])
      expect([path, (await post(path, {}, TOKENS.grafana)).status]).toEqual([path, 403]);
    const leads = target('county_urgent', { region: 'all', from: FROM, to: TO });
    for (const token of [TOKENS.guiyang, TOKENS.outside]) {
      const { status, body } = await post('/query', request(leads), token);
      const unknown = await post('/query', request(target('county_nothing', {})), token);
      expect([status, body]).toEqual([404, unknown.body]);
      const names = (await post('/search', {}, token)).body;
      expect(names).toContain('county_queue');
      expect(names).not.toContain('county_urgent');
    }
  });
});

describe('hostile values', () => {
  /** What breaks out of a quoted text, a number, a pattern, a path or a JSON body somewhere. */
  const hostile = fc.oneof(
    fc.constantFrom(
      "' OR '1'='1",
      "'; DROP TABLE warning; --",
      "all' --",
      "all'/*",
      '520102 OR true',
      "520102' UNION SELECT secret FROM salt --",
      '%',
      '_',
      '520102%',
      '5201__',
      '*',
      '{520102,520103}',
      '520102,520103',
      '520102;520103',
      'all ',
      ' all',
      'ALL',
      'all\0',
      '520102\n',
      '５２０１０２',
      '$counties',
      '${county:csv}',
      '[object Object]',
      'null',
      'undefined',
      '-1',
      '1e6',
      '0x7f',
      'NaN',
      '000000',
      '520000 ',
      '2025-10 OR 1=1',
      "2025-10'",
      '9'.repeat(400),
      '\\',
      '"',
      '""',
      '../rows',
      '\u202e102025',
      '2025‑10',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc
      .tuple(
        fc.constantFrom('520102', 'all', 'ILL-01', '2025-10'),
        fc.string({ minLength: 1, maxLength: 20 }),
      )
      .map((pair) => pair.join('')),
  );
  const parameter = fc.constantFrom('from', 'to', 'region', 'rule');
  const values: Readonly<Record<string, string>> = {
    from: FROM,
    to: TO,
    region: 'all',
    rule: 'all',
  };

  it('1,000 of them, by either face, give the rows of a plain value or none', async () => {
    const known = new Set<string>();
    const plain = async (query: Readonly<Record<string, string>>): Promise<string> => {
      const answer = await figures.served.get(
        `/rows/rules_counties?${new URLSearchParams(query).toString()}`,
      );
      return answer.status === 200 ? answer.text() : '';
    };
    known.add(await plain(values));
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(parameter, hostile, fc.boolean(), async (name, value, json) => {
        asked += 1;
        const given = { ...values, [name]: value };
        const meant = /^(\d{6}|all|[A-Z-]+\d*|\d{4}-\d{2}|\d{12,14})$/.test(value);
        const answer = json
          ? await post('/query', request(target('rules_counties', given)))
          : {
              status: (
                await figures.served.get(
                  `/rows/rules_counties?${new URLSearchParams(given).toString()}`,
                )
              ).status,
            };
        // A text that happens to be a plain value may be answered; any other is refused, and never with a failure.
        if (!meant)
          expect([name, value, [400, 404].includes(answer.status)]).toEqual([name, value, true]);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 1000, seed: 6 },
    );
    expect(asked).toBeGreaterThanOrEqual(1000);
    expect(known.has(await plain(values))).toBe(true);
  });
});
