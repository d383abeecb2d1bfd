/** A word-sized line chart. Unknown values are gaps in the line, not zeros. */

const WIDTH = 96;
const HEIGHT = 26;
const MARGIN = 4;

interface Dot {
  readonly x: number;
  readonly y: number;
}

/** @returns runs of known values */
function stretches(values: readonly (number | null)[], least: number): Dot[][] {
  const highest = Math.max(least, ...values.map((value) => value ?? 0));
  const across = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  const found: Dot[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) found.push([]);
    else {
      found.at(-1)?.push({
        x: values.length === 1 ? WIDTH - MARGIN : MARGIN + index * across,
        y: HEIGHT - MARGIN - (value / highest) * (HEIGHT - 2 * MARGIN),
      });
    }
  });
  return found.filter((stretch) => stretch.length > 0);
}

interface Props {
  /** Oldest first; null: unknown. */
  readonly values: readonly (number | null)[];
  /** Minimum value for full height, so that noise does not look like a mountain. */
  readonly least: number;
  /** Text alternative of the line. */
  readonly text: string;
  /** Show the text on hover, too. */
  readonly hint?: boolean;
}

export function Sparkline({ values, least, text, hint = true }: Props) {
  const lines = stretches(values, least);
  const last = values.at(-1) === null ? undefined : lines.at(-1)?.at(-1);
  return (
    <svg
      className="sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={text}
    >
      {hint ? <title>{text}</title> : null}
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
