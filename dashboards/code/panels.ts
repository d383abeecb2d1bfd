/** Converts a definition's panels to Grafana's: one function per kind. */
import * as barchart from '@grafana/grafana-foundation-sdk/barchart';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { NamedQuery } from '../shared/metric.ts';
import type { Destination, Panel, Steps } from '../shared/panel.ts';
import { MASKED } from '../shared/protect.ts';
import { ABOUT_PROVINCE, columnsOf } from '../shared/registry.ts';
import { unitOf } from '../shared/units.ts';
import { mapPanel } from './map.ts';
import { DATASOURCES, queryOf, Target, type Flavour } from './target.ts';

type Kind<K extends Panel['kind']> = Extract<Panel, { kind: K }>;
type Property = dashboard.DynamicConfigValue;

/** `${app}` is the address of the staff application, a constant in each dashboard. */
const LINKS: Readonly<Record<Destination, { title: string; url: string }>> = {
  county: {
    title: '查看本县（市、区）',
    url: '/d/doudi-county?var-county=${__data.fields.county}&${province:queryparam}&${__url_time_range}',
  },
  'staff-county': {
    title: '在业务页面查看线索',
    url: '${app}/#/counties/${__data.fields.county}?month=${__data.fields.month}',
  },
  'staff-rule': {
    title: '在业务页面查看规则',
    url: '${app}/#/rules/${__data.fields.rule}?month=${__data.fields.month}',
  },
  'staff-queues': { title: '在业务页面查看队列', url: '${app}/#/queues' },
};

/** Names and units set per column: a unit for the whole panel would format codes too. */
function shownAs(metric: NamedQuery, names: readonly string[]): Map<string, Property[]> {
  return new Map(
    columnsOf(metric)
      .filter(({ name }) => names.includes(name))
      .map(({ name, column }) => {
        const unit = unitOf(column);
        return [
          name,
          [
            { id: 'displayName', value: column.title },
            // A panel's message for no rows differs from that for an empty cell.
            ...(metric.about === 'province' ? [{ id: 'noValue', value: '' }] : []),
            ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
          ],
        ];
      }),
  );
}

const namesOf = (metric: NamedQuery): string[] => columnsOf(metric).map(({ name }) => name);

/** Infinity returns fields sorted by name: this restores the declared order and drops the rest. */
function organised(metric: NamedQuery, kept: readonly string[]): dashboard.DataTransformerConfig {
  const names = namesOf(metric);
  return {
    id: 'organize',
    options: {
      indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
      excludeByName: Object.fromEntries(
        names.filter((name) => !kept.includes(name)).map((name) => [name, true]),
      ),
      renameByName: {},
    },
  };
}

function steps(list: Steps): object {
  return {
    mode: 'absolute',
    steps: list.map(([from, color], index) => ({ color, value: index === 0 ? null : from })),
  };
}

function tablePanel(panel: Kind<'table'>, metric: NamedQuery): table.PanelBuilder {
  const properties = shownAs(metric, namesOf(metric));
  const add = (name: string, more: readonly Property[]): void => {
    properties.set(name, [...(properties.get(name) ?? []), ...more]);
  };
  for (const name of panel.hidden ?? []) add(name, [{ id: 'custom.hidden', value: true }]);
  for (const { on, to } of panel.links ?? []) add(on, [{ id: 'links', value: [LINKS[to]] }]);
  for (const [name, list] of Object.entries(panel.colours ?? {}))
    add(name, [
      { id: 'thresholds', value: steps(list) },
      { id: 'custom.cellOptions', value: { type: 'color-background' } },
    ]);
  const built = new table.PanelBuilder().withTransformation(organised(metric, namesOf(metric)));
  for (const [name, list] of properties) built.overrideByName(name, list);
  return built;
}

/** Charts with several lines are unreadable without a legend, and a point in time is read across all of them. */
function keyed(built: timeseries.PanelBuilder, many: boolean): timeseries.PanelBuilder {
  const legend = new common.VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(many ? common.LegendDisplayMode.Table : common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom)
    .calcs(many ? ['lastNotNull'] : []);
  return built
    .legend(legend)
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );
}

function linesPanel(panel: Kind<'lines'>, metric: NamedQuery): timeseries.PanelBuilder {
  const built = new timeseries.PanelBuilder()
    .withTransformation(organised(metric, ['time', ...panel.show]))
    .showPoints(common.VisibilityMode.Always)
    .fillOpacity(5);
  for (const [name, list] of shownAs(metric, panel.show)) built.overrideByName(name, list);
  return keyed(built, false);
}

