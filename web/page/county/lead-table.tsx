/** A page of leads, most urgent first. The row opens the lead; so does the link in it, for the keyboard. */
import { Table, type TableColumnsType } from 'antd';
import type { CountyLeadsAnswer, QueueLeadAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { WIDE_ONLY } from '../common/columns.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { rowAttributes } from '../common/row.ts';
import { shorten } from '../common/short-id.tsx';
import { DeliveryTag, DirectionTag, PriorityTag, StatusTag } from '../common/tags.tsx';
import { useNavigation } from '../place/use-place.ts';
import { useLanguage, useWords } from '../words/words.ts';
import { RuleChips } from './rule-chips.tsx';

interface Props {
  readonly answer: CountyLeadsAnswer;
  readonly titles: ReadonlyMap<string, string>;
  /** These are the previous rows; new ones are loading. */
  readonly loading: boolean;
}

export function LeadTable({ answer, titles, loading }: Props) {
  const words = useWords();
  const language = useLanguage();
  const { query, go, here, to } = useNavigation();
  const addressOf = (id: string): string =>
    to({ screen: 'lead', lead: id }, { ...query, county: answer.county.code });

  const link = (id: string) => (
    <a className="identifier" href={addressOf(id)} aria-label={words.leads.openLead(id)}>
      {shorten(id)}
    </a>
  );
  const columns: TableColumnsType<QueueLeadAnswer> = [
    {
      title: words.rules.priority,
      className: 'nowrap',
      render: (_, { priority, direction, delivery }) => (
        <>
          <PriorityTag priority={priority} />
          <div className="phone-only tag-stack">
            <DirectionTag direction={direction} />
            <DeliveryTag delivery={delivery} />
          </div>
        </>
      ),
    },
    {
      title: words.leads.score,
      responsive: WIDE_ONLY,
      className: 'nowrap number',
      render: (_, { score }) =>
        score === null ? null : (
          <span title={language === 'en' ? score.words_en : score.words}>
            {score.value.toFixed(2)}
          </span>
        ),
    },
    {
      title: words.rules.direction,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { direction }) => <DirectionTag direction={direction} />,
    },
    {
      title: words.leads.township,
      render: (_, lead) => (
        <>
          <Chinese>{lead.township_name ?? lead.township ?? words.none}</Chinese>
          <div className="phone-only">
            <RuleChips rules={lead.rules} titles={titles} />
            {link(lead.lead_id)}
          </div>
        </>
      ),
    },
    {
      title: words.leads.rules,
      responsive: WIDE_ONLY,
      width: '40%',
      render: (_, { rules }) => <RuleChips rules={rules} titles={titles} />,
    },
    {
      title: words.leads.opened,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { opened_month: opened }) => opened,
    },
    {
      title: words.leads.delivery,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { delivery }) => <DeliveryTag delivery={delivery} />,
    },
    {
      title: words.leads.status,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { status }) => <StatusTag status={status} />,
    },
    {
      title: words.leads.lead,
      responsive: WIDE_ONLY,
      className: 'nowrap',
      render: (_, { lead_id: id }) => link(id),
    },
  ];
  return (
    <Table<QueueLeadAnswer>
      size="small"
      rowKey="lead_id"
      columns={columns}
      dataSource={answer.leads}
      loading={{ spinning: loading, delay: 300 }}
      locale={{
        emptyText: <EmptyNote title={words.leads.none}>{words.leads.noneHint}</EmptyNote>,
      }}
      pagination={{
        current: answer.page,
        pageSize: answer.size,
        total: answer.total,
        showSizeChanger: false,
        hideOnSinglePage: true,
        size: 'small',
        onChange: (page) => {
          go(here({ page: page === 1 ? '' : String(page) }));
        },
      }}
      onRow={({ lead_id: id, priority }) =>
        rowAttributes({ testid: `lead-${id}`, priority }, () => {
          go(addressOf(id));
        })
      }
    />
  );
}
