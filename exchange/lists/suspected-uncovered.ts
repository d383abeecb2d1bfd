import { ASSISTANCE, MONITORED, type List } from '../shared/list.ts';
import { IN_PROGRAMME, OPEN_RISK } from '../shared/words.ts';

/**
 * In no assistance programme: no active or grace row of any programme, temporary aid included, anywhere in the
 * province. For rules, temporary aid does not count as assistance; here it does take a person off the list, because
 * the contract says 'in no assistance programme' without an exception and the notice asks for those assistance has
 * not reached at all. The rules still see the person's home.
 */
export default {
  id: 'suspected-uncovered',
  title: '疑似未纳入救助保障的监测对象名单',
  from: 'platform',
  recipients: ['civil-affairs'],
  clause: { doc: '黔民发〔2020〕9号', clause: '二（一）一', requirement: 'R52' },
  purpose: '供民政部门逐户逐人核实，符合条件的纳入救助，不符合的记录原因。',
  kind: 'case',
  needs: [ASSISTANCE, MONITORED],
  columns: {
    person_id: 'id',
    household_id: 'id',
    township: 'code',
    category: 'code',
    income: 'money',
    reason: 'text',
  },
  select: ({ monitored, assistance, home, answer }) =>
    `SELECT r.county, r.person_id, r.household_id, r.township, r.category, h.income, a.reason
     FROM ${monitored} r ANTI JOIN (SELECT person_id FROM ${assistance} WHERE ${IN_PROGRAMME}) s ON s.person_id = r.person_id
     LEFT JOIN ${home} h ON h.household_id = r.household_id LEFT JOIN ${answer} a ON a.household_id = r.household_id
     WHERE r.${OPEN_RISK}`,
} satisfies List;
