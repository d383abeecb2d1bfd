/** A chart in its panel: its data, and the ways to export it. */
import type { EChartsCoreOption } from 'echarts/core';
import type { ReactNode } from 'react';
import { Chart } from '../common/chart.tsx';
import { EmptyNote } from '../common/empty-note.tsx';
import { Panel } from '../common/panel.tsx';
import { Answered } from '../data/answered.tsx';
import type { LoadedAnswer } from '../data/use-answer.ts';
import { useWords } from '../words/words.ts';
import { savePng, saveSvg } from './save.ts';

interface Props<T> {
  readonly name: string;
  readonly title: string;
  /** What the title leaves open: the region and the month. */
  readonly about: string;
  readonly answer: LoadedAnswer<{ readonly data: readonly T[] }>;
  /** Path of the same rows as CSV. */
  readonly csv: string;
  readonly option: (rows: readonly T[]) => EChartsCoreOption;
  /** Height in pixels; may depend on the rows. */
  readonly height: number | ((rows: readonly T[]) => number);
  readonly note?: ReactNode;
  readonly onPick?: (name: string) => void;
}

export function ChartPanel<T>(props: Props<T>) {
  const { name, title, about, answer, csv, option, height, note, onPick } = props;
  const words = useWords();
  const rows = answer.data?.data ?? [];
  const tall = typeof height === 'number' ? height : height(rows);
  const drawing = () => {
    const box = document.querySelector(`[data-testid="chart-${name}"]`);
    const shape = tall / Math.max(box?.clientWidth ?? 1000, 320);
    return { option: option(rows), title: `${title} · ${about}`, shape };
  };
  return (
    <Panel
      title={title}
      className={`chart-panel chart-${name}`}
      extra={
        <span className="chart-files" role="group" aria-label={words.charts.files(title)}>
          <button
            type="button"
            data-testid={`png-${name}`}
            disabled={rows.length === 0}
            onClick={() => void savePng(drawing())}
          >
            PNG
          </button>
          <button
            type="button"
            data-testid={`svg-${name}`}
            disabled={rows.length === 0}
            onClick={() => {
              saveSvg(drawing());
            }}
          >
            SVG
          </button>
          <a href={csv} download data-testid={`csv-${name}`}>
            CSV
          </a>
        </span>
      }
    >
      <Answered answer={answer} lines={8}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyNote title={words.charts.none}>{words.charts.noneHint}</EmptyNote>
          ) : (
            <div style={{ height: typeof height === 'number' ? height : height(data) }}>
              <Chart
                option={option(data)}
                label={`${title}，${about}`}
                className="chart"
                testid={`chart-${name}`}
                {...(onPick === undefined ? {} : { onPick })}
              />
            </div>
          )
        }
      </Answered>
      {note === undefined ? null : <p className="quiet small chart-note">{note}</p>}
    </Panel>
  );
}
