/**
 * What doudi needs of BullMQ, independent of where the jobs are kept. With `DOUDI_QUEUE=redis://…` they are in Redis;
 * without it in PostgreSQL compiled to WebAssembly inside this process (design decision 4).
 */
import type { Queue, Worker } from 'bullmq';

/** All that a job says: the lead's id. Who the lead is about is asked of the ledger (promise G26). */
export interface LeadJob {
  readonly lead_id: string;
}

/** Wakes a county's reminders; whose they are is asked of the ledger. */
export interface WakeJob {
  readonly county: string;
}

export type LeadQueue = Queue<LeadJob>;
export type LeadWorker = Worker<LeadJob>;

/** @returns when the job has been dealt with for good; an error means that it is tried again */
export type Handler<J> = (
  job: J & {
    /** 1 at the first try. */
    readonly attempt: number;
    readonly last: boolean;
  },
) => Promise<void>;

export type LeadHandler = Handler<LeadJob>;

export interface WorkerOptions {
  /** Jobs that one worker has in hand at once. */
  readonly concurrency: number;
  /** Milliseconds after which a job whose worker has died is given to another. */
  readonly lockMs: number;
}

export interface Backend {
  readonly kind: 'embedded' | 'redis';
  queue<J = LeadJob>(name: string): Queue<J>;
  worker<J = LeadJob>(name: string, handler: Handler<J>, options: WorkerOptions): Worker<J>;
  /** Whether it answers just now. Never waits longer than the deadline. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}
