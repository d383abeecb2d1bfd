import { z } from 'zod';
import { inCounties } from '../../store/in-region.ts';
import { literal } from '../../store/sql.ts';
import { AGENCIES, type Agency } from '../../exchange/shared/list.ts';
import { listsAnswer } from '../api.ts';
import { month } from '../fields.ts';
import { FIGURE_ROLES, read } from '../route.ts';

/** A department by its name on paper; lists that no department sends come from comparison. */
function nameOf(agency: string): string {
  return agency in AGENCIES ? AGENCIES[agency as Agency] : '平台比对';
}

export default read(
  {
    path: '/lists',
    summary: { zh: '本月发出的名单（份数与行数）', en: 'Lists sent, counts only' },
    query: z.strictObject({ month }),
    answer: listsAnswer,
    rule: {
      unauthenticated: ['operator'],
      roles: [...FIGURE_ROLES, 'department_recipient'],
      place: { of: 'own' },
      person: false,
    },
  },
  async ({ query, region, services: { store, deployment, lists, reading } }) => {
    const rows = await reading(() =>
      store.task(({ sql }) =>
        sql.rows<{
          list: string;
          recipient: string;
          version: number;
          counties: number;
          rows: number;
        }>(`SELECT list, recipient, max(version)::INTEGER AS version, count(*)::INTEGER AS counties, sum(row_count)::INTEGER AS rows FROM (
            SELECT list, county, recipient, version, row_count FROM list_version
            WHERE month = ${literal(query.month)} AND ${inCounties(deployment.divisions, region, 'county')}
            QUALIFY row_number() OVER (PARTITION BY list, county, recipient ORDER BY version DESC) = 1
          ) GROUP BY list, recipient ORDER BY list, recipient`),
      ),
    );
    const known = new Map(lists.map((list) => [list.id, list]));
    return {
      month: query.month,
      lists: rows.map(({ list, recipient, ...counts }) => {
        const { title, from, clause } = known.get(list) ?? { title: list, from: 'platform' };
        return {
          list,
          title,
          from: nameOf(from),
          recipient: nameOf(recipient),
          clause: clause === undefined ? '' : `${clause.doc} ${clause.clause}`,
          ...counts,
        };
      }),
    };
  },
);
