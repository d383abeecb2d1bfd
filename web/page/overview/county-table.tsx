/** The same counties as the map, ranked: for keyboards, screen readers and anyone looking for a name. */
import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import type { CountyAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { VERY_WIDE_ONLY } from '../common/columns.ts';
import { EmptyNote } from '../common/empty-note.tsx';
import { Panel } from '../common/panel.tsx';
import { rowAttributes } from '../common/row.ts';
import { shortPrefecture } from '../common/short-prefecture.ts';
import { useRoomy } from '../common/use-width.ts';
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

/** Rows scroll inside the panel; style/layout.css makes it as high as the map. */
const SCROLL = { y: 465 };

function compareCodes(a: CountyAnswer, b: CountyAnswer): number {
  return a.code.localeCompare(b.code);
}

export function CountyTable({ counties }: { readonly counties: readonly CountyAnswer[] }) {
  const { county } = useWords();
  const { count } = useFormat();
  const { go, to } = useNavigation();
  const roomy = useRoomy();
  const rows = useMemo(() => [...counties].sort((a, b) => b.open - a.open), [counties]);

  const figure = (
    key: string,
    width: string,
    title: string,
    of: (row: CountyAnswer) => number,
  ): TableColumnsType<CountyAnswer>[number] => ({
    key,
    ...(roomy ? { width } : {}),
    title,
    align: 'right',
    sorter: (a, b) => of(a) - of(b),
    sortDirections: ['descend', 'ascend'],
    showSorterTooltip: false,
    render: (_, row) => count(of(row)),
  });
  const columns: TableColumnsType<CountyAnswer> = [
    {
      key: 'county',
      title: county.title,
      width: roomy ? '25%' : '34%',
      sorter: compareCodes,
      showSorterTooltip: false,
      render: (_, { code, name, prefecture }) => (
        <Chinese>
          <a href={to({ screen: 'county', county: code })}>{name}</a>
          <span className="second narrow-only">{shortPrefecture(prefecture)}</span>
        </Chinese>
      ),
    },
    {
      key: 'prefecture',
      title: county.prefecture,
      width: '16.5%',
      responsive: VERY_WIDE_ONLY,
      render: (_, { prefecture }) => (
        <span lang="zh-CN" title={prefecture}>
          {shortPrefecture(prefecture)}
        </span>
      ),
    },
    { ...figure('open', '12.5%', county.open, ({ open }) => open), defaultSortOrder: 'descend' },
    figure('opened', '14.5%', county.opened, ({ opened }) => opened),
    figure('urgent', '16%', county.urgent, ({ by_priority: [urgent] }) => urgent),
    {
      ...figure('warnings', '15.5%', county.warnings, ({ warnings }) => warnings),
      responsive: VERY_WIDE_ONLY,
    },
  ];
  return (
    <Panel title={county.ranking} flush className="county-panel">
      <Table<CountyAnswer>
        size="small"
        rowKey="code"
        columns={columns}
        dataSource={rows}
        pagination={false}
        scroll={SCROLL}
        locale={{ emptyText: <EmptyNote title={county.none} /> }}
        onRow={({ code, open }) =>
          rowAttributes({ testid: `county-${code}`, open }, () => {
            go(to({ screen: 'county', county: code }));
          })
        }
      />
    </Panel>
  );
}
