/** What ECharts is told to draw: counties coloured by open leads, prefectures named. */
import type { CountyAnswer } from '../../api.ts';
import type { Format } from '../words/format.ts';
import type { Words } from '../words/zh.ts';
import { INK } from '../style/theme.ts';
import type { CountClass } from './classes.ts';
import type { PrefectureMark } from './shapes.ts';

/** Cosine of 27° north: counties keep the shape they have on the ground. */
const ASPECT = 0.89;

interface Hovered {
  readonly name?: string;
}

/** Built as elements, never as markup: whatever a name holds stays text. */
function tooltip(county: CountyAnswer, words: Words, format: Format): HTMLElement {
  const box = document.createElement('div');
  const title = document.createElement('strong');
  title.textContent = `${county.name} · ${county.prefecture}`;
  box.append(title);
  const lines: [string, number][] = [
    [words.figures.open, county.open],
    [words.figures.opened, county.opened],
    [words.county.urgent, county.by_priority[0]],
  ];
  for (const [label, value] of lines) {
    const line = document.createElement('div');
    line.className = 'tip-line';
    const name = document.createElement('span');
    name.textContent = label;
    const figure = document.createElement('b');
    figure.textContent = format.count(value);
    line.append(name, figure);
    box.append(line);
  }
  return box;
}

export function mapOption(
  map: string,
  counties: readonly CountyAnswer[],
  marks: readonly PrefectureMark[],
  classes: readonly CountClass[],
  words: Words,
  format: Format,
) {
  const byCode = new Map(counties.map((county) => [county.code, county]));
  return {
    aria: { enabled: false },
    animation: false,
    tooltip: {
      trigger: 'item' as const,
      confine: true,
      formatter: (hovered: unknown) => {
        const county = byCode.get((hovered as Hovered).name ?? '');
        return county === undefined ? '' : tooltip(county, words, format);
      },
    },
    visualMap: {
      type: 'piecewise' as const,
      show: false,
      seriesIndex: 0,
      pieces: classes.map(({ min, max, color }) => ({
        gte: min,
        ...(max === null ? {} : { lte: max }),
        color,
      })),
    },
    geo: {
      map,
      nameProperty: 'code',
      aspectScale: ASPECT,
      preserveAspect: true,
      left: 0,
      right: 0,
      top: 4,
      bottom: 4,
      itemStyle: { areaColor: '#f2f4f7', borderColor: '#ffffff', borderWidth: 1 },
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
        data: counties.map(({ code, open }) => ({ name: code, value: open })),
      },
      {
        type: 'scatter' as const,
        coordinateSystem: 'geo' as const,
        silent: true,
        symbolSize: 0,
        data: marks.map(({ name, at }) => ({ name, value: [...at] })),
        label: {
          show: true,
          formatter: '{b}',
          color: INK,
          fontSize: 12,
          fontWeight: 600,
          textBorderColor: '#ffffff',
          textBorderWidth: 3,
        },
      },
    ],
  };
}
