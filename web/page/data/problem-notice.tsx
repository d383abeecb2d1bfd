/** What went wrong, its code, and what to do about it. */
import { Alert, Button } from 'antd';
import { useWords } from '../words/words.ts';
import { UNREACHABLE, type Problem } from './fetch-answer.ts';

interface Props {
  readonly problem: Problem;
  readonly onRetry: () => void;
}

export function ProblemNotice({ problem, onRetry }: Props) {
  const words = useWords();
  const known: Readonly<Record<string, string>> = words.problems;
  const lost = problem.code === UNREACHABLE;
  const title = lost ? words.unreachable : known[problem.code];
  const fix = lost ? words.unreachableFix : problem.fix;
  return (
    <Alert
      type="error"
      showIcon
      className="problem"
      data-testid="problem"
      title={title ?? problem.message}
      description={
        <>
          {fix === undefined ? null : (
            <div>
              {words.fix}
              {fix}
            </div>
          )}
          <div className="quiet">
            <code>{problem.code}</code>
            {title === undefined || lost ? null : <> · {problem.message}</>}
          </div>
        </>
      }
      action={<Button onClick={onRetry}>{words.retry}</Button>}
    />
  );
}
