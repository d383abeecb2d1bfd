/**
 * Which leads are in transit and which have arrived: the ledger's outbox and inbox. The queue may forget or repeat;
 * a lead counts as delivered once it is recorded here, and it is recorded only once.
 */
import { MonitorError } from '../../core/errors.ts';
import type { Channel, LeadsDelivered } from '../../store/records.ts';
import { among, literal, textList, type Sql } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { done, failed, GroupCommit } from '../../store/group-commit.ts';

/** The last known state of each lead on each channel. */
const STANDING = `SELECT * FROM lead_delivery
  QUALIFY row_number() OVER (PARTITION BY lead_id, channel ORDER BY seq DESC) = 1`;

/** Channels that are alternatives: a county that switches to a system of its own is not resent leads it already has. */
const MAIN: readonly Channel[] = ['inbox', 'external'];

/**
 * Leads that a channel still has to serve in these counties, most urgent first. A webhook configured later gets the
 * leads that are still open.
 * @returns lead ids by county
 */
export async function dueLeads(
  sql: Sql,
  channel: Channel,
  counties: readonly string[],
): Promise<Map<string, string[]>> {
  const enough = MAIN.includes(channel) ? MAIN : [channel];
  const closed = MAIN.includes(channel) ? '' : 'ANTI JOIN lead_outcome USING (lead_id)';
  const rows = await sql.rows<{ county: string; leads: string[] }>(`
    WITH urgency AS (SELECT lead_id, min(priority) AS priority FROM lead_event WHERE action = 'attached' GROUP BY lead_id)
    SELECT d.county, list(d.lead_id ORDER BY u.priority, d.lead_id) AS leads
    FROM lead_dispatch d LEFT JOIN urgency u USING (lead_id)
    ANTI JOIN (
      SELECT lead_id FROM (${STANDING})
      WHERE (outcome = 'done' AND ${among('channel', enough)}) OR (outcome = 'dead' AND channel = ${literal(channel)})
    ) s USING (lead_id) ${closed}
    WHERE d.county IN (SELECT unnest(${textList(counties)}))
    GROUP BY d.county ORDER BY d.county`);
  return new Map(rows.map(({ county, leads }) => [county, leads]));
}

export interface DeliveryCount {
  readonly county: string;
  readonly dispatched: number;
  /** Neither delivered nor given up. */
  readonly waiting: number;
  readonly delivered: number;
  readonly dead: number;
}

/** Leads per county: sent, arrived on a channel that reaches a clerk, given up on any channel. */
export function countDeliveries(sql: Sql): Promise<DeliveryCount[]> {
  return sql.rows<DeliveryCount>(`
    WITH standing AS (${STANDING}), fate AS (
      SELECT lead_id, bool_or(outcome = 'done' AND channel <> 'webhook') AS arrived, bool_or(outcome = 'dead') AS dead
      FROM standing GROUP BY lead_id
    )
    SELECT d.county, count(*)::INTEGER AS dispatched,
      count(*) FILTER (NOT coalesce(f.arrived OR f.dead, false))::INTEGER AS waiting,
      count(*) FILTER (f.arrived)::INTEGER AS delivered, count(*) FILTER (f.dead)::INTEGER AS dead
    FROM lead_dispatch d LEFT JOIN fate f USING (lead_id) GROUP BY d.county ORDER BY d.county`);
}

export interface LeadDelivery {
  readonly lead_id: string;
  readonly county: string;
  readonly channel: Channel;
  readonly outcome: 'done' | 'dead' | 'retry';
  readonly code: string;
}

/** Maximum number of deliveries written as one decision: an fsync for each of 100,000 leads would take minutes. */
const BATCH = 2_000;

/** Groups deliveries with the same result. */
function grouped(deliveries: readonly LeadDelivery[]): LeadsDelivered {
  const groups = new Map<string, { entry: LeadDelivery; leads: string[] }>();
  for (const entry of deliveries) {
    const key = [entry.county, entry.channel, entry.outcome, entry.code].join('\n');
    const group = groups.get(key) ?? { entry, leads: [] };
    group.leads.push(entry.lead_id);
    groups.set(key, group);
  }
  return {
    groups: [...groups.values()].map(({ entry: { county, channel, outcome, code }, leads }) => ({
      county,
      channel,
      outcome,
      code,
      leads: leads.sort(),
    })),
  };
}

/**
 * Writes deliveries, combining many callers into one decision. Each caller is answered once its own delivery is in
 * the journal and the ledger.
 */
export class DeliveryLedger {
  private readonly store: Store;
  private readonly together = new GroupCommit<LeadDelivery, boolean>(BATCH, (batch) =>
    this.write(batch),
  );

  constructor(store: Store) {
    this.store = store;
  }

  /**
   * @returns false if it had already been written (the job ran twice)
   * @throws MonitorError `lead-unknown` if the ledger never sent this lead to this county
   */
  record(delivery: LeadDelivery): Promise<boolean> {
    return this.together.add(delivery);
  }

  private write(batch: readonly LeadDelivery[]): Promise<PromiseSettledResult<boolean>[]> {
    return this.store.alone(async ({ sql, commit }) => {
      const { sent, written } = await this.look(sql, batch);
      const isSent = ({ lead_id, county }: LeadDelivery): boolean =>
        sent.has(`${lead_id} ${county}`);
      const fresh = new Map(
        batch
          .filter((delivery) => isSent(delivery) && !written.has(keyOf(delivery)))
          .map((delivery) => [keyOf(delivery), delivery]),
      );
      if (fresh.size > 0) await commit('leads.delivered', grouped([...fresh.values()]));
      return batch.map((delivery) =>
        isSent(delivery)
          ? done(fresh.delete(keyOf(delivery)))
          : failed(
              new MonitorError('lead-unknown', 'the ledger never sent this lead to this county'),
            ),
      );
    });
  }

  /** What the ledger knows about the leads in a batch. */
  private async look(
    sql: Sql,
    batch: readonly LeadDelivery[],
  ): Promise<{ sent: Set<string>; written: Set<string> }> {
    const asked = `(SELECT unnest(${textList([...new Set(batch.map(({ lead_id }) => lead_id))])}) AS lead_id)`;
    const sent = await sql.rows<{ lead_id: string; county: string }>(
      `SELECT lead_id, county FROM lead_dispatch SEMI JOIN ${asked} a USING (lead_id)`,
    );
    const written = await sql.rows<Pick<LeadDelivery, 'lead_id' | 'channel' | 'outcome'>>(
      `SELECT lead_id, channel, outcome FROM (${STANDING.replace('lead_delivery', `lead_delivery SEMI JOIN ${asked} a USING (lead_id)`)})`,
    );
    return {
      sent: new Set(sent.map(({ lead_id, county }) => `${lead_id} ${county}`)),
      // A completed delivery stays completed; any other state is not written twice in a row.
      written: new Set(
        written.flatMap((row) =>
          row.outcome === 'done'
            ? (['done', 'dead', 'retry'] as const).map((outcome) => keyOf({ ...row, outcome }))
            : [keyOf(row)],
        ),
      ),
    };
  }
}

function keyOf({
  lead_id,
  channel,
  outcome,
}: Pick<LeadDelivery, 'lead_id' | 'channel' | 'outcome'>): string {
  return `${lead_id} ${channel} ${outcome}`;
}
