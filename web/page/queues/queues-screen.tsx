/** What is in transit to the counties, what is due next, and the lists of the month. */
import type { ListsAnswer, QueuesAnswer, ScheduleAnswer } from '../../api.ts';
import { Panel } from '../common/panel.tsx';
import { Answered } from '../data/answered.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { useWords } from '../words/words.ts';
import { ListTable } from './list-table.tsx';
import { QueueState } from './queue-state.tsx';
import { QueueTable } from './queue-table.tsx';
import { ScheduleTable } from './schedule-table.tsx';

const REFRESH = 30_000;

/** @param month null: nothing has been run, so there are no lists */
export function QueuesScreen({ month }: { readonly month: string | null }) {
  const words = useWords();
  const queues = useAnswer<QueuesAnswer>('/api/queues', REFRESH);
  const schedule = useAnswer<ScheduleAnswer>('/api/schedule', REFRESH);
  const lists = useAnswer<ListsAnswer>(
    month === null ? null : `/api/lists?month=${encodeURIComponent(month)}`,
    REFRESH,
  );
  return (
    <>
      <h1 className="hidden-title">{words.navigation.queues}</h1>
      {queues.data === null ? null : <QueueState queues={queues.data} />}
      <div className="columns queues-and-calendar">
        <Panel title={words.queues.title} flush>
          <Answered answer={queues} lines={12}>
            {(data) => <QueueTable counties={data.counties} />}
          </Answered>
        </Panel>
        <div className="stack">
          <Panel title={words.schedule.title} flush>
            <Answered answer={schedule}>{(data) => <ScheduleTable jobs={data.jobs} />}</Answered>
          </Panel>
          {month === null ? null : (
            <Panel title={words.lists.title} extra={month} flush>
              <Answered answer={lists}>{(data) => <ListTable lists={data.lists} />}</Answered>
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}
