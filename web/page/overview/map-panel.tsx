/** The map, or a note that it is missing: the table beside it has every figure anyway. */
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { CountyAnswer } from '../../api.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { Panel } from '../common/panel.tsx';
import { ProblemNotice } from '../data/problem-notice.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { useWords } from '../words/words.ts';
import type { CountyShapes } from './shapes.ts';

/** The figures need not wait for the drawing library. */
const ProvinceMap = lazy(() => import('./province-map.tsx'));

export function MapPanel({ counties }: { readonly counties: readonly CountyAnswer[] }) {
  const { map } = useWords();
  const shapes = useAnswer<CountyShapes>('/api/map');
  return (
    <Panel
      title={map.title}
      extra={shapes.data === null ? undefined : map.hint}
      className={shapes.problem?.status === 404 ? 'no-map' : ''}
    >
      {shapes.data !== null ? (
        <Suspense fallback={<Skeleton.Node active className="map" />}>
          <ProvinceMap shapes={shapes.data} counties={counties} />
        </Suspense>
      ) : shapes.problem === null ? (
        <Skeleton.Node active className="map" />
      ) : shapes.problem.status === 404 ? (
        <EmptyNote title={map.missing}>{map.missingHint}</EmptyNote>
      ) : (
        <ProblemNotice problem={shapes.problem} onRetry={shapes.retry} />
      )}
    </Panel>
  );
}
