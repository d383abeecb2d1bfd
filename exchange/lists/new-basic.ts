import { ASSISTANCE, type List } from '../shared/list.ts';
import { IN_BASIC_GUARANTEE, newRows } from '../shared/words.ts';

export default {
  id: 'new-basic',
  title: '新增基本生活救助对象名单',
  from: 'civil-affairs',
  recipients: ['rural-revitalization'],
  clause: { doc: '黔民发〔2023〕2号', clause: '二（三）三', requirement: 'R48' },
  purpose: '作为乡村振兴部门开展防止返贫监测的线索。',
  kind: 'new',
  needs: [ASSISTANCE],
  columns: {
    person_id: 'id',
    household_id: 'id',
    township: 'code',
    village: 'code',
    programme: 'code',
    status_date: 'date',
  },
  select: (relations) =>
    newRows(
      {
        rows: relations.assistance,
        before: relations.assistanceBefore,
        belongs: IN_BASIC_GUARANTEE,
        source: ASSISTANCE,
        date: 'status_date',
      },
      relations,
    ),
} satisfies List;
