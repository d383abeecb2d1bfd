/** Why a warning holds, opened on demand: conditions with figures and clauses, the files' lines, the nearest change. */
import { useState } from 'react';
import type { LeadWhyAnswer } from '../../api.ts';
import { Answered } from '../data/answered.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { useLanguage, useWords } from '../words/words.ts';

interface Props {
  readonly lead: string;
  readonly rule: string;
  readonly person: string | null;
}

export function Why({ lead, rule, person }: Props) {
  const words = useWords();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const answer = useAnswer<LeadWhyAnswer>(
    open ? `/api/leads/${encodeURIComponent(lead)}/why` : null,
  );
  return (
    <details
      className="why"
      data-testid={`why-${rule}`}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.lead.why}</summary>
      {open ? (
        <Answered answer={answer} lines={5}>
          {({ reasons }) => {
            const reason = reasons.find((one) => one.rule === rule && one.person_id === person);
            if (reason === undefined) return <p className="quiet">{words.lead.noWhy}</p>;
            const { reasoning, nearest, sources } = reason[language];
            return (
              <div lang={language === 'zh' ? 'zh-CN' : 'en'}>
                <ul className="reasoning">
                  {reasoning.map((line, number) => {
                    const text = line.trimStart();
                    return (
                      // The lines of one explanation never change their order.
                      <li
                        key={number}
                        style={{ marginInlineStart: `${line.length - text.length}ch` }}
                      >
                        {text}
                      </li>
                    );
                  })}
                </ul>
                <p>{nearest}</p>
                {sources.length === 0 ? null : (
                  <>
                    <p className="quiet small">{words.lead.sources}</p>
                    <ul className="source-lines">
                      {sources.map((source) => (
                        <li key={source}>{source}</li>
                      ))}
                    </ul>
                  </>
                )}
              </div>
            );
          }}
        </Answered>
      ) : null}
    </details>
  );
}
