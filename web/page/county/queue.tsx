/** The leads of one county in one month: filters, a page of the table, and the county's situation. */
import type { CountyLeadsAnswer, MonthAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { Panel } from '../common/panel.tsx';
import { Answered } from '../data/answered.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { useNavigation } from '../place/use-place.ts';
import { titleOf } from '../rule/title.ts';
import { useFormat } from '../words/format.ts';
import { useLanguage, useWords } from '../words/words.ts';
import { CountyFigures } from './county-figures.tsx';
import { leadsPath } from './filter.ts';
import { LeadFilters } from './lead-filters.tsx';
import { LeadTable } from './lead-table.tsx';

const REFRESH = 60_000;

interface Props {
  readonly month: string;
  readonly code: string;
}

export function Queue({ month, code }: Props) {
  const words = useWords();
  const format = useFormat();
  const language = useLanguage();
  const { query, to } = useNavigation();
  const answer = useAnswer<CountyLeadsAnswer>(leadsPath(code, month, query), REFRESH);
  const overall = useAnswer<MonthAnswer>(`/api/months/${encodeURIComponent(month)}`);
  const { latest } = answer;
  // While the next page loads, the last one stays; but never another county's or another month's.
  const shown =
    latest !== null && latest.county.code === code && latest.month === month ? latest : null;

  const rules = overall.data?.rules ?? [];
  const titles = new Map(rules.map((rule) => [rule.id, titleOf(rule, language)]));
  const county = overall.data?.counties.find((candidate) => candidate.code === code);
  const place = shown?.county ?? county;
  return (
    <>
      <div className="screen-head">
        <a className="back" href={to({ screen: 'overview' })}>
          ‹ {words.back}
        </a>
        <h1>
          <Chinese>
            {place?.name ?? code}
            <small>{place?.prefecture}</small>
          </Chinese>
        </h1>
        <span className="quiet">{format.month(month)}</span>
      </div>
      {county === undefined ? null : <CountyFigures county={county} />}
      <Panel
        flush
        title={words.leads.title}
        extra={shown === null ? undefined : words.leads.total(format.count(shown.total))}
      >
        <LeadFilters titles={titles} />
        <Answered answer={{ ...answer, data: answer.problem === null ? shown : answer.data }}>
          {(data) => <LeadTable answer={data} titles={titles} loading={answer.data === null} />}
        </Answered>
      </Panel>
    </>
  );
}
