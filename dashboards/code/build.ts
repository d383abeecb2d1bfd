/** Converts a dashboard definition to Grafana's JSON (the classic model, which every version loads). */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type { NamedQuery } from '../shared/metric.ts';
import type { Dashboard, Variable } from '../shared/panel.ts';
import { panelOf, type Options } from './panels.ts';
import {
  choicesOf,
  DATASOURCES,
  queryOf,
  Target,
  type Flavour,
  type FixedParameters,
} from './target.ts';

type Metrics = ReadonlyMap<string, NamedQuery>;

/** Each variable's choices and their dependencies: a prefecture's counties, a province's prefectures. */
const CHOICES: Readonly<
  Record<Variable, { label: string; query: string; given: FixedParameters }>
> = {
  province: { label: '省', query: 'options_provinces', given: { region: 'all' } },
  prefecture: {
    label: '市（州）',
    query: 'options_prefectures',
    given: { region: '${province:csv}' },
  },
  county: {
    label: '县（市、区）',
    query: 'options_counties',
    given: { region: '${prefecture:csv}' },
  },
  rule: { label: '规则', query: 'options_rules', given: {} },
  source: { label: '来源', query: 'options_sources', given: {} },
};

const ANNOTATIONS = [
  { query: 'marks_runs', colour: 'blue', on: true },
  { query: 'marks_corrections', colour: 'orange', on: true },
  { query: 'marks_figures', colour: 'purple', on: false },
  { query: 'marks_clauses', colour: 'red', on: true },
] as const;

/** Settings of the committed files: the staff application at its address in `docker-compose.yml`, and Guizhou's map. */
export const COMMITTED = { app: 'http://127.0.0.1:8080', province: '520000' } as const;

/** @throws Error for an unknown query */
function metricOf(metrics: Metrics, name: string): NamedQuery {
  const metric = metrics.get(name);
  if (metric === undefined) throw new Error(`there is no query ${name}`);
  return metric;
}

function variableOf(
  name: Variable,
  metrics: Metrics,
  flavour: Flavour,
): Builder<dashboard.VariableModel> {
  const { label, query, given } = CHOICES[name];
  return (
    new dashboard.QueryVariableBuilder(name)
      .label(label)
      .datasource(DATASOURCES[flavour])
      .query(choicesOf(flavour, metricOf(metrics, query), given) as Record<string, unknown>)
      .refresh(dashboard.VariableRefresh.OnDashboardLoad)
      .sort(dashboard.VariableSort.Disabled)
      // "All" is a choice of its own, the first: a list of all values would be sent with each query.
      .includeAll(false)
      .multi(false)
  );
}

// The SDK marks the classic model as deprecated; the new one loads from files only in Grafana 13 and later, this
// one everywhere.
/* eslint-disable @typescript-eslint/no-deprecated */
/** @throws Error for an unknown query or column */
export function dashboardOf(
  definition: Dashboard,
  metrics: Metrics,
  options: Options,
): dashboard.Dashboard {
  const { flavour, app } = options;
  const built = new dashboard.DashboardBuilder(definition.title)
    .uid(definition.uid)
    .description(definition.description)
    .tags(['doudi'])
    .timezone('Asia/Shanghai')
    .time({ from: 'now-13M', to: 'now' })
    .readonly()
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .link(
      new dashboard.DashboardLinkBuilder('兜底')
        .type(dashboard.DashboardLinkType.Dashboards)
        .tags(['doudi'])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .link(
      new dashboard.DashboardLinkBuilder('在业务页面查看线索')
        .type(dashboard.DashboardLinkType.Link)
        .url('${app}')
        .icon('external link')
        .targetBlank(true),
    )
    .withVariable(new dashboard.ConstantVariableBuilder('app').label('业务页面').value(app));
  for (const name of definition.variables) built.withVariable(variableOf(name, metrics, flavour));
  for (const { query, colour, on } of ANNOTATIONS) {
    const metric = metricOf(metrics, query);
    built.annotation(
      new dashboard.AnnotationQueryBuilder()
        .name(metric.title)
        .datasource(DATASOURCES[flavour])
        .enable(on)
        .iconColor(colour)
        .target(new Target(queryOf(flavour, metric, { refId: 'Anno', format: 'dataframe' }))),
    );
  }
  for (const panel of definition.panels)
    built.withPanel(panelOf(panel, metricOf(metrics, panel.query), options));
  return built.build();
}
