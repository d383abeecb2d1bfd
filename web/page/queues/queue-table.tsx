/** One row per county. Undeliverable leads come first: those are the rows somebody must act on. */
import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import type { QueuesAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { WIDE_ONLY } from '../common/columns.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { rowAttributes } from '../common/row.ts';
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

type Row = QueuesAnswer['counties'][number];

const SCROLL = { y: 620 };

export function QueueTable({ counties }: { readonly counties: readonly Row[] }) {
  const words = useWords();
  const text = words.queues;
  const { count } = useFormat();
  const { to } = useNavigation();
  const rows = useMemo(
    () =>
      [...counties].sort(
        (a, b) => b.dead - a.dead || b.waiting - a.waiting || a.code.localeCompare(b.code),
      ),
    [counties],
  );
  const figure = (
    key: string,
    title: string,
    of: (row: Row) => number,
  ): TableColumnsType<Row>[number] => ({
    key,
    title,
    align: 'right',
    sorter: (a, b) => of(a) - of(b),
    sortDirections: ['descend', 'ascend'],
    showSorterTooltip: false,
    render: (_, row) => (of(row) === 0 ? <span className="quiet">0</span> : count(of(row))),
  });
  const columns: TableColumnsType<Row> = [
    {
      key: 'county',
      title: words.county.title,
      sorter: (a, b) => a.code.localeCompare(b.code),
      showSorterTooltip: false,
      render: (_, { code, name }) => (
        <Chinese>
          <a href={to({ screen: 'county', county: code })}>{name}</a>
        </Chinese>
      ),
    },
    {
      key: 'consumer',
      title: text.consumer,
      responsive: WIDE_ONLY,
      render: (_, { consumer, webhook }) => (
        <span className="tags">
          {consumer === 'external' ? (
            <span className="tag outline">{text.external}</span>
          ) : (
            text.builtIn
          )}
          {webhook ? <span className="tag plain">{text.webhook}</span> : null}
        </span>
      ),
    },
    figure('waiting', text.waiting, ({ waiting }) => waiting),
    figure('delivered', text.delivered, ({ delivered }) => delivered),
    {
      ...figure('dead', text.dead, ({ dead }) => dead),
      render: (_, { dead }) =>
        dead > 0 ? (
          <span className="tag danger">{count(dead)}</span>
        ) : (
          <span className="quiet">0</span>
        ),
    },
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="code"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={SCROLL}
      locale={{ emptyText: <EmptyNote title={text.none} /> }}
      onRow={({ code, waiting, delivered, dead }) =>
        rowAttributes({ testid: `queue-${code}`, waiting, delivered, dead })
      }
    />
  );
}
