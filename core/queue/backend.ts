/**
 * What doudi needs of BullMQ, independent of where the jobs are kept. With `DOUDI_QUEUE=redis://…` they are in Redis;
 * without it in PostgreSQL compiled to WebAssembly inside this process (design decision 4).
 */
import type { Queue, Worker } from 'bullmq';

/** All that a job says: the lead's id. Who the lead is about is asked of the ledger (promise G26). */
export interface LeadJob {
  readonly lead_id: string;
}

export type LeadQueue = Queue<LeadJob>;
export type LeadWorker = Worker<LeadJob>;

/** @returns when the lead has been dealt with for good; an error means the job is tried again */
export type LeadHandler = (job: {
  readonly lead_id: string;
  /** 1 at the first try. */
  readonly attempt: number;
  readonly last: boolean;
}) => Promise<void>;

export interface WorkerOptions {
  /** Jobs that one worker has in hand at once. */
  readonly concurrency: number;
  /** Milliseconds after which a job whose worker has died is given to another. */
  readonly lockMs: number;
}

export interface Backend {
  readonly kind: 'embedded' | 'redis';
  queue(name: string): LeadQueue;
  worker(name: string, handler: LeadHandler, options: WorkerOptions): LeadWorker;
  /** Whether it answers just now. Never waits longer than the deadline. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}
