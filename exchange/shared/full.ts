/** The complete monthly list civil affairs gives to the special-relief departments: one query for all of them. */
import { ASSISTANCE, AGENCIES, type Agency, type List } from './list.ts';
import { IN_FULL_LIST } from './words.ts';

export function fullList(id: string, recipient: Agency, purpose: string): List {
  return {
    id,
    title: `低保、特困、低保边缘、孤儿和事实无人抚养儿童完整名单（送${AGENCIES[recipient]}）`,
    from: 'civil-affairs',
    recipients: [recipient],
    clause: { doc: '黔民发〔2023〕2号', clause: '二（三）三', requirement: 'R51' },
    purpose,
    kind: 'full',
    needs: [ASSISTANCE],
    columns: { person_id: 'id', township: 'code', programme: 'code', status_date: 'date' },
    select: ({ assistance }) =>
      `SELECT county, person_id, township, programme, status_date FROM ${assistance} WHERE ${IN_FULL_LIST}`,
  };
}
