/** Whether the queue is reachable, in plain words, and what is waiting, arrived and failed over all counties. */
import { Alert } from 'antd';
import type { QueuesAnswer } from '../../api.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

export function QueueState({ queues }: { readonly queues: QueuesAnswer }) {
  const { queues: text } = useWords();
  const { count, instant } = useFormat();
  const { backend, reachable_since: since, counties } = queues;
  const sum = (of: (row: QueuesAnswer['counties'][number]) => number): number =>
    counties.reduce((total, row) => total + of(row), 0);
  const failing = counties.filter(({ dead }) => dead > 0).length;
  const entries: [string, string, number][] = [
    ['queues-waiting', text.waiting, sum(({ waiting }) => waiting)],
    ['queues-delivered', text.delivered, sum(({ delivered }) => delivered)],
    ['queues-dead', text.dead, sum(({ dead }) => dead)],
  ];
  return (
    <>
      {since === null ? (
        <Alert
          type="warning"
          showIcon
          className="spaced"
          data-testid="queue-down"
          title={text.down}
          description={text.downWords}
        />
      ) : null}
      {failing > 0 ? (
        <Alert type="error" showIcon className="spaced" title={text.deadHint(count(failing))} />
      ) : null}
      <dl className="strip">
        <div>
          <dt>{text.backend}</dt>
          <dd>
            {backend === 'embedded' ? text.embedded : backend === 'redis' ? 'Redis' : backend}
          </dd>
          <dd className="strip-note">
            {since === null ? (
              <span className="tag caution">{text.unreachable}</span>
            ) : (
              text.reachableSince(instant(since))
            )}
          </dd>
        </div>
        {entries.map(([testid, label, value]) => (
          <div key={testid}>
            <dt>{label}</dt>
            <dd data-testid={testid} data-value={value}>
              {count(value)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
