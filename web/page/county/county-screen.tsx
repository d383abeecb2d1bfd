/** A county's queue, and the lead opened over it. */
import { Skeleton } from 'antd';
import type { LeadAnswer } from '../../api.ts';
import { useAnswer } from '../data/use-answer.ts';
import { LeadDrawer } from '../lead/lead-drawer.tsx';
import { useNavigation } from '../place/use-place.ts';
import { useWords } from '../words/words.ts';
import { Queue } from './queue.tsx';

interface Props {
  readonly month: string;
  /** null: the county of the lead. */
  readonly county: string | null;
  /** null: no lead is open. */
  readonly lead: string | null;
}

export function CountyScreen({ month, county, lead }: Props) {
  const words = useWords();
  const { query, to, go } = useNavigation();
  const opened = useAnswer<LeadAnswer>(
    lead === null ? null : `/api/leads/${encodeURIComponent(lead)}`,
  );
  // A lead opened from its queue carries the county; for a bare link the lead must be loaded first.
  const code = county ?? query['county'] ?? opened.data?.county ?? null;
  return (
    <>
      {code !== null ? (
        <Queue month={month} code={code} />
      ) : opened.problem === null ? (
        <Skeleton active paragraph={{ rows: 12 }} aria-label={words.loading} />
      ) : null}
      <LeadDrawer
        id={lead}
        answer={opened}
        onClose={() => {
          go(
            code === null
              ? to({ screen: 'overview' })
              : to({ screen: 'county', county: code }, { ...query, county: '' }),
          );
        }}
      />
    </>
  );
}
