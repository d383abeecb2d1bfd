import { literal } from '../../store/sql.ts';
import { countDeliveries, DeliveryLedger, type LeadDelivery } from '../../cases/delivery/book.ts';
import { settingsOf } from '../../warnings/deployment.ts';
import { text, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';

/** Resends leads that were given up; `serve` does so within a minute. */
export async function retry(invocation: Invocation): Promise<void> {
  const county = text(invocation, 'county');
  await withHome(invocation, async ({ store }) => {
    const dead = await store.sql.rows<LeadDelivery>(
      `SELECT lead_id, county, channel, outcome, code FROM lead_delivery
       QUALIFY row_number() OVER (PARTITION BY lead_id, channel ORDER BY seq DESC) = 1 AND outcome = 'dead'
       ${county === undefined ? '' : `AND county = ${literal(county)}`}`,
    );
    const book = new DeliveryLedger(store);
    await Promise.all(
      dead.map((delivery) => book.record({ ...delivery, outcome: 'retry', code: '' })),
    );
    await invocation.out(`${dead.length} deliveries will be retried\n`);
  });
}

export function show(invocation: Invocation): Promise<void> {
  return withHome(invocation, async ({ store, config, divisions }) => {
    const counted = await countDeliveries(store.sql);
    const rows = counted.map(({ county, waiting, delivered, dead }) => ({
      county,
      name: divisions.find(county)?.name ?? county,
      consumer: settingsOf({ config }, county).consumer,
      waiting,
      delivered,
      dead,
    }));
    if (invocation.json) return invocation.out(`${JSON.stringify(rows, null, 2)}\n`);
    const lines = rows.map(
      (row) =>
        `${row.county} ${row.consumer.padEnd(9)} waiting ${String(row.waiting).padStart(7)}  delivered ${String(row.delivered).padStart(7)}  given up ${String(row.dead).padStart(5)}  ${row.name}`,
    );
    return invocation.out(`${lines.join('\n')}\n`);
  });
}
