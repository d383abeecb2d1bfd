import { MONITORED, type List } from '../shared/list.ts';
import { newRows, OPEN_RISK } from '../shared/words.ts';

export default {
  id: 'new-monitored',
  title: '新增防止返贫监测对象名单',
  from: 'rural-revitalization',
  recipients: ['civil-affairs'],
  clause: { doc: '黔民发〔2023〕2号', clause: '二（三）三', requirement: 'R49' },
  purpose: '作为民政部门落实低保保障的线索。',
  kind: 'new',
  needs: [MONITORED],
  columns: {
    person_id: 'id',
    household_id: 'id',
    township: 'code',
    village: 'code',
    category: 'code',
    causes: 'kinds',
    identified_month: 'month',
  },
  select: (relations) =>
    newRows(
      {
        rows: relations.monitored,
        before: relations.monitoredBefore,
        belongs: OPEN_RISK,
        source: MONITORED,
        date: 'identified_month',
      },
      relations,
    ),
} satisfies List;
