/** A course of figures in the space of a word. What is not known is a gap in the line, not a zero. */

const WIDTH = 96;
const HEIGHT = 26;
const MARGIN = 4;

interface Dot {
  readonly x: number;
  readonly y: number;
}

/** @returns stretches of figures that are known */
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
  /** Oldest first; null: not known. */
  readonly values: readonly (number | null)[];
  /** What the full height stands for at least, so that noise is not drawn as a mountain. */
  readonly least: number;
  /** The figures in words, for those who do not see the line. */
  readonly text: string;
  /** Show the words also to whoever points at the line. */
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
