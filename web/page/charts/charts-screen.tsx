/**
 * The figures as charts, from the same named queries that Grafana shows: a map to drill down on, months side by
 * side, the funnel, people by programme, rules by county. Prints on two pages.
 */
import { useMemo } from 'react';
import { Skeleton } from 'antd';
import type { HomeAnswer } from '../../api.ts';
import { registerMap } from '../common/chart.tsx';
import { useAnswer } from '../data/use-answer.ts';
import type { CountyShapes } from '../overview/shapes.ts';
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { ChartPanel } from './chart-panel.tsx';
import { ChartsBar } from './charts-bar.tsx';
import './register.ts';
import { mapOption } from './map-option.ts';
import { funnelOption, heatHeight, heatOption, monthsOption, peopleOption } from './options.ts';
import { isPrefecture, liesIn, prefectureOf, regionOfMap } from './region.ts';
import {
  MEASURES,
  rowsPath,
  useRows,
  type RowsQuery,
  type CellRow,
  type CountyRow,
  type MonthRow,
  type PeopleRow,
  type StageRow,
} from './rows.ts';

const NO_MONTHS: readonly string[] = [];

export default function ChartsScreen({ month }: { readonly month: string }) {
  const words = useWords();
  const format = useFormat();
  const { query, here, go } = useNavigation();
  const home = useAnswer<HomeAnswer>('/api/home');
  const shapes = useAnswer<CountyShapes>('/api/map');
  const region = query['region'] ?? null;
  const measure = MEASURES.find((one) => one === query['measure']) ?? 'open';
  const months = home.data?.months ?? NO_MONTHS;
  const from = months[0] ?? month;

  const ask = (metric: string, since = month, where = region): RowsQuery => ({
    metric,
    from: since,
    to: month,
    region: where,
  });
  const asked = {
    counties: ask('province_counties', month, regionOfMap(region)),
    months: ask('province_months', from),
    stages: ask('province_stages'),
    people: ask('province_people', from),
    cells: ask('province_rule_counties'),
  };
  const counties = useRows<CountyRow>(asked.counties);
  const byMonth = useRows<MonthRow>(asked.months);
  const stages = useRows<StageRow>(asked.stages);
  const people = useRows<PeopleRow>(asked.people);
  const cells = useRows<CellRow>(asked.cells);

  const map = `charts-${regionOfMap(region) ?? 'province'}`;
  const shown = useMemo(() => {
    if (shapes.data === null) return null;
    const within = regionOfMap(region);
    const part: CountyShapes = {
      ...shapes.data,
      features: shapes.data.features.filter(({ properties }) => liesIn(properties.code, within)),
    };
    // The library needs its map registered by name before the first drawing.
    registerMap(map, JSON.stringify(part));
    return part;
  }, [shapes.data, region, map]);

  const rows = counties.data?.data ?? [];
  const own = rows.find(({ county }) => county === region);
  const around = rows[0]?.prefecture_name ?? '';
  const province = home.data?.province.name ?? '';
  const way = [
    { code: null, name: province },
    ...(region === null
      ? []
      : [{ code: isPrefecture(region) ? region : prefectureOf(region), name: around }]),
    ...(region === null || isPrefecture(region)
      ? []
      : [{ code: region, name: own?.county_name ?? region }]),
  ];
  const about = `${way.at(-1)?.name ?? ''} ${format.month(month)}`;
  const pick = (code: string): void => {
    if (!rows.some(({ county }) => county === code)) return;
    // Drills down from the province to a prefecture, then to a county, and back.
    const next = region === null ? prefectureOf(code) : code === region ? prefectureOf(code) : code;
    go(here({ region: next }));
  };
  return (
    <div className="charts">
      <ChartsBar months={months} month={month} measure={measure} way={way} />
      <div className="columns charts-grid">
        {shown === null ? (
          shapes.problem === null ? (
            <Skeleton.Node active className="map" />
          ) : null
        ) : (
          <ChartPanel
            about={about}
            name="map"
            title={words.charts.map(words.charts.measures[measure])}
            answer={counties}
            csv={rowsPath(asked.counties, 'csv')}
            height={500}
            note={`${region === null ? words.charts.mapHint : words.charts.prefectureHint} ${words.map.unofficial}`}
            onPick={pick}
            option={(data) =>
              mapOption(
                {
                  map,
                  shapes: shown,
                  rows: data,
                  measure,
                  chosen: own?.county ?? null,
                  named: region !== null,
                },
                words,
                format,
              )
            }
          />
        )}
        <div className="stack">
          <ChartPanel
            about={about}
            name="funnel"
            title={words.charts.funnel}
            answer={stages}
            csv={rowsPath(asked.stages, 'csv')}
            height={190}
            note={words.charts.funnelHint}
            option={(data) => funnelOption(data, words, format)}
          />
          <ChartPanel
            about={about}
            name="months"
            title={words.charts.months}
            answer={byMonth}
            csv={rowsPath(asked.months, 'csv')}
            height={250}
            onPick={(name) => {
              if (months.includes(name)) go(here({ month: name }));
            }}
            option={(data) => monthsOption(data, words, format)}
          />
        </div>
      </div>
      <ChartPanel
        about={about}
        name="people"
        title={words.charts.people}
        answer={people}
        csv={rowsPath(asked.people, 'csv')}
        height={300}
        note={words.charts.peopleHint}
        option={(data) => peopleOption(data, format)}
      />
      <ChartPanel
        about={about}
        name="heat"
        title={words.charts.heat}
        answer={cells}
        csv={rowsPath(asked.cells, 'csv')}
        height={heatHeight}
        note={words.charts.heatHint}
        option={(data) => heatOption(data, words, format)}
      />
    </div>
  );
}
