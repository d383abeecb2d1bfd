/** Warnings per rule. "Not evaluated" is never shown as a zero: it means that nobody looked. */
import { Table, type TableColumnsType } from 'antd';
import type { MonthAnswer, RuleAnswer } from '../../api.ts';
import { WIDE_ONLY } from '../common/columns.ts';
import { Panel } from '../common/panel.tsx';
import { rowAttributes } from '../common/row.ts';
import { DirectionTag, PriorityTag } from '../common/tags.tsx';
import { useNavigation } from '../place/use-place.ts';
import { Gaps } from '../rule/gaps.tsx';
import { seriesOf } from '../rule/series.ts';
import { RuleSparkline } from '../rule/sparkline.tsx';
import { titleOf } from '../rule/title.ts';
import { useFormat } from '../words/format.ts';
import { useLanguage, useWords } from '../words/words.ts';

const HIDE_HINT = { showSorterTooltip: false } as const;

export function RuleTable({ answer }: { readonly answer: MonthAnswer }) {
  const { rules: text } = useWords();
  const { count } = useFormat();
  const language = useLanguage();
  const { go, to } = useNavigation();

  const columns: TableColumnsType<RuleAnswer> = [
    {
      ...HIDE_HINT,
      key: 'rule',
      title: text.rule,
      sorter: (a, b) => a.id.localeCompare(b.id),
      render: (_, rule) => (
        <>
          <a className="rule-link" href={to({ screen: 'rule', rule: rule.id })}>
            <span className="rule-id">{rule.id}</span>
            <span>{titleOf(rule, language)}</span>
          </a>
          <div className="phone-only">
            <DirectionTag direction={rule.direction} />
            <Gaps rule={rule} sources={answer.sources} />
          </div>
        </>
      ),
    },
    {
      ...HIDE_HINT,
      key: 'direction',
      title: text.direction,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      sorter: (a, b) => a.direction.localeCompare(b.direction),
      render: (_, { direction }) => <DirectionTag direction={direction} />,
    },
    {
      ...HIDE_HINT,
      key: 'priority',
      title: text.priority,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      sorter: (a, b) => a.priority - b.priority,
      render: (_, { priority }) => <PriorityTag priority={priority} />,
    },
    {
      ...HIDE_HINT,
      key: 'hits',
      title: text.hits,
      align: 'right',
      className: 'nowrap',
      sorter: (a, b) => (a.hits ?? -1) - (b.hits ?? -1),
      sortDirections: ['descend', 'ascend'],
      defaultSortOrder: 'descend',
      render: (_, { hits }) =>
        hits === null ? <span className="tag caution">{text.notEvaluated}</span> : count(hits),
    },
    {
      key: 'trend',
      title: text.trend,
      responsive: WIDE_ONLY,
      width: 120,
      render: (_, rule) => <RuleSparkline series={seriesOf(rule, answer)} />,
    },
    {
      key: 'scope',
      title: text.scope,
      responsive: WIDE_ONLY,
      width: '28%',
      render: (_, rule) => <Gaps rule={rule} sources={answer.sources} complete />,
    },
  ];
  return (
    <Panel title={text.title} flush>
      <Table<RuleAnswer>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={answer.rules}
        pagination={false}
        onRow={({ id, hits }) =>
          rowAttributes({ testid: `rule-${id}`, hits }, () => {
            go(to({ screen: 'rule', rule: id }));
          })
        }
      />
    </Panel>
  );
}
