/** An ECharts drawing that follows its box and its data, and is disposed of when it leaves the page. */
import * as echarts from 'echarts/core';
import { BarChart, MapChart, ScatterChart } from 'echarts/charts';
import {
  GeoComponent,
  GridComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { FONT } from '../style/theme.ts';

echarts.use([
  BarChart,
  MapChart,
  ScatterChart,
  GeoComponent,
  GridComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
  // Sharp on a projector, and small: at most a hundred shapes.
  SVGRenderer,
]);

export { registerMap } from 'echarts/core';

interface Props {
  readonly option: echarts.EChartsCoreOption;
  /** Text alternative of the drawing. */
  readonly label: string;
  readonly className: string;
  readonly testid?: string;
  /** Called with the name of the clicked item. */
  readonly onPick?: (name: string) => void;
}

export function Chart({ option, label, className, testid, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(null);
  const latest = useRef({ option, onPick });

  useEffect(() => {
    latest.current = { option, onPick };
  }, [option, onPick]);

  useEffect(() => {
    // Replaces the previous drawing: another region has other rows.
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const begin = (): echarts.ECharts => {
      const drawn = echarts.init(element, { textStyle: { fontFamily: FONT } }, { renderer: 'svg' });
      drawn.on('click', ({ name }) => {
        if (name !== '') latest.current.onPick?.(name);
      });
      drawn.setOption(latest.current.option);
      return drawn;
    };
    const observer = new ResizeObserver(() => {
      // A map cannot be laid out in a box without size, which it has while the page is being arranged.
      if (element.clientWidth === 0 || element.clientHeight === 0) return;
      if (chart.current === null) chart.current = begin();
      else chart.current.resize();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  return <div ref={box} role="img" aria-label={label} className={className} data-testid={testid} />;
}
