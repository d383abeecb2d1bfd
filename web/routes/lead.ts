import { Router } from 'express';
import { MonitorError } from '../../core/errors.ts';
import type { Sql } from '../../core/store/sql.ts';
import { readLeadCard, type LeadCard } from '../../pipelines/lead-card.ts';
import { readLeadReasons } from '../../pipelines/lead-why.ts';
import type { LeadAnswer, LeadWhyAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { callerOf, type Caller } from '../access.ts';

const unknown = (): MonitorError =>
  new MonitorError('lead-unknown', 'there is no such lead', { severity: 'reject' });

/** GET /api/leads/:id and /why: for the page, and for a county's own system, which sees its own leads only. */
const route: Route = ({ store, office, reading }) => {
  /** The lead, where the caller may see it. */
  const cardFor = async (sql: Sql, caller: Caller | undefined, id: string): Promise<LeadCard> => {
    if (caller === undefined || !/^L[0-9a-f]{24}$/.test(id)) throw unknown();
    const card = await readLeadCard(sql, office, id);
    // Another county's lead is not there at all: neither yes nor no is to be learnt.
    if (caller.kind === 'county' && caller.county !== card.county) throw unknown();
    return card;
  };
  return Router()
    .get('/leads/:id', async (request, response) => {
      const card: LeadAnswer = await reading(() =>
        store.task(({ sql }) => cardFor(sql, callerOf(response), request.params.id)),
      );
      response.json(card);
    })
    .get('/leads/:id/why', async (request, response) => {
      const reasons = await reading(() =>
        store.task(async (task) => {
          const card = await cardFor(task.sql, callerOf(response), request.params.id);
          return readLeadReasons(task, office, card);
        }),
      );
      const answer: LeadWhyAnswer = { reasons };
      response.json(answer);
    });
};

export default route;
