import { Router } from 'express';
import { MonitorError } from '../../core/errors.ts';
import { readLeadCard } from '../../pipelines/lead-card.ts';
import type { LeadAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { callerOf } from '../access.ts';

const unknown = (): MonitorError =>
  new MonitorError('lead-unknown', 'there is no such lead', { severity: 'reject' });

/** GET /api/leads/:id: for the page, and for a county's own system, which sees its own leads only. */
const route: Route = ({ store, office, reading }) =>
  Router().get('/leads/:id', async (request, response) => {
    const caller = callerOf(response);
    const id = request.params.id;
    if (caller === undefined || !/^L[0-9a-f]{24}$/.test(id)) throw unknown();
    const card: LeadAnswer = await reading(() =>
      store.task(({ sql }) => readLeadCard(sql, office, id)),
    );
    // Another county's lead is not there at all: neither yes nor no is to be learnt.
    if (caller.kind === 'county' && caller.county !== card.county) throw unknown();
    response.json(card);
  });

export default route;
