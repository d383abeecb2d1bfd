/**
 * Reconciles the ledger with the queues: requeues what is due but not in transit, records receipts from counties'
 * own systems, and starts another round for jobs lost to crashes. The ledger is authoritative, whatever the queue
 * forgot.
 */
import type { Backend } from '../../queue/backend.ts';
import type { CountyQueues, EndedJob } from '../../queue/county-queues.ts';
import { dueLeads, type DeliveryLedger } from './book.ts';
import type { Store } from '../../store/store.ts';
import { settingsOf, type Deployment } from '../../warnings/deployment.ts';

/**
 * Rounds of six attempts each before a county's own system is considered to refuse a lead; people are then shown
 * it.
 */
const ROUNDS = 10;

export interface Reconciled {
  /** false: the queue did not answer; everything waits in the ledger. */
  readonly reachable: boolean;
  /** Leads queued, excluding those queued already. */
  readonly pushed: number;
  readonly receipts: number;
  /** Dead jobs that were restarted. */
  readonly revived: number;
  readonly dead: number;
  /** Counties whose worker has jobs but does nothing (it went silent after a reconnect). */
  readonly silent: readonly string[];
}

interface Parts {
  readonly store: Store;
  readonly deployment: Deployment;
  readonly backend: Backend;
  readonly queues: CountyQueues;
  readonly book: DeliveryLedger;
}

export class Reconciler {
  private readonly parts: Parts;
  /** Leads whose first job died, with their current round; lost on exit, at the cost of one repeated job. */
  private readonly rounds = new Map<string, number>();
  /** Number of jobs in progress in each county at the last check, as long as none completed. */
  private readonly stuck = new Map<string, number>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @throws MonitorError `queue-silent` if the queue stops answering midway; the next round continues */
  async run(): Promise<Reconciled> {
    const { store, deployment, backend } = this.parts;
    const nothing = { pushed: 0, receipts: 0, revived: 0, dead: 0, silent: [] };
    if (!(await backend.reachable())) return { reachable: false, ...nothing };
    const counties = deployment.divisions.counties.map(({ code }) => code);
    const external = counties.filter(
      (code) => settingsOf(deployment, code).consumer === 'external',
    );
    const receipts = await this.takeReceipts(external);
    const due = await store.task(({ sql }) => this.due(sql, counties, external));
    const sum = { ...nothing, receipts, silent: [] as string[] };
    for (const county of counties) {
      const leads = due.get(county) ?? [];
      if (leads.length === 0) {
        this.stuck.delete(county);
        continue;
      }
      const ended = await this.revive(county, leads, external.includes(county));
      sum.revived += ended.revived;
      sum.dead += ended.dead;
      const state = await this.fill(county, leads, external.includes(county));
      sum.pushed += state.pushed;
      if (state.silent) sum.silent.push(county);
    }
    return { reachable: true, ...sum };
  }

  /** Leads that a channel of their county still has to serve. */
  private async due(
    sql: Store['sql'],
    counties: readonly string[],
    external: readonly string[],
  ): Promise<Map<string, string[]>> {
    const { deployment } = this.parts;
    const builtIn = counties.filter((code) => !external.includes(code));
    const hooked = builtIn.filter((code) => {
      const settings = settingsOf(deployment, code);
      return settings.consumer === 'built-in' && settings.webhook !== undefined;
    });
    const all = new Map<string, string[]>();
    for (const [channel, places] of [
      ['inbox', builtIn],
      ['webhook', hooked],
      ['external', external],
    ] as const) {
      if (places.length === 0) continue;
      for (const [county, leads] of await dueLeads(sql, channel, places))
        all.set(county, [...new Set([...(all.get(county) ?? []), ...leads])]);
    }
    return all;
  }

  /** Completed jobs for counties' own systems are their receipts. */
  private async takeReceipts(external: readonly string[]): Promise<number> {
    const { queues, book } = this.parts;
    let taken = 0;
    for (const county of external) {
      const done = await queues.ended(county, 'completed');
      const written = await Promise.all(
        done.map(({ lead_id }) =>
          book
            .record({ lead_id, county, channel: 'external', outcome: 'done', code: '' })
            .catch(() => false),
        ),
      );
      // The queue may forget only now that the receipt is in the ledger.
      await queues.remove(
        county,
        done.map(({ id }) => id),
      );
      taken += written.filter(Boolean).length;
    }
    return taken;
  }

  /** Failed jobs: if workers are repeatedly killed on one job, BullMQ leaves it here and never runs it again. */
  private async revive(
    county: string,
    due: readonly string[],
    external: boolean,
  ): Promise<{ revived: number; dead: number }> {
    const { queues, book } = this.parts;
    const failed = await queues.ended(county, 'failed');
    if (failed.length === 0) return { revived: 0, dead: 0 };
    const wanted = new Set(due);
    const again = failed.filter(({ lead_id }) => wanted.has(lead_id));
    const givenUp = external ? again.filter(({ round }) => round >= ROUNDS) : [];
    const revived = again.filter((job) => !givenUp.includes(job));
    for (const { lead_id, round } of revived) {
      this.rounds.set(lead_id, round + 1);
      await queues.push(county, [lead_id], external, round + 1);
    }
    await Promise.all(givenUp.map((job) => this.giveUp(book, county, job)));
    // A lead that a person resends starts over.
    for (const { lead_id } of givenUp) this.rounds.delete(lead_id);
    await queues.remove(
      county,
      failed.map(({ id }) => id),
    );
    return { revived: revived.length, dead: givenUp.length };
  }

  private async giveUp(book: DeliveryLedger, county: string, { lead_id }: EndedJob): Promise<void> {
    await book.record({ lead_id, county, channel: 'external', outcome: 'dead', code: 'refused' });
    this.parts.deployment.log.warn({ county }, 'a county system has not accepted a lead');
  }

  /** Queues what is due if fewer jobs are in progress than leads are due. */
  private async fill(
    county: string,
    due: readonly string[],
    external: boolean,
  ): Promise<{ pushed: number; silent: boolean }> {
    const { queues } = this.parts;
    const { all, waiting } = await queues.underway(county);
    if (all < due.length) {
      this.stuck.delete(county);
      const first = due.filter((lead) => !this.rounds.has(lead));
      await queues.push(county, first, external);
      for (const lead of due)
        if (this.rounds.has(lead))
          await queues.push(county, [lead], external, this.rounds.get(lead) ?? 1);
      return { pushed: due.length - all, silent: false };
    }
    // Enough jobs, but the same number as at the last check: this program's own worker may have gone silent.
    const silent = !external && waiting > 0 && this.stuck.get(county) === due.length;
    this.stuck.set(county, due.length);
    return { pushed: 0, silent };
  }
}
