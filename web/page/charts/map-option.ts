/** Counties coloured by a measure; under the province prefectures are named, under a prefecture its counties. */
import { countyGeo, figuresBox, mapTooltip, namesOnMap } from '../common/county-map.ts';
import { classesOf, describeClass } from '../overview/classes.ts';
import { prefectureLabels, type CountyShapes } from '../overview/shapes.ts';
import { INK } from '../style/theme.ts';
import type { Formats } from '../words/format.ts';
import type { Words } from '../words/zh.ts';
import { MEASURES, type CountyRow, type Measure } from './rows.ts';

interface Drawn {
  readonly map: string;
  readonly shapes: CountyShapes;
  readonly rows: readonly CountyRow[];
  readonly measure: Measure;
  /** The single county in view. */
  readonly chosen: string | null;
  /** A prefecture's counties are few enough to label. */
  readonly named: boolean;
}

function tooltip(row: CountyRow, words: Words, format: Formats): HTMLElement {
  return figuresBox(
    `${row.county_name} · ${row.prefecture_name}`,
    MEASURES.map((measure) => [words.charts.measures[measure], format.count(row[measure])]),
  );
}

export function mapOption(
  { map, shapes, rows, measure, chosen, named }: Drawn,
  words: Words,
  format: Formats,
) {
  const byCode = new Map(rows.map((row) => [row.county, row]));
  const labels = prefectureLabels(
    shapes,
    rows.map((row) => ({
      code: row.county,
      // Under a prefecture each county is labelled separately.
      prefecture: named ? row.county_name : row.prefecture_name,
    })),
  );
  return {
    aria: { enabled: false },
    animation: false,
    tooltip: mapTooltip((code) => {
      const row = byCode.get(code);
      return row === undefined ? null : tooltip(row, words, format);
    }),
    visualMap: {
      type: 'piecewise' as const,
      seriesIndex: 0,
      left: 0,
      bottom: 0,
      itemWidth: 16,
      itemHeight: 12,
      textStyle: { color: INK },
      pieces: classesOf(rows.map((row) => row[measure]))
        .map((entry) => ({
          gte: entry.min,
          ...(entry.max === null ? {} : { lte: entry.max }),
          color: entry.color,
          label: describeClass(entry, format),
        }))
        .reverse(),
    },
    geo: {
      ...countyGeo(map),
      left: 110,
      right: 0,
      top: 8,
      bottom: 8,
      regions:
        chosen === null
          ? []
          : [{ name: chosen, itemStyle: { borderColor: INK, borderWidth: 2.5 } }],
    },
    series: [
      {
        type: 'map' as const,
        map,
        geoIndex: 0,
        data: rows.map((row) => ({ name: row.county, value: row[measure] })),
      },
      namesOnMap(labels, named ? 13 : 12),
    ],
  };
}
