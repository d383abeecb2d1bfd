/** Loading, refused, or loaded: the three states of an answer, the same on every screen. */
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { ProblemNotice } from './problem-notice.tsx';
import type { LoadedAnswer } from './use-answer.ts';

interface Props<T> {
  readonly answer: LoadedAnswer<T>;
  /** Lines of the skeleton. */
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

export function Answered<T>({ answer, lines = 4, children }: Props<T>) {
  const words = useWords();
  const format = useFormat();
  const { data, problem, at, retry } = answer;
  if (data !== null) {
    return (
      <>
        {problem === null ? null : (
          <Alert type="warning" banner title={words.stale(format.time(at))} className="stale" />
        )}
        {children(data)}
      </>
    );
  }
  if (problem !== null) return <ProblemNotice problem={problem} onRetry={retry} />;
  return <Skeleton active title={false} paragraph={{ rows: lines }} aria-label={words.loading} />;
}
