/** ECharts options: months side by side, the funnel, people by programme, rules by county. */
import { describeClass, type CountClass } from '../overview/classes.ts';
import { INK, LINE, QUIET, SEQUENCE } from '../style/theme.ts';
import type { Formats } from '../words/format.ts';
import type { Words } from '../words/zh.ts';
import { SERIES } from './colours.ts';
import type { CellRow, MonthRow, PeopleRow, StageRow } from './rows.ts';

const QUIET_AXIS = { axisLine: { lineStyle: { color: LINE } }, axisLabel: { color: QUIET } };
const FIGURES = { ...QUIET_AXIS, splitLine: { lineStyle: { color: '#eef1f5' } } };

export function monthsOption(rows: readonly MonthRow[], words: Words, format: Formats) {
  const { measures } = words.charts;
  const shown = [
    ['warnings', 'line', SERIES[1]],
    ['opened', 'bar', SERIES[0]],
    ['closed', 'bar', SERIES[2]],
    ['open', 'line', SERIES[3]],
  ] as const;
  return {
    animation: false,
    tooltip: {
      trigger: 'axis' as const,
      confine: true,
      valueFormatter: (value: unknown) => format.count(Number(value)),
    },
    legend: { type: 'scroll' as const, bottom: 0, textStyle: { color: INK } },
    grid: { left: 56, right: 16, top: 24, bottom: 56 },
    xAxis: { type: 'category' as const, data: rows.map(({ month }) => month), ...QUIET_AXIS },
    yAxis: { type: 'value' as const, minInterval: 1, ...FIGURES },
    series: shown.map(([measure, type, color]) => ({
      name: measures[measure],
      type,
      color,
      symbolSize: 7,
      barMaxWidth: 28,
      data: rows.map((row) => row[measure]),
    })),
  };
}

export function funnelOption(rows: readonly StageRow[], words: Words, format: Formats) {
  const most = Math.max(...rows.map(({ n }) => n), 1);
  // Hits are warnings, the later stages are cards: shares are of the cards.
  const cards = rows[1]?.n ?? 0;
  const share = (place: number, n: number): string =>
    place < 2 || cards === 0 ? '' : `（${Math.round((n / cards) * 100)}%）`;
  return {
    animation: false,
    grid: { left: 64, right: 120, top: 8, bottom: 8 },
    xAxis: { type: 'value' as const, max: most, show: false },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: rows.map(({ stage }) => stage),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: INK, fontSize: 14, fontWeight: 600 },
    },
    tooltip: { show: false },
    series: [
      {
        type: 'bar' as const,
        barWidth: '62%',
        data: rows.map(({ n }, place) => ({
          value: n,
          itemStyle: { color: SERIES[0], opacity: 1 - place * 0.18, borderRadius: 4 },
          label: {
            show: true,
            position: 'right' as const,
            color: INK,
            fontSize: 14,
            formatter: `${format.count(n)}${share(place, n)}`,
          },
        })),
      },
    ],
    aria: { label: { description: words.charts.funnel } },
  };
}

export function peopleOption(rows: readonly PeopleRow[], format: Formats) {
  const months = [...new Set(rows.map(({ month }) => month))].sort();
  const titles = [...new Set(rows.map(({ title }) => title))];
  const at = new Map(rows.map(({ month, title, persons }) => [`${month} ${title}`, persons]));
  return {
    animation: false,
    tooltip: {
      trigger: 'axis' as const,
      confine: true,
      valueFormatter: (value: unknown) => format.count(Number(value)),
    },
    legend: { type: 'scroll' as const, bottom: 0, textStyle: { color: INK } },
    grid: { left: 64, right: 16, top: 24, bottom: 56 },
    xAxis: { type: 'category' as const, data: months, ...QUIET_AXIS },
    yAxis: { type: 'value' as const, minInterval: 1, ...FIGURES },
    series: titles.map((title, place) => ({
      name: title,
      type: 'bar' as const,
      stack: 'people',
      color: SERIES[place % SERIES.length],
      barMaxWidth: 48,
      data: months.map((month) => at.get(`${month} ${title}`) ?? 0),
    })),
  };
}

