/** Classes of the map: about equal numbers of counties, with bounds that can be read out. */
import { ACCENT, SEQUENCE } from '../style/theme.ts';
import type { Formats } from '../words/format.ts';

/** 1234 → 1200: two digits are enough for a legend. */
function round(value: number): number {
  const step = Math.max(1, 10 ** (Math.floor(Math.log10(Math.max(value, 1))) - 1));
  return Math.round(value / step) * step;
}

export interface CountClass {
  /** Lowest count in it. */
  readonly min: number;
  /** Highest count in it; null: no upper bound. */
  readonly max: number | null;
  readonly color: string;
}

/** @returns contiguous classes, ascending, one per colour; fewer if the counts are very similar */
export function classesOf(counts: readonly number[]): CountClass[] {
  const sorted = [...counts].sort((a, b) => a - b);
  const borders = new Set<number>();
  for (let part = 1; part < SEQUENCE.length; part += 1) {
    const at = sorted[Math.floor((sorted.length * part) / SEQUENCE.length)] ?? 0;
    if (at > 0) borders.add(Math.max(1, round(at)));
  }
  const starts = [0, ...borders];
  return starts.map((min, index) => {
    const next = starts[index + 1];
    return {
      min,
      max: next === undefined ? null : next - 1,
      // Fewer classes still span from the palest to the darkest.
      color:
        SEQUENCE[Math.round((index * (SEQUENCE.length - 1)) / Math.max(1, starts.length - 1))] ??
        ACCENT,
    };
  });
}

/** @returns e.g. `110 – 209`, `≥ 600` */
export function describeClass({ min, max }: CountClass, { count }: Formats): string {
  if (max === null) return `≥ ${count(min)}`;
  return min === max ? count(min) : `${count(min)} – ${count(max)}`;
}
