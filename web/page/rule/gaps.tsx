/** Where a rule could not be decided, and what was missing. */
import type { RuleAnswer, SourceAnswer } from '../../api.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { nameMissing } from './missing.ts';

interface Props {
  readonly rule: RuleAnswer;
  readonly sources: readonly SourceAnswer[];
  /** Also say so when nothing was missing. */
  readonly complete?: boolean;
}

export function Gaps({ rule, sources, complete = false }: Props) {
  const words = useWords();
  const { count } = useFormat();
  if (rule.not_evaluated.length === 0) {
    return complete ? <span className="quiet">{words.rules.everywhere}</span> : null;
  }
  return (
    <>
      {rule.not_evaluated.map(({ missing, counties }) => (
        <div key={missing} className="gap">
          {words.rules.gap(count(counties), nameMissing(missing, sources, words))}
        </div>
      ))}
    </>
  );
}
