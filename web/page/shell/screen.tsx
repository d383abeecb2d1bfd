/** The screen for the address. A rule is opened over the overview, a lead over its county's queue. */
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { EmptyNote } from '../common/empty-note.tsx';
import { CountyScreen } from '../county/county-screen.tsx';
import { Overview } from '../overview/overview.tsx';
import { useNavigation } from '../place/use-place.ts';
import { QueuesScreen } from '../queues/queues-screen.tsx';
import { useWords } from '../words/words.ts';

/** Users who only work the queues need not wait for the drawing library. */
const ChartsScreen = lazy(() => import('../charts/charts-screen.tsx'));

/** @param month null only where no month is needed */
export function Screen({ month }: { readonly month: string | null }) {
  const words = useWords();
  const { route, to } = useNavigation();
  if (route.screen === 'queues') return <QueuesScreen month={month} />;
  if (month === null || route.screen === 'unknown') {
    return (
      <EmptyNote title={words.notFound}>
        <a href={to({ screen: 'overview' })}>{words.back}</a>
      </EmptyNote>
    );
  }
  switch (route.screen) {
    case 'charts':
      return (
        <Suspense
          fallback={<Skeleton active paragraph={{ rows: 12 }} aria-label={words.loading} />}
        >
          <ChartsScreen month={month} />
        </Suspense>
      );
    case 'overview':
      return <Overview month={month} rule={null} />;
    case 'rule':
      return <Overview month={month} rule={route.rule} />;
    case 'county':
      return <CountyScreen month={month} county={route.county} lead={null} />;
    case 'lead':
      return <CountyScreen month={month} county={null} lead={route.lead} />;
  }
}
