/** Grafana's provisioning: files that agree with each other, with the program's queries and with docker-compose.yml. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { allDashboards } from '../../dashboards/code/all.ts';
import { COMMITTED } from '../../dashboards/code/build.ts';
import { DATASOURCES } from '../../dashboards/code/target.ts';
import { readersOf, readersSchema } from '../../core/readers.ts';
import { loadQueries } from '../../dashboards/shared/load.ts';
import { columnsOf } from '../../dashboards/shared/registry.ts';
import { ROOT } from '../support/doudi.ts';

const FOLDER = join(ROOT, 'deploy/grafana/provisioning');

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(FOLDER, name)).isFile(),
);
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface Model {
  readonly url: string;
  readonly parser: string;
  readonly columns: readonly { readonly selector: string; readonly type: string }[];
}
interface AlertRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly annotations: { readonly summary: string };
  readonly data: readonly {
    readonly refId: string;
    readonly datasourceUid: string;
    readonly model: unknown;
  }[];
}

const sources = (
  parse(text('datasources/doudi.yaml')) as {
    datasources: {
      uid: string;
      type: string;
      access: string;
      editable: boolean;
      url: string;
      secureJsonData: Record<string, string>;
    }[];
  }
).datasources;
const rules = (
  parse(text('alerting/doudi.yaml')) as { groups: { rules: AlertRule[] }[] }
).groups.flatMap((group) => group.rules);
/** Asked by alert rules alone, with a token of its own. */
const ALERTS = { ...DATASOURCES.infinity, uid: 'doudi-alerts' };
const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: {
    doudi: { environment: Record<string, string> };
    grafana: { environment: Record<string, string>; volumes: string[] };
  };
};
const { environment, volumes } = compose.services.grafana;

describe('the provisioning', () => {
  it.each(files)('%s is YAML without a doubled key or a tab, of version 1', (name) => {
    expect(name).toMatch(/\.yaml$/);
    const [document, ...more] = parseAllDocuments(text(name), { uniqueKeys: true, strict: true });
    expect([document?.errors, document?.warnings, more.length]).toEqual([[], [], 0]);
    expect(document?.toJS()).toMatchObject({ apiVersion: 1 });
  });

  it('takes from the environment only what docker-compose.yml gives, and holds no secret', () => {
    for (const name of files.filter((file) => !file.startsWith('alerting')))
      for (const [, variable = ''] of text(name)
        .replaceAll('$$', '')
        .matchAll(/\$\{?(\w+)/g))
        expect([name, variable, variable in environment || variable === '__user']).toEqual([
          name,
          variable,
          true,
        ]);
    expect(text('datasources/doudi.yaml')).toContain("'$${__user.login}'");
  });

  it('has the data sources that the dashboards ask, through Grafana, not to be changed in its page', () => {
    expect(sources.map(({ uid, type }) => ({ type, uid }))).toEqual([
      DATASOURCES.infinity,
      DATASOURCES.json,
      ALERTS,
    ]);
    for (const source of sources)
      expect(source).toMatchObject({ access: 'proxy', editable: false });
    const plugins = (environment['GF_PLUGINS_PREINSTALL_SYNC'] ?? '').split(',');
    expect(plugins.map((plugin) => plugin.split('@')[0])).toEqual([
      ...new Set(sources.map(({ type }) => type)),
    ]);
    for (const plugin of plugins) expect(plugin).toMatch(/@\d+\.\d+\.\d+$/);
  });

  it('shows the token of alert rules by their own data source only, and each token to its own reader', () => {
    const shown = (uid: string): string[] =>
      Object.values(sources.find((source) => source.uid === uid)?.secureJsonData ?? {});
    for (const { uid } of Object.values(DATASOURCES)) {
      expect(shown(uid).join()).toContain('$DOUDI_TOKEN');
      expect(shown(uid).join()).not.toContain('ALERTS');
    }
    expect(shown(ALERTS.uid)).toEqual(['$DOUDI_ALERTS_TOKEN', '$${__user.login}']);
    const { readers } = parse(readFileSync(join(ROOT, 'deploy/doudi.yaml'), 'utf8')) as {
      readers: object;
    };
    const all = readersOf(readersSchema.parse(readers));
    expect(all.map(({ name, alerts }) => [name, alerts])).toEqual([
      ['grafana', false],
      ['alerts', true],
    ]);
    for (const { userHeader } of all) expect(userHeader).toBe('x-grafana-user');
    const kept = compose.services.doudi.environment['DOUDI_READER_TOKENS'] ?? '';
    expect(kept.replaceAll(/:\?[^}]*/g, '').split(/,\s*/)).toEqual([
      'grafana=${DOUDI_TOKEN_SHA256}',
      'alerts=${DOUDI_ALERTS_TOKEN_SHA256}',
    ]);
  });

  it('reads the dashboards from where they are mounted', () => {
    const { providers } = parse(text('dashboards/doudi.yaml')) as {
      providers: { allowUiUpdates: boolean; options: { path: string } }[];
    };
    for (const { allowUiUpdates, options } of providers) {
      expect(allowUiUpdates).toBe(false);
      expect(volumes).toContain(`./dashboards/grafana:${options.path}:ro`);
    }
    const shapes = readFileSync(join(ROOT, 'dashboards/grafana/province.json'), 'utf8').match(
      /public\/maps\/doudi/g,
    );
    expect(shapes?.length).toBeGreaterThan(0);
    expect(volumes).toContain('./web/maps:/usr/share/grafana/public/maps/doudi:ro');
  });
});

