/** /live: the process answers. /ready: the ledger can be written and read, and is up to date with the journal. */
import { Router } from 'express';
import type { Services } from './services.ts';

/** How long an answer of /ready is cached, milliseconds: a thousand requests a second must not hold up decisions. */
const HOLDS_MS = 1_000;

export function health({ store, queues }: Pick<Services, 'store' | 'queues'>): Router {
  const router = Router();
  let asked = { at: -HOLDS_MS, ready: Promise.resolve(false) };
  router.get('/live', (_request, response) => {
    response.json({ live: true });
  });
  router.get('/ready', async (_request, response) => {
    if (performance.now() - asked.at > HOLDS_MS)
      asked = { at: performance.now(), ready: store.healthy().catch(() => false) };
    const ready = await asked.ready;
    // Leads wait in the ledger while the queue is down: no reason to take the page from people.
    const queue = queues.reachableSince() === null ? 'away' : 'there';
    response.status(ready ? 200 : 503).json({ ready, queue });
  });
  return router;
}
