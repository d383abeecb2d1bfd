import { Router } from 'express';
import { parseMonth } from '../../core/month.ts';
import { AGENCIES, type Agency } from '../../exchange/kit/list.ts';
import type { ListsAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { officeOnly } from '../access.ts';
import { one } from '../read.ts';

/** A department by the name it has on paper; what no department sends comes from comparing. */
function nameOf(agency: string): string {
  return agency in AGENCIES ? AGENCIES[agency as Agency] : '平台比对';
}

/** GET /api/lists?month=M: the lists that went out. */
const route: Route = ({ published, lists }) =>
  Router().get('/lists', officeOnly, async (request, response) => {
    const month = parseMonth(one(request.query, 'month') ?? '');
    const rows = await published.rows<{
      list: string;
      recipient: string;
      version: number;
      counties: number;
      rows: string;
    }>(
      'SELECT list, recipient, version, counties, rows FROM list WHERE month = $month ORDER BY list, recipient',
      { month },
    );
    const known = new Map(lists.map((list) => [list.id, list]));
    const answer: ListsAnswer = {
      month,
      lists: rows.map(({ list, recipient, version, counties, rows: n }) => {
        const { title, from, clause } = known.get(list) ?? { title: list, from: 'platform' };
        return {
          list,
          title,
          from: nameOf(from),
          recipient: nameOf(recipient),
          clause: clause === undefined ? '' : `${clause.doc} ${clause.clause}`,
          version,
          counties,
          rows: Number(n),
        };
      }),
    };
    response.json(answer);
  });

export default route;