describe('the map', () => {
  it('is that of the province that was said, and of no other', async () => {
    const built = await allDashboards({ ...COMMITTED, flavour: 'infinity', province: '530000' });
    const shapes = [...(built.get('province.json') ?? '').matchAll(/doudi\/(\w+)\.geojson/g)];
    expect(shapes.map(([, province]) => province)).toEqual(['530000', '530000']);
  });
});

interface Look {
  readonly title: string;
  readonly type: string;
  readonly options?: {
    readonly legend?: { readonly showLegend: boolean; readonly placement: string };
    readonly tooltip?: { readonly mode: string; readonly sort: string };
  };
  readonly fieldConfig: {
    readonly defaults: { readonly color?: { readonly mode: string }; readonly min?: number };
  };
}

describe.each(['infinity', 'json'] as const)('the panels for %s', async (flavour) => {
  const built = await allDashboards({ ...COMMITTED, flavour });
  const panels = [...built.values()].flatMap(
    (text) => (JSON.parse(text) as { panels: Look[] }).panels,
  );

  it('a time series has a legend below it, and a tooltip of all its lines', () => {
    const series = panels.filter(({ type }) => type === 'timeseries');
    expect(series.length).toBeGreaterThan(10);
    for (const { title, options } of series)
      expect([title, options]).toMatchObject([
        title,
        {
          legend: { showLegend: true, placement: 'bottom' },
          tooltip: { mode: 'multi', sort: 'desc' },
        },
      ]);
  });

  it('a map is coloured from its smallest to its largest value', () => {
    const maps = panels.filter(({ type }) => type === 'geomap');
    expect(maps.length).toBeGreaterThan(0);
    for (const { title, fieldConfig } of maps) {
      expect([title, fieldConfig.defaults]).toEqual([
        title,
        { color: { mode: expect.stringMatching(/^continuous-/) as string }, fieldMinMax: true },
      ]);
    }
  });
});

describe('an alert rule', () => {
  it('has a uid of its own', () => {
    expect(rules.length).toBe(5);
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
  });

  it.each(rules)(
    '$title asks a query that there is, by the backend, for names and one number',
    async (rule) => {
      const metrics = await loadQueries();
      const [asked, judged] = rule.data;
      expect(asked?.datasourceUid).toBe(ALERTS.uid);
      const { url, parser, columns } = asked?.model as Model;
      expect(parser).toBe('backend');
      const [, name = '', query] = /^\/rows\/(\w+)(?:\?(.*))?$/.exec(url) ?? [];
      const metric = metrics.get(name);
      if (metric === undefined) throw new Error(`${url} names no query`);
      // All that the token of alert rules opens.
      expect(metric.folder).toBe('alerts');
      expect(query).toBe(metric.parameters.includes('region') ? 'region=all' : undefined);
      const known = columnsOf(metric).map((column) => column.name);
      for (const { selector } of columns) expect(known).toContain(selector);
      const types = columns.map(({ type }) => type);
      expect(types.filter((type) => type === 'number')).toHaveLength(1);
      expect(types.filter((type) => type.startsWith('timestamp'))).toEqual([]);
      expect(judged).toMatchObject({
        refId: rule.condition,
        datasourceUid: '__expr__',
        model: { expression: 'A' },
      });
      for (const [, label = ''] of rule.annotations.summary.matchAll(/\$labels\.(\w+)/g))
        expect(columns.map(({ selector }) => selector)).toContain(label);
    },
  );
});
