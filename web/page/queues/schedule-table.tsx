/** Scheduled jobs: their next run, and overdue months. */
import { Table, type TableColumnsType } from 'antd';
import type { ScheduleAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { WIDE_ONLY } from '../common/columns.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { rowAttributes } from '../common/row.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

type Job = ScheduleAnswer['jobs'][number];

/** Overdue months listed one by one; beyond this they are counted. */
const FEW = 3;

export function ScheduleTable({ jobs }: { readonly jobs: readonly Job[] }) {
  const words = useWords();
  const text = words.schedule;
  const { count, instant } = useFormat();
  const columns: TableColumnsType<Job> = [
    {
      title: text.job,
      render: (_, { job, title, pattern }) => (
        <>
          <Chinese>{title}</Chinese>
          <span className="second">
            <code title={`${text.pattern} · ${job}`}>{pattern}</code>
          </span>
        </>
      ),
    },
    {
      title: text.next,
      className: 'nowrap',
      render: (_, { next_at: at }) =>
        at === null ? <span className="quiet">{text.notPlanned}</span> : instant(at),
    },
    {
      title: text.done,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { done_month: month, done_at: at }) => (
        <span title={at === null ? undefined : instant(at)}>{month ?? words.none}</span>
      ),
    },
    {
      title: text.due,
      render: (_, { due }) =>
        due.length === 0 ? (
          <span className="quiet">{text.onTime}</span>
        ) : due.length > FEW ? (
          <span className="tag danger" title={due.join(words.comma)}>
            {text.many(count(due.length), due[0] ?? '')}
          </span>
        ) : (
          <span className="tags">
            {due.map((month) => (
              <span key={month} className="tag danger">
                {month}
              </span>
            ))}
          </span>
        ),
    },
  ];
  return (
    <Table<Job>
      size="small"
      rowKey="job"
      columns={columns}
      dataSource={jobs}
      pagination={false}
      locale={{ emptyText: <EmptyNote title={text.none} /> }}
      onRow={({ job, due }) => rowAttributes({ testid: `job-${job}`, due: due.join(',') })}
    />
  );
}
