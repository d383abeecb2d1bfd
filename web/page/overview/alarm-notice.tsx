/** Rules with an unusual number of hits: what to look into before the month's lists are sent. */
import { Alert } from 'antd';
import type { AlarmAnswer, MonthAnswer } from '../../api.ts';
import { useNavigation } from '../place/use-place.ts';
import { titleOf } from '../rule/title.ts';
import { useFormat } from '../words/format.ts';
import { useLanguage, useWords } from '../words/words.ts';

export function AlarmNotice({ answer }: { readonly answer: MonthAnswer }) {
  const { alarm } = useWords();
  const { count } = useFormat();
  const { to } = useNavigation();
  const language = useLanguage();
  if (answer.alarms.length === 0) return null;
  const nameOf = (id: string): string => {
    const rule = answer.rules.find((one) => one.id === id);
    return rule === undefined ? '' : titleOf(rule, language);
  };
  const says = ({ hits, usual, kind }: AlarmAnswer): string =>
    alarm.kinds[kind](count(hits), count(usual));
  return (
    <Alert
      type="warning"
      showIcon
      className="alarms"
      data-testid="alarms"
      title={alarm.title}
      description={
        <>
          <ul>
            {answer.alarms.map((one) => (
              <li key={one.rule}>
                <a href={to({ screen: 'rule', rule: one.rule })}>
                  {one.rule} {nameOf(one.rule)}
                </a>
                {alarm.colon}
                {says(one)}
              </li>
            ))}
          </ul>
          <div className="quiet">
            {alarm.fix} <code>doudi sign-off --month {answer.month} --by … --note …</code>
          </div>
        </>
      }
    />
  );
}
