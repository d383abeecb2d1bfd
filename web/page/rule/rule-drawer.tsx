/** One rule in full: what it says, its legal basis, what to do about it, what it cannot see. */
import { Drawer, Skeleton } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import type { MonthAnswer, RuleAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { EmptyNote } from '../common/empty-note.tsx';
import { DirectionTag, PriorityTag } from '../common/tags.tsx';
import { useLanguage, useWords } from '../words/words.ts';
import { Gaps } from './gaps.tsx';
import { seriesOf } from './series.ts';
import { titleOf } from './title.ts';

const HistoryChart = lazy(() => import('./history-chart.tsx'));

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function RuleDetails({
  rule,
  answer,
}: {
  readonly rule: RuleAnswer;
  readonly answer: MonthAnswer;
}) {
  const { rules: text } = useWords();
  return (
    <>
      <div className="tags">
        <DirectionTag direction={rule.direction} />
        <PriorityTag priority={rule.priority} />
        <span className="tag plain">{text.subject[rule.subject]}</span>
      </div>
      <Part title={text.history}>
        <Suspense fallback={<Skeleton.Node active className="history" />}>
          <HistoryChart series={seriesOf(rule, answer)} />
        </Suspense>
        <Gaps rule={rule} sources={answer.sources} complete />
      </Part>
      <Part title={text.words}>
        <p className="indented">
          <Chinese>{rule.words}</Chinese>
        </p>
      </Part>
      <Part title={text.advice}>
        <p className="lines">
          <Chinese>{rule.advice}</Chinese>
        </p>
      </Part>
      <Part title={text.basis}>
        <ul lang="zh-CN">
          {rule.basis.map((clause) => (
            <li key={clause}>{clause}</li>
          ))}
        </ul>
      </Part>
      <Part title={text.limits}>
        <p className="lines">
          <Chinese>{rule.limits}</Chinese>
        </p>
      </Part>
    </>
  );
}

interface Props {
  readonly answer: MonthAnswer;
  /** null: closed. */
  readonly id: string | null;
  readonly onClose: () => void;
}

export function RuleDrawer({ answer, id, onClose }: Props) {
  const { rules: text } = useWords();
  const language = useLanguage();
  const rule = answer.rules.find((candidate) => candidate.id === id);
  const title = rule === undefined ? '' : titleOf(rule, language);
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size={640}
      destroyOnHidden
      title={
        <>
          <span className="rule-id">{id}</span> {title}
        </>
      }
    >
      {rule === undefined ? (
        <EmptyNote title={text.unknown(id ?? '')} />
      ) : (
        <RuleDetails rule={rule} answer={answer} />
      )}
    </Drawer>
  );
}
