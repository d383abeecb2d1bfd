/** Header, with the screen below; until a month has been run, only the command to run. */
import { Skeleton } from 'antd';
import { useEffect } from 'react';
import type { HomeAnswer } from '../../api.ts';
import { ProblemNotice } from '../data/problem-notice.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useSession } from '../sign-in/use-session.ts';
import { useWords, type PageLanguage } from '../words/words.ts';
import { Header } from './header.tsx';
import { NothingRun } from './nothing-run.tsx';
import { Screen } from './screen.tsx';

/** New months appear without reloading the page. */
const REFRESH = 60_000;

export function Shell({ onLanguage }: { readonly onLanguage: (language: PageLanguage) => void }) {
  const words = useWords();
  const format = useFormat();
  const { query, route, to, go } = useNavigation();
  const { account } = useSession();
  const home = useAnswer<HomeAnswer>('/api/home', REFRESH);
  const month = query['month'] ?? home.data?.months.at(-1) ?? null;

  // Users whose region is one county or part of one start there; the overview is one click away.
  const county = account?.county ?? null;
  useEffect(() => {
    if (county !== null && window.location.hash === '') go(to({ screen: 'county', county }));
  }, [county, go, to]);

  const province = home.data?.province.name ?? '';
  useEffect(() => {
    const parts = [words.brand, province, month === null ? words.product : format.month(month)];
    document.title = parts.filter((part) => part !== '').join(' · ');
  }, [words, format, province, month]);

  // The queues are independent: they can be viewed before the first run.
  const ready = month !== null || route.screen === 'queues';
  return (
    <>
      <Header home={home.data} month={month} onLanguage={onLanguage} />
      <main className="page">
        {home.data !== null ? (
          ready ? (
            <Screen month={month} />
          ) : (
            <NothingRun />
          )
        ) : home.problem === null ? (
          <Skeleton active paragraph={{ rows: 12 }} aria-label={words.loading} />
        ) : (
          <ProblemNotice problem={home.problem} onRetry={home.retry} />
        )}
      </main>
      {home.data?.published_at == null ? null : (
        <footer className="foot">
          {words.publishedAt(format.instant(home.data.published_at))}
        </footer>
      )}
    </>
  );
}
