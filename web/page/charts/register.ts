/** What the charts need of the library beyond the map of the overview. */
import * as echarts from 'echarts/core';
import { HeatmapChart, LineChart } from 'echarts/charts';
import { LegendComponent, LegendScrollComponent, TitleComponent } from 'echarts/components';

echarts.use([HeatmapChart, LineChart, LegendComponent, LegendScrollComponent, TitleComponent]);
