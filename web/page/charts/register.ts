/** Parts of the library that the charts need beyond the overview's map. */
import * as echarts from 'echarts/core';
import { HeatmapChart, LineChart } from 'echarts/charts';
import { LegendComponent, LegendScrollComponent, TitleComponent } from 'echarts/components';

echarts.use([HeatmapChart, LineChart, LegendComponent, LegendScrollComponent, TitleComponent]);
