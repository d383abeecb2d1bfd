/** The run as a list: step, rows, time finished, and its counts in words. */
import type { StepAnswer } from '../../api.ts';
import { Panel } from '../common/panel.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { describeCounts } from './step-counts.ts';

export function StepList({ steps }: { readonly steps: readonly StepAnswer[] }) {
  const words = useWords();
  const format = useFormat();
  const names: Readonly<Record<string, string>> = words.steps.names;
  return (
    <Panel title={words.steps.title}>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.step} data-testid={`step-${step.step}`}>
            <div className="step-head">
              <strong>{names[step.step] ?? step.step}</strong>
              <span className="step-rows">{words.steps.rows(format.count(step.rows))}</span>
              <time dateTime={step.finished_at}>{format.instant(step.finished_at)}</time>
            </div>
            <div className="quiet">{describeCounts(step, words, format)}</div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
