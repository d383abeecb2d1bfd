/** ECharts options: counties coloured by open leads, prefectures named. */
import type { CountyAnswer } from '../../api.ts';
import { countyGeo, figuresBox, mapTooltip, namesOnMap } from '../common/county-map.ts';
import type { Formats } from '../words/format.ts';
import type { Words } from '../words/zh.ts';
import type { CountClass } from './classes.ts';
import type { PrefectureLabel } from './shapes.ts';

function tooltip(county: CountyAnswer, words: Words, format: Formats): HTMLElement {
  return figuresBox(`${county.name} · ${county.prefecture}`, [
    [words.figures.open, format.count(county.open)],
    [words.figures.opened, format.count(county.opened)],
    [words.county.urgent, format.count(county.by_priority[0])],
  ]);
}

export function mapOption(
  map: string,
  counties: readonly CountyAnswer[],
  labels: readonly PrefectureLabel[],
  classes: readonly CountClass[],
  words: Words,
  format: Formats,
) {
  const byCode = new Map(counties.map((county) => [county.code, county]));
  return {
    aria: { enabled: false },
    animation: false,
    tooltip: mapTooltip((code) => {
      const county = byCode.get(code);
      return county === undefined ? null : tooltip(county, words, format);
    }),
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
    geo: { ...countyGeo(map), left: 0, right: 0, top: 4, bottom: 4 },
    series: [
      {
        type: 'map' as const,
        map,
        geoIndex: 0,
        data: counties.map(({ code, open }) => ({ name: code, value: open })),
      },
      namesOnMap(labels, 12),
    ],
  };
}
