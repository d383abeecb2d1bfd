/** Four figures, each with its components. */
import { Fragment, type ReactNode } from 'react';
import type { MonthAnswer } from '../../api.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { isLate } from './lateness.ts';

interface FigureProps {
  readonly label: string;
  readonly value: number;
  /** Shown after the figure, e.g. `/11`. */
  readonly of?: string;
  readonly testid: string;
  readonly alarming?: boolean;
  readonly children: ReactNode;
}

function Figure({ label, value, of = '', testid, alarming = false, children }: FigureProps) {
  const format = useFormat();
  return (
    <section className={alarming ? 'figure alarming' : 'figure'}>
      <h2>{label}</h2>
      <p className="figure-value">
        <span data-testid={testid} data-value={value}>
          {format.count(value)}
        </span>
        {of === '' ? null : <span className="figure-of">{of}</span>}
      </p>
      <p className="figure-note">{children}</p>
    </section>
  );
}

/** Facts side by side; lines break between them, never inside one. */
function Facts({ facts }: { readonly facts: readonly string[] }) {
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index === 0 ? null : ' · '}
      <span className="nowrap">{fact}</span>
    </Fragment>
  ));
}

export function KeyFigures({ answer }: { readonly answer: MonthAnswer }) {
  const words = useWords();
  const { count } = useFormat();
  const { direction, figures } = words;
  const { leads, rules, sources } = answer;
  const late = sources.filter((source) => isLate(source, answer.month));
  const withHits = rules.filter(({ hits }) => (hits ?? 0) > 0).length;
  const open = rules.filter((rule) => rule.not_evaluated.length > 0).length;
  const { need, exit, correction } = leads.by_direction;
  return (
    <div className="figures">
      <Figure label={figures.open} value={leads.open} testid="open-leads">
        <Facts
          facts={[
            `${direction.need} ${count(need)}`,
            `${direction.exit} ${count(exit)}`,
            `${direction.correction} ${count(correction)}`,
          ]}
        />
      </Figure>
      <Figure label={figures.opened} value={leads.opened} testid="opened-leads">
        <Facts
          facts={[
            `${figures.struck} ${count(leads.struck)}`,
            `${figures.closed} ${count(leads.closed)}`,
          ]}
        />
      </Figure>
      <Figure label={figures.warnings} value={answer.warnings} testid="warnings-total">
        <Facts
          facts={[
            figures.rulesWithHits(count(withHits), count(rules.length)),
            ...(open === 0 ? [] : [figures.rulesOpen(count(open))]),
          ]}
        />
      </Figure>
      <Figure
        label={figures.sources}
        value={sources.length - late.length}
        of={` / ${count(sources.length)}`}
        testid="sources-up-to-date"
        alarming={late.length > 0}
      >
        {late.length === 0
          ? figures.allSources
          : figures.late(late.map(({ title }) => title).join(words.comma))}
      </Figure>
    </div>
  );
}
