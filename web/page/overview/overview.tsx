/** The month on one screen: figures, map and counties, sources and run, rules. */
import type { MonthAnswer } from '../../api.ts';
import { Answered } from '../data/answered.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { useNavigation } from '../place/use-place.ts';
import { RuleDrawer } from '../rule/rule-drawer.tsx';
import { AlarmNotice } from './alarm-notice.tsx';
import { CountyTable } from './county-table.tsx';
import { KeyFigures } from './key-figures.tsx';
import { MapPanel } from './map-panel.tsx';
import { RuleTable } from './rule-table.tsx';
import { SourceTable } from './source-table.tsx';
import { StepList } from './step-list.tsx';

const REFRESH = 60_000;

interface Props {
  readonly month: string;
  /** The rule opened over the overview. */
  readonly rule: string | null;
}

export function Overview({ month, rule }: Props) {
  const { go, to } = useNavigation();
  const answer = useAnswer<MonthAnswer>(`/api/months/${encodeURIComponent(month)}`, REFRESH);
  return (
    <Answered answer={answer} lines={14}>
      {(data) => (
        <>
          <AlarmNotice answer={data} />
          <KeyFigures answer={data} />
          <div className="columns map-and-counties">
            <MapPanel counties={data.counties} />
            <CountyTable counties={data.counties} />
          </div>
          <div className="columns sources-and-steps">
            <SourceTable sources={data.sources} month={data.month} months={data.months} />
            <StepList steps={data.steps} />
          </div>
          <RuleTable answer={data} />
          <RuleDrawer
            answer={data}
            id={rule}
            onClose={() => {
              go(to({ screen: 'overview' }));
            }}
          />
        </>
      )}
    </Answered>
  );
}
