/** Place and household, as pseudonyms; since when; whether it reached the county. */
import type { ReactNode } from 'react';
import type { LeadAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { ShortId } from '../common/short-id.tsx';
import { DeliveryTag } from '../common/tags.tsx';
import { useFormat } from '../words/format.ts';
import { useLanguage, useWords } from '../words/words.ts';

export function LeadFacts({ lead }: { readonly lead: LeadAnswer }) {
  const words = useWords();
  const format = useFormat();
  const language = useLanguage();
  const facts: [string, ReactNode][] = [
    [words.county.title, <Chinese key="c">{lead.county_name}</Chinese>],
    [
      words.leads.township,
      <Chinese key="t">{lead.township_name ?? lead.township ?? words.none}</Chinese>,
    ],
    [words.leads.opened, format.month(lead.opened_month)],
    [
      words.leads.delivery,
      <span key="d" className="tags">
        <DeliveryTag delivery={lead.delivery} />
        {lead.delivered_at === null ? null : <time>{format.instant(lead.delivered_at)}</time>}
      </span>,
    ],
  ];
  if (lead.household_id !== null) {
    facts.push([words.lead.home, <ShortId key="h" id={lead.household_id} />]);
  }
  if (lead.person_id !== null) {
    facts.push([words.lead.person, <ShortId key="p" id={lead.person_id} />]);
  }
  facts.push([words.leads.lead, <ShortId key="l" id={lead.lead_id} />]);
  return (
    <>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lead.score === null ? null : (
        <p className="small" data-testid="score">
          {words.leads.score}：{language === 'en' ? lead.score.words_en : lead.score.words}
        </p>
      )}
      <p className="quiet small">{words.lead.pseudonym}</p>
    </>
  );
}
