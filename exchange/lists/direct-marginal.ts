import { ASSISTANCE, MONITORED, type List } from '../shared/list.ts';
import { OPEN_RISK } from '../shared/words.ts';

const RULE = 'MAR-01';

/**
 * The monitored members of homes warned by MAR-01. A person in two such homes is listed under each, because two
 * homes are to be recognised. The county is that of the home, where its lead is too.
 */
export default {
  id: 'direct-marginal',
  title: '应直接认定低保边缘家庭人口的监测对象名单',
  from: 'platform',
  recipients: ['civil-affairs', 'rural-revitalization'],
  clause: { doc: '黔民发〔2023〕2号', clause: '二（三）二', requirement: 'R14' },
  purpose: '供民政部门会同乡村振兴部门直接认定低保边缘家庭人口。',
  kind: 'case',
  needs: [ASSISTANCE, MONITORED],
  rules: [RULE],
  columns: {
    person_id: 'id',
    household_id: 'id',
    township: 'code',
    category: 'code',
    identified_month: 'month',
  },
  select: ({ warning, member, monitored }) =>
    `SELECT w.county, r.person_id, w.household_id, r.township, r.category, r.identified_month
     FROM ${warning} w JOIN ${member} m ON m.household_id = w.household_id JOIN ${monitored} r ON r.person_id = m.person_id
     WHERE w.rule = '${RULE}' AND r.${OPEN_RISK}`,
} satisfies List;
