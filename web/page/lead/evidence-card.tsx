/** One warning of the lead as a sentence to read out, followed by its basis. */
import type { EvidenceAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { ShortId } from '../common/short-id.tsx';
import { useNavigation } from '../place/use-place.ts';
import { titleOf } from '../rule/title.ts';
import { useFormat } from '../words/format.ts';
import { useLanguage, useWords } from '../words/words.ts';
import { Why } from './why.tsx';

interface Props {
  readonly evidence: EvidenceAnswer;
  /** Id of the lead it belongs to. */
  readonly lead: string;
}

export function EvidenceCard({ evidence, lead }: Props) {
  const words = useWords();
  const format = useFormat();
  const language = useLanguage();
  const { to } = useNavigation();
  return (
    <section className={evidence.holds ? 'evidence' : 'evidence gone'}>
      <header>
        <a className="rule-link" href={to({ screen: 'rule', rule: evidence.rule })}>
          <span className="rule-id">{evidence.rule}</span>
          <span>{titleOf(evidence, language)}</span>
        </a>
        <span className="tags">
          {evidence.holds ? null : <span className="tag plain">{words.lead.gone}</span>}
          <span className="quiet">{words.lead.since(format.month(evidence.since))}</span>
        </span>
      </header>
      <p className="sentence" data-testid="evidence">
        {language === 'en' ? evidence.sentence_en : evidence.sentence}
      </p>
      {evidence.holds ? <Why lead={lead} rule={evidence.rule} person={evidence.person_id} /> : null}
      <dl className="grounds">
        {evidence.person_id === null ? null : (
          <>
            <dt>{words.lead.person}</dt>
            <dd>
              <ShortId id={evidence.person_id} />
            </dd>
          </>
        )}
        <dt>{words.rules.advice}</dt>
        <dd className="lines">
          <Chinese>{evidence.advice}</Chinese>
        </dd>
        <dt>{words.rules.basis}</dt>
        <dd lang="zh-CN">
          {evidence.basis.map((clause) => (
            <div key={clause}>{clause}</div>
          ))}
        </dd>
        <dt>{words.rules.limits}</dt>
        <dd className="lines">
          <Chinese>{evidence.limits}</Chinese>
        </dd>
      </dl>
    </section>
  );
}
