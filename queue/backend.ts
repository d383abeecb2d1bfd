/**
 * What doudi needs of BullMQ, independent of where the jobs are kept. With `DOUDI_QUEUE=redis://…` they are in Redis;
 * without it in PostgreSQL compiled to WebAssembly inside this process (design decision 4).
 */
import type { Queue, Worker } from 'bullmq';

/** A job's only content: the lead's id. The person is looked up in the ledger (promise G26). */
export interface LeadJob {
  readonly lead_id: string;
}

/** Triggers a county's reminders; their recipients are looked up in the ledger. */
export interface WakeJob {
  readonly county: string;
}

export type LeadQueue = Queue<LeadJob>;
export type LeadWorker = Worker<LeadJob>;

/** @returns when the job is finished; an error causes a retry */
export type Handler<J> = (
  job: J & {
    /** 1 on the first attempt. */
    readonly attempt: number;
    readonly last: boolean;
  },
) => Promise<void>;

export type LeadHandler = Handler<LeadJob>;

export interface WorkerOptions {
  /** Jobs that one worker handles at once. */
  readonly concurrency: number;
  /** Milliseconds after which a dead worker's job is given to another. */
  readonly lockMs: number;
}

export interface Backend {
  readonly kind: 'embedded' | 'redis';
  queue<J = LeadJob>(name: string): Queue<J>;
  worker<J = LeadJob>(name: string, handler: Handler<J>, options: WorkerOptions): Worker<J>;
  /** Whether it responds right now. Never waits longer than the deadline. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}
