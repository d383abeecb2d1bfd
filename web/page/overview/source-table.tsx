/** What each agency has delivered; late sources stand out, because rules that need them are then not evaluated. */
import { Table, type TableColumnsType } from 'antd';
import type { SourceAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { WIDE_ONLY } from '../common/columns.ts';
import { Panel } from '../common/panel.tsx';
import { rowAttributes } from '../common/row.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { isLate } from './lateness.ts';
import { QualityTrend } from './quality-trend.tsx';

interface Props {
  readonly sources: readonly SourceAnswer[];
  readonly month: string;
  /** The months covered by a source's `quality`. */
  readonly months: readonly string[];
}

export function SourceTable({ sources, month, months }: Props) {
  const words = useWords();
  const { count, instant } = useFormat();
  const text = words.sources;

  const standing = (source: SourceAnswer) => (
    <span className="tags">
      {source.stands_at === null ? (
        <span className="tag danger">{text.missing}</span>
      ) : isLate(source, month) ? (
        <span className="tag caution">{text.behind(source.stands_at)}</span>
      ) : (
        <span className="nowrap">{source.stands_at}</span>
      )}
      {(source.version ?? 1) > 1 ? (
        <span className="quiet">{text.version(count(source.version ?? 1))}</span>
      ) : null}
      {source.refused > 0 ? (
        <span className="tag danger">{text.refused(count(source.refused))}</span>
      ) : null}
    </span>
  );
  const columns: TableColumnsType<SourceAnswer> = [
    {
      title: text.source,
      render: (_, { title }) => <Chinese>{title}</Chinese>,
    },
    { title: text.standsAt, render: (_, source) => standing(source) },
    {
      title: text.rows,
      align: 'right',
      render: (_, { stands_at: at, rows }) => (at === null ? words.none : count(rows)),
    },
    {
      title: text.quarantined,
      align: 'right',
      responsive: WIDE_ONLY,
      render: (_, { quarantined }) =>
        quarantined === 0 ? <span className="quiet">0</span> : count(quarantined),
    },
    {
      title: text.trend,
      responsive: WIDE_ONLY,
      width: 120,
      render: (_, source) => <QualityTrend source={source} months={months} />,
    },
    {
      title: text.received,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { received_at: at }) => (at === null ? words.none : instant(at)),
    },
  ];
  return (
    <Panel title={text.title} flush>
      <Table<SourceAnswer>
        size="small"
        rowKey={({ agency, dataset }) => `${agency}/${dataset}`}
        columns={columns}
        dataSource={sources}
        pagination={false}
        onRow={({ agency, dataset, stands_at: at, refused }) =>
          rowAttributes({ testid: `source-${agency}-${dataset}`, 'stands-at': at, refused })
        }
      />
    </Panel>
  );
}
