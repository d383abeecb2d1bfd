import { Router } from 'express';
import { parseMonth } from '../../core/month.ts';
import type { ListsAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { officeOnly } from '../access.ts';
import { one } from '../read.ts';

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
        const { title, from, clause } = known.get(list) ?? { title: list, from: '' };
        return {
          list,
          title,
          from,
          recipient,
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
