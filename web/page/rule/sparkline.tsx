/** The course of a rule in the space of a word. A month without evaluation is a gap in the line, not a zero. */
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import type { Point } from './series.ts';

const WIDTH = 96;
const HEIGHT = 26;
const MARGIN = 4;

interface Dot {
  readonly x: number;
  readonly y: number;
}

/** @returns stretches of months that were evaluated */
function stretches(series: readonly Point[]): Dot[][] {
  const highest = Math.max(1, ...series.map(({ hits }) => hits ?? 0));
  const across = (WIDTH - 2 * MARGIN) / Math.max(1, series.length - 1);
  const found: Dot[][] = [[]];
  series.forEach(({ hits }, index) => {
    if (hits === null) found.push([]);
    else {
      found.at(-1)?.push({
        x: series.length === 1 ? WIDTH - MARGIN : MARGIN + index * across,
        y: HEIGHT - MARGIN - (hits / highest) * (HEIGHT - 2 * MARGIN),
      });
    }
  });
  return found.filter((stretch) => stretch.length > 0);
}

export function Sparkline({ series }: { readonly series: readonly Point[] }) {
  const words = useWords();
  const { count } = useFormat();
  const lines = stretches(series);
  const last = series.at(-1)?.hits === null ? undefined : lines.at(-1)?.at(-1);
  const text = series
    .map(({ month, hits }) => `${month}: ${hits === null ? words.rules.notEvaluated : count(hits)}`)
    .join(', ');
  return (
    <svg
      className="sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={text}
    >
      <title>{text}</title>
      {lines.map((stretch) => (
        <polyline
          key={stretch[0]?.x}
          points={stretch.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        />
      ))}
      {last === undefined ? null : <circle cx={last.x} cy={last.y} r="2.6" />}
    </svg>
  );
}
