/** The share of bad rows of a source over the months, with counts on hover. */
import { Popover } from 'antd';
import type { QualityAnswer, SourceAnswer } from '../../api.ts';
import { Sparkline } from '../common/sparkline.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

/** Half a per cent fills the height: a single bad row in ten thousand is no mountain. */
const LEAST = 0.005;

interface Props {
  readonly source: SourceAnswer;
  /** Fields of `source.quality`, in order. */
  readonly months: readonly string[];
}

interface Month {
  readonly month: string;
  readonly quality: QualityAnswer | null;
}

function Counts({ months }: { readonly months: readonly Month[] }) {
  const words = useWords();
  const { count, share } = useFormat();
  const text = words.quality;
  const shown = (value: number | null, write: (value: number) => string): string =>
    value === null ? words.none : write(value);
  return (
    <table className="counts">
      <thead>
        <tr>
          {[words.month, text.rows, text.bad, text.share, text.refused, text.days].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...months].reverse().map(({ month, quality }) => (
          <tr key={month}>
            <th scope="row">{month}</th>
            <td>{shown(quality?.rows ?? null, count)}</td>
            <td>{shown(quality?.quarantined ?? null, count)}</td>
            <td>{shown(quality?.share ?? null, share)}</td>
            <td>{shown(quality?.refused ?? null, count)}</td>
            <td>{shown(quality?.days_after_month ?? null, count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function QualityTrend({ source, months }: Props) {
  const words = useWords();
  const { share } = useFormat();
  const series = months.map((month, index) => ({ month, quality: source.quality[index] ?? null }));
  if (series.every(({ quality }) => quality === null))
    return <span className="quiet">{words.none}</span>;
  const values = series.map(({ quality }) => quality?.share ?? null);
  const text = series
    .map(({ month }, index) => {
      const value = values[index] ?? null;
      return `${month}: ${value === null ? words.quality.nothing : share(value)}`;
    })
    .join(', ');
  return (
    <Popover
      title={words.quality.title}
      content={<Counts months={series} />}
      trigger={['hover', 'focus']}
    >
      <span className="trend" tabIndex={0}>
        <Sparkline values={values} least={LEAST} text={text} hint={false} />
      </span>
    </Popover>
  );
}
