/** One lead over its county's queue: where, why, whether it arrived, and its outcome. */
import { Alert, Drawer } from 'antd';
import type { LeadAnswer } from '../../api.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { shorten } from '../common/short-id.tsx';
import { DirectionTag, PriorityTag, StatusTag } from '../common/tags.tsx';
import { Answered } from '../data/answered.tsx';
import type { LoadedAnswer } from '../data/use-answer.ts';
import { useWords } from '../words/words.ts';
import { EvidenceCard } from './evidence-card.tsx';
import { LeadFacts } from './lead-facts.tsx';
import { OutcomeNote } from './outcome-note.tsx';

interface Props {
  /** null: closed. */
  readonly id: string | null;
  readonly answer: LoadedAnswer<LeadAnswer>;
  readonly onClose: () => void;
}

export function LeadDrawer({ id, answer, onClose }: Props) {
  const words = useWords();
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size={720}
      destroyOnHidden
      title={`${words.lead.title} ${shorten(id ?? '')}`}
    >
      <Answered answer={answer} lines={10}>
        {(lead) => (
          <article data-testid="lead">
            <div className="tags">
              <PriorityTag priority={lead.priority} />
              <DirectionTag direction={lead.direction} />
              <StatusTag status={lead.status} />
            </div>
            {lead.delivery === 'dead' ? (
              <Alert type="error" showIcon title={words.lead.dead} className="spaced" />
            ) : null}
            <LeadFacts lead={lead} />
            <OutcomeNote outcome={lead.outcome} />
            <h3>
              {words.lead.evidence} <span className="quiet">{lead.evidence.length}</span>
            </h3>
            {lead.evidence.length === 0 ? <EmptyNote title={words.lead.noEvidence} /> : null}
            {lead.evidence.map((evidence) => (
              <EvidenceCard
                key={`${evidence.rule} ${evidence.person_id ?? ''}`}
                evidence={evidence}
                lead={lead.lead_id}
              />
            ))}
          </article>
        )}
      </Answered>
    </Drawer>
  );
}
