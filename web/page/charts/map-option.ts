/** Counties coloured by a measure; under the province prefectures are named, under a prefecture its counties. */
import { prefectureMarks, type CountyShapes } from '../overview/shapes.ts';
import { classesOf, describeClass } from '../overview/classes.ts';
import { INK } from '../style/theme.ts';
import type { Format } from '../words/format.ts';
import type { Words } from '../words/zh.ts';
import { MEASURES, type CountyRow, type Measure } from './rows.ts';

/** Cosine of 27° north: counties keep the shape they have on the ground. */
const ASPECT = 0.89;

interface Drawn {
  readonly map: string;
  readonly shapes: CountyShapes;
  readonly rows: readonly CountyRow[];
  readonly measure: Measure;
  /** County that is looked at alone. */
  readonly chosen: string | null;
  /** A prefecture's counties are few enough to be named. */
  readonly named: boolean;
}

/** Built as elements, never as markup: whatever a name holds stays text. */
function tooltip(row: CountyRow, words: Words, format: Format): HTMLElement {
  const box = document.createElement('div');
  const title = document.createElement('strong');
  title.textContent = `${row.county_name} · ${row.prefecture_name}`;
  box.append(title);
  for (const measure of MEASURES) {
    const line = document.createElement('div');
    line.className = 'tip-line';
    const name = document.createElement('span');
    name.textContent = words.charts.measures[measure];
    const figure = document.createElement('b');
    figure.textContent = format.count(row[measure]);
    line.append(name, figure);
    box.append(line);
  }
  return box;
}

export function mapOption(
  { map, shapes, rows, measure, chosen, named }: Drawn,
  words: Words,
  format: Format,
) {
  const byCode = new Map(rows.map((row) => [row.county, row]));
  const classes = classesOf(rows.map((row) => row[measure]));
  const marks = named
    ? []
    : prefectureMarks(
        shapes,
        rows.map(({ county, prefecture_name }) => ({ code: county, prefecture: prefecture_name })),
      );
  return {
    aria: { enabled: false },
    animation: false,
    tooltip: {
      trigger: 'item' as const,
      confine: true,
      formatter: (hovered: unknown) => {
        const row = byCode.get((hovered as { readonly name?: string }).name ?? '');
        return row === undefined ? '' : tooltip(row, words, format);
      },
    },
    visualMap: {
      type: 'piecewise' as const,
      seriesIndex: 0,
      left: 0,
      bottom: 0,
      itemWidth: 16,
      itemHeight: 12,
      textStyle: { color: INK },
      pieces: classes
        .map((entry) => ({
          gte: entry.min,
          ...(entry.max === null ? {} : { lte: entry.max }),
          color: entry.color,
          label: describeClass(entry, format),
        }))
        .reverse(),
    },
    geo: {
      map,
      nameProperty: 'code',
      aspectScale: ASPECT,
      preserveAspect: true,
      left: 110,
      right: 0,
      top: 8,
      bottom: 8,
      itemStyle: { areaColor: '#f2f4f7', borderColor: '#ffffff', borderWidth: 1 },
      regions:
        chosen === null
          ? []
          : [{ name: chosen, itemStyle: { borderColor: INK, borderWidth: 2.5 } }],
      emphasis: {
        label: { show: false },
        itemStyle: { areaColor: '#f4c775', borderColor: INK, borderWidth: 1.2 },
      },
      select: { disabled: true },
    },
    series: [
      {
        type: 'map' as const,
        map,
        geoIndex: 0,
        data: rows.map((row) => ({ name: row.county, value: row[measure] })),
      },
      {
        type: 'scatter' as const,
        coordinateSystem: 'geo' as const,
        silent: true,
        symbolSize: 0,
        data: (named ? countyMarks(shapes, byCode) : marks).map(({ name, at }) => ({
          name,
          value: [...at],
        })),
        label: {
          show: true,
          formatter: '{b}',
          color: INK,
          fontSize: named ? 13 : 12,
          fontWeight: 600,
          textBorderColor: '#ffffff',
          textBorderWidth: 3,
        },
      },
    ],
  };
}

/** Each county is a prefecture of its own here: the centre of its shape. */
function countyMarks(shapes: CountyShapes, byCode: ReadonlyMap<string, CountyRow>) {
  return prefectureMarks(
    shapes,
    [...byCode.values()].map(({ county, county_name }) => ({
      code: county,
      prefecture: county_name,
    })),
  );
}
