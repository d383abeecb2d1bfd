/** The months of a rule as bars. A month without evaluation has no bar and says so. */
import { useMemo } from 'react';
import { Chart } from '../common/chart.tsx';
import { ACCENT, LINE, QUIET } from '../style/theme.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import type { Point } from './series.ts';

export default function HistoryChart({ series }: { readonly series: readonly Point[] }) {
  const { rules } = useWords();
  const { count } = useFormat();
  const option = useMemo(
    () => ({
      animation: false,
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      xAxis: {
        type: 'category',
        data: series.map(({ month }) => month),
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { show: false },
        axisLabel: { color: QUIET },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 3,
        splitLine: { lineStyle: { color: LINE } },
        axisLabel: { color: QUIET, formatter: count },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 44,
          itemStyle: { color: ACCENT, borderRadius: [3, 3, 0, 0] },
          data: series.map(({ hits }) => ({
            value: hits ?? 0,
            label: {
              show: true,
              position: 'top',
              color: QUIET,
              formatter: hits === null ? rules.notEvaluated : count(hits),
            },
          })),
        },
      ],
    }),
    [series, rules, count],
  );
  return <Chart option={option} label={rules.history} className="history" testid="history" />;
}
