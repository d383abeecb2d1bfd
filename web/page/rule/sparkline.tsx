/** A word-sized history of a rule. A month without evaluation is a gap in the line, not a zero. */
import { Sparkline } from '../common/sparkline.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import type { Point } from './series.ts';

export function RuleSparkline({ series }: { readonly series: readonly Point[] }) {
  const words = useWords();
  const { count } = useFormat();
  const text = series
    .map(({ month, hits }) => `${month}: ${hits === null ? words.rules.notEvaluated : count(hits)}`)
    .join(', ');
  return <Sparkline values={series.map(({ hits }) => hits)} least={1} text={text} />;
}
