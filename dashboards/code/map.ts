/** The map of counties: shapes where Grafana can draw them, and points, which every version draws. */
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  type DynamicConfigValue,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as geomap from '@grafana/grafana-foundation-sdk/geomap';
import type { NamedQuery } from '../shared/metric.ts';
import type { Panel } from '../shared/panel.ts';
import { columnsOf } from '../shared/registry.ts';

/**
 * Address of the shapes of a province's counties: the compose file puts `web/maps` there, and the browser fetches
 * them from Grafana itself, so no other site is contacted. The panel does not interpolate variables, so the
 * province is written into the file.
 */
const shapesOf = (province: string): string => `public/maps/doudi/${province}.geojson`;

export function mapPanel(
  { value }: Extract<Panel, { kind: 'map' }>,
  metric: NamedQuery,
  shownAs: ReadonlyMap<string, readonly DynamicConfigValue[]>,
  province: string,
): geomap.PanelBuilder {
  const names = columnsOf(metric).map(({ name }) => name);
  const built = new geomap.PanelBuilder()
    // No tiles: they would come from the internet. An empty address would be replaced by one there.
    .basemap(
      new common.MapLayerOptionsBuilder()
        .type('xyz')
        .name('无底图')
        .config({ url: 'public/maps/doudi/none/{z}/{x}/{y}.png', attribution: '' }),
    )
    .view(new geomap.MapViewConfigBuilder().id('fit').allLayers(true))
    .layers([
      // Joined on the shapes' own ids, which are the county codes.
      new common.MapLayerOptionsBuilder()
        .type('dynamic-geojson')
        .name('县（市、区）')
        .config({
          src: shapesOf(province),
          idField: 'county',
          dataStyle: { color: { field: value, fixed: 'blue' }, opacity: 0.7 },
          style: { color: { fixed: 'gray' }, opacity: 0.2, lineWidth: 1 },
          rules: [],
        }),
      new common.MapLayerOptionsBuilder()
        .type('markers')
        .name('数值')
        .location(
          new common.FrameGeometrySourceBuilder()
            .mode(common.FrameGeometrySourceMode.Lookup)
            .lookup('county')
            .gazetteer(shapesOf(province)),
        )
        .config({
          showLegend: true,
          style: {
            color: { field: value, fixed: 'blue' },
            opacity: 0.6,
            size: { field: value, fixed: 5, min: 3, max: 18 },
          },
        }),
    ])
    // Some versions leave the first row's shape uncoloured: the smallest value is missed least.
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: value }] } })
    .withTransformation({
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        excludeByName: Object.fromEntries(
          names
            .filter((name) => !['county', 'county_name', value].includes(name))
            .map((name) => [name, true]),
        ),
        renameByName: {},
      },
    });
  for (const name of ['county', 'county_name', value])
    built.overrideByName(name, [...(shownAs.get(name) ?? [])]);
  return (
    built
      // From the smallest to the largest existing value; Grafana's default thresholds are green below 80 and red
      // above.
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.ContinuousBlPu))
      .fieldMinMax(true)
  );
}