function seriesPanel(panel: Kind<'series'>, metric: NamedQuery): timeseries.PanelBuilder {
  const value = columnsOf(metric).find(({ name }) => name === panel.value);
  const unit = value === undefined ? undefined : unitOf(value.column);
  const built = new timeseries.PanelBuilder()
    .withTransformation(organised(metric, ['time', panel.by, panel.value]))
    .withTransformation({ id: 'prepareTimeSeries', options: { format: 'multi' } })
    .showPoints(common.VisibilityMode.Always)
    .fillOpacity(panel.stacked === true ? 30 : 0)
    .displayName(`\${__field.labels.${panel.by}}`);
  if (panel.stacked === true)
    built.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
  // Such a panel contains no codes, only the value.
  return keyed(unit === undefined ? built : built.unit(unit), true);
}

function barsPanel(panel: Kind<'bars'>, metric: NamedQuery): barchart.PanelBuilder {
  const built = new barchart.PanelBuilder()
    .xField(panel.x)
    .showValue(common.VisibilityMode.Always)
    .withTransformation(organised(metric, [panel.x, panel.value]));
  for (const [name, list] of shownAs(metric, [panel.value])) built.overrideByName(name, list);
  return built;
}

function figuresPanel(panel: Kind<'figures'>, metric: NamedQuery): stat.PanelBuilder {
  const built = new stat.PanelBuilder()
    .withTransformation(organised(metric, panel.show))
    .reduceOptions(
      new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('/.*/').values(false),
    )
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(common.BigValueColorMode.None);
  for (const [name, list] of shownAs(metric, panel.show)) built.overrideByName(name, list);
  return built;
}

function matrixPanel(panel: Kind<'matrix'>, metric: NamedQuery): table.PanelBuilder {
  const { row, column, value } = panel;
  return new table.PanelBuilder()
    .withTransformation(organised(metric, [row, column, value]))
    .withTransformation({
      id: 'groupingToMatrix',
      options: { rowField: row, columnField: column, valueField: value, emptyValue: 'empty' },
    })
    .cellOptions({ type: common.TableCellDisplayMode.ColorBackground } as never)
    .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.ContinuousBlPu));
}

type Built =
  | barchart.PanelBuilder
  | stat.PanelBuilder
  | table.PanelBuilder
  | timeseries.PanelBuilder
  | ReturnType<typeof mapPanel>;

function ofKind(panel: Panel, metric: NamedQuery, province: string): Built {
  switch (panel.kind) {
    case 'table':
      return tablePanel(panel, metric);
    case 'lines':
      return linesPanel(panel, metric);
    case 'series':
      return seriesPanel(panel, metric);
    case 'bars':
      return barsPanel(panel, metric);
    case 'figures':
      return figuresPanel(panel, metric);
    case 'map':
      return mapPanel(panel, metric, shownAs(metric, namesOf(metric)), province);
    case 'matrix':
      return matrixPanel(panel, metric);
  }
}

/** Columns a panel names, to check that its query has them. */
function named(panel: Panel): string[] {
  switch (panel.kind) {
    case 'table':
      return [
        ...(panel.hidden ?? []),
        ...(panel.links ?? []).map(({ on }) => on),
        ...Object.keys(panel.colours ?? {}),
      ];
    case 'lines':
    case 'figures':
      return [...panel.show];
    case 'series':
      return [panel.by, panel.value];
    case 'bars':
      return [panel.x, panel.value];
    case 'map':
      return ['county', 'county_name', panel.value];
    case 'matrix':
      return [panel.row, panel.column, panel.value];
  }
}

/** Widths that the grid of a dashboard has. */
const COLUMNS = 24;

/** Settings of an installation. */
export interface Options {
  readonly flavour: Flavour;
  /** Address of the staff application. */
  readonly app: string;
  /** Code of the province whose counties the map shows. */
  readonly province: string;
}

/**
 * Converts a panel to Grafana's. Its id and place are set here: left to the SDK, panels have no ids and run out of
 * the grid.
 * @throws Error for a column the query does not have, or a place outside the grid
 */
export function panelOf(
  panel: Panel,
  metric: NamedQuery,
  { flavour, province }: Options,
): Builder<dashboard.Panel> {
  const lost = named(panel).filter((name) => !namesOf(metric).includes(name));
  if (lost.length > 0) throw new Error(`${panel.query} has no column ${lost.join(', ')}`);
  const [x, y, w, h] = panel.at;
  if (x + w > COLUMNS) throw new Error(`panel ${panel.id} runs out of the grid`);
  const aboutProvince = metric.about === 'province';
  const note = [
    metric.note,
    aboutProvince ? ABOUT_PROVINCE : undefined,
    namesOf(metric).includes(MASKED) ? '数值为空且列入“已遮蔽的列”的，为少于10。' : undefined,
  ].filter((text) => text !== undefined);
  const built = ofKind(panel, metric, province);
  // Message of a panel without rows.
  if (aboutProvince) built.noValue(`没有数据。${ABOUT_PROVINCE}`);
  return built
    .id(panel.id)
    .title(panel.title ?? metric.title)
    .description(note.join(' '))
    .datasource(DATASOURCES[flavour])
    .gridPos({ x, y, w, h })
    .withTarget(new Target(queryOf(flavour, metric, {})));
}
