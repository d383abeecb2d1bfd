/** The lists agencies exchange this month, each with its clause. */
import { Table, type TableColumnsType } from 'antd';
import type { ListsAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { WIDE_ONLY } from '../common/columns.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { rowAttributes } from '../common/row.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

type List = ListsAnswer['lists'][number];

export function ListTable({ lists }: { readonly lists: readonly List[] }) {
  const { lists: text } = useWords();
  const { count } = useFormat();
  const columns: TableColumnsType<List> = [
    {
      title: text.list,
      render: (_, { title, clause }) => (
        <Chinese>
          {title}
          <span className="second">{clause}</span>
        </Chinese>
      ),
    },
    {
      title: `${text.from} → ${text.recipient}`,
      render: (_, { from, recipient }) => (
        <Chinese>
          {from} → {recipient}
        </Chinese>
      ),
    },
    {
      title: text.version,
      align: 'right',
      responsive: WIDE_ONLY,
      className: 'one-line',
      render: (_, { version }) => count(version),
    },
    {
      title: text.counties,
      align: 'right',
      responsive: WIDE_ONLY,
      className: 'one-line',
      render: (_, { counties }) => count(counties),
    },
    {
      title: text.rows,
      align: 'right',
      className: 'one-line',
      render: (_, { rows }) => count(rows),
    },
  ];
  return (
    <Table<List>
      size="small"
      rowKey={({ list, recipient }) => `${list} ${recipient}`}
      columns={columns}
      dataSource={lists}
      pagination={false}
      locale={{ emptyText: <EmptyNote title={text.none} /> }}
      onRow={({ list, rows }) => rowAttributes({ testid: `list-${list}`, rows })}
    />
  );
}
