/** Handler for a county's queue: puts the lead into the county's inbox, then sends it to its webhook if it has one. */
import { describeError } from '../../core/errors.ts';
import { failpoint } from '../../core/failpoint.ts';
import type { LeadHandler } from '../../queue/backend.ts';
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import type { DeliveryLedger } from './book.ts';
import { readLeadCard } from '../lead/card.ts';
import { settingsOf, type Deployment } from '../../warnings/deployment.ts';
import { sendSigned } from '../../transport/webhook.ts';

function alreadySent(store: Store, lead: string): Promise<boolean> {
  return store.task(async ({ sql }) => {
    const rows = await sql.rows(
      `SELECT 1 AS sent FROM lead_delivery WHERE lead_id = ${literal(lead)} AND channel = 'webhook' AND outcome = 'done' LIMIT 1`,
    );
    return rows.length > 0;
  });
}

/** Idempotent: running it again for the same lead changes nothing. */
export function deliverTo(
  county: string,
  store: Store,
  deployment: Deployment,
  book: DeliveryLedger,
): LeadHandler {
  const settings = settingsOf(deployment, county);
  const webhook = settings.consumer === 'built-in' ? settings.webhook : undefined;
  return async ({ lead_id, last }) => {
    failpoint('deliver-before-record');
    await book.record({ lead_id, county, channel: 'inbox', outcome: 'done', code: '' });
    failpoint('deliver-after-record');
    if (webhook === undefined || (await alreadySent(store, lead_id))) return;
    const sent = { lead_id, county, channel: 'webhook' } as const;
    try {
      const card = await store.task(({ sql }) => readLeadCard(sql, deployment, lead_id));
      await sendSigned(webhook, lead_id, card, store.clock);
    } catch (error) {
      if (!last) throw error;
      // Dead letter: the clerk still has the lead in the inbox, and the page shows what failed.
      const { code } = describeError(error);
      await book.record({ ...sent, outcome: 'dead', code });
      deployment.log.warn({ county, code }, 'a webhook delivery was given up');
      return;
    }
    await book.record({ ...sent, outcome: 'done', code: '' });
  };
}
