/** The clerk's answer, with reason and clause; or that there is no answer yet. */
import type { LeadAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

export function OutcomeNote({ outcome }: { readonly outcome: LeadAnswer['outcome'] }) {
  const words = useWords();
  const format = useFormat();
  const names: Readonly<Record<string, string>> = words.outcome;
  return (
    <section className="outcome" data-testid="outcome">
      <h3>{words.lead.outcome}</h3>
      {outcome === null ? (
        <p className="quiet">{words.lead.noOutcome}</p>
      ) : (
        <>
          <p>
            <strong>{names[outcome.outcome] ?? outcome.outcome}</strong>{' '}
            <span className="quiet">{format.month(outcome.month)}</span>
          </p>
          <p>
            {words.lead.reason}
            <Chinese>{outcome.reason}</Chinese>
          </p>
          {outcome.clause === '' ? null : (
            <p>
              {words.lead.clause}
              <Chinese>{outcome.clause}</Chinese>
            </p>
          )}
        </>
      )}
    </section>
  );
}