/** Rules with hits, most hits first. */
function rulesOf(rows: readonly CellRow[]): { rule: string; title: string }[] {
  const sums = new Map<string, { rule: string; title: string; hits: number }>();
  for (const { rule, rule_title, hits } of rows) {
    const sum = sums.get(rule) ?? { rule, title: rule_title, hits: 0 };
    sums.set(rule, { ...sum, hits: sum.hits + hits });
  }
  return [...sums.values()].sort((a, b) => b.hits - a.hits || a.rule.localeCompare(b.rule));
}

/** Classes of cells, each wider than the previous one by the same factor: most cells have few hits and some have many. */
function cellClasses(most: number): CountClass[] {
  const times = Math.max(2, most ** (1 / SEQUENCE.length));
  const starts = SEQUENCE.map((_, place) => Math.round(times ** place)).filter((n) => n <= most);
  return starts.map((min, place) => ({
    min,
    max: place === starts.length - 1 ? null : (starts[place + 1] ?? min + 1) - 1,
    color: SEQUENCE[place + SEQUENCE.length - starts.length] ?? SEQUENCE[0],
  }));
}

const ROW = 19;

/** Height of the heat map in pixels: one line per rule. */
export const heatHeight = (rows: readonly CellRow[]): number => rulesOf(rows).length * ROW + 140;

export function heatOption(rows: readonly CellRow[], words: Words, format: Formats) {
  const rules = rulesOf(rows);
  const counties = [...new Map(rows.map((row) => [row.county, row.county_name]))].sort(([a], [b]) =>
    a.localeCompare(b),
  );
  const x = new Map(counties.map(([county], place) => [county, place]));
  const y = new Map(rules.map(({ rule }, place) => [rule, place]));
  return {
    animation: false,
    tooltip: {
      confine: true,
      formatter: (hovered: unknown) => {
        const [column = 0, row = 0, hits = 0] =
          (hovered as { readonly value?: readonly number[] }).value ?? [];
        const box = document.createElement('div');
        const { rule = '', title = '' } = rules[row] ?? {};
        box.textContent = `${counties[column]?.[1] ?? ''} · ${rule} ${title}：${format.count(hits)}`;
        return box;
      },
    },
    visualMap: {
      type: 'piecewise' as const,
      orient: 'horizontal' as const,
      left: 'center',
      bottom: 0,
      itemWidth: 16,
      itemHeight: 12,
      textStyle: { color: INK },
      pieces: cellClasses(Math.max(...rows.map(({ hits }) => hits))).map((entry) => ({
        gte: entry.min,
        ...(entry.max === null ? {} : { lte: entry.max }),
        color: entry.color,
        label: describeClass(entry, format),
      })),
    },
    grid: { left: 236, right: 8, top: 8, bottom: 132 },
    xAxis: {
      type: 'category' as const,
      data: counties.map(([, name]) => name),
      axisLabel: {
        color: QUIET,
        rotate: 90,
        interval: 0,
        fontSize: 11,
        width: 88,
        overflow: 'truncate' as const,
      },
      axisLine: { lineStyle: { color: LINE } },
      splitArea: { show: true, areaStyle: { color: ['#ffffff', '#fafbfc'] } },
    },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: rules.map(({ rule, title }) => `${rule} ${title}`),
      axisLabel: { color: INK, fontSize: 12, width: 222, overflow: 'truncate' as const },
      axisLine: { lineStyle: { color: LINE } },
    },
    series: [
      {
        type: 'heatmap' as const,
        data: rows.map(({ rule, county, hits }) => [x.get(county) ?? 0, y.get(rule) ?? 0, hits]),
        itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: INK, borderWidth: 1 } },
      },
    ],
    aria: { label: { description: words.charts.heat } },
  };
}
