/** Region, month and measure: the way back up, the map's measure, the month as a slider. */
import { Select } from 'antd';
import { Chinese } from '../common/chinese.tsx';
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { MEASURES, type Measure } from './rows.ts';

interface Props {
  readonly months: readonly string[];
  readonly month: string;
  readonly measure: Measure;
  /** From the province down; the last one is shown. */
  readonly way: readonly { readonly code: string | null; readonly name: string }[];
}

export function ChartsBar({ months, month, measure, way }: Props) {
  const words = useWords();
  const format = useFormat();
  const { here, go } = useNavigation();
  return (
    <div className="charts-bar">
      <nav className="way" aria-label={words.charts.way} data-testid="way">
        {way.map(({ code, name }, place) => (
          <span key={code ?? ''}>
            {place === 0 ? null : <span aria-hidden="true"> › </span>}
            {place === way.length - 1 ? (
              <h1 aria-current="location">
                <Chinese>{name}</Chinese>
              </h1>
            ) : (
              <a href={here({ region: code ?? '' })}>
                <Chinese>{name}</Chinese>
              </a>
            )}
          </span>
        ))}
      </nav>
      <label className="measure">
        <span>{words.charts.by}</span>
        <Select<Measure>
          value={measure}
          data-testid="measure"
          aria-label={words.charts.by}
          options={MEASURES.map((value) => ({ value, label: words.charts.measures[value] }))}
          onChange={(value) => {
            go(here({ measure: value }));
          }}
        />
      </label>
      {months.length < 2 ? null : (
        <label className="slider">
          <span>{format.month(month)}</span>
          <input
            type="range"
            data-testid="slider"
            aria-label={words.month}
            aria-valuetext={format.month(month)}
            min={0}
            max={months.length - 1}
            value={Math.max(0, months.indexOf(month))}
            onChange={(event) => {
              go(here({ month: months[Number(event.target.value)] ?? month }));
            }}
          />
        </label>
      )}
    </div>
  );
}
