/** /live: the process answers. /ready: the ledger can be written and read, and stands where the journal ends. */
import { Router } from 'express';
import type { Services } from './services.ts';

export function health({ store, queues }: Pick<Services, 'store' | 'queues'>): Router {
  const router = Router();
  router.get('/live', (_request, response) => {
    response.json({ live: true });
  });
  router.get('/ready', async (_request, response) => {
    const ready = await store.healthy().catch(() => false);
    // Leads wait in the ledger while the queue is away: not a reason to take the page from people.
    const queue = queues.reachableSince() === null ? 'away' : 'there';
    response.status(ready ? 200 : 503).json({ ready, queue });
  });
  return router;
}
