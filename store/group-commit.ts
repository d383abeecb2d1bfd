/**
 * Batches the work of many callers: those that arrive during a batch join the next one. With an fsync or transaction
 * each, the last of hundreds of callers would wait for seconds.
 */
import pLimit from 'p-limit';

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit<T, R> {
  private readonly waiting: Waiting<T, R>[] = [];
  private readonly turn = pLimit(1);
  private readonly most: number;
  private readonly work: (batch: readonly T[]) => Promise<readonly PromiseSettledResult<R>[]>;

  /**
   * @param most items in one batch
   * @param work returns one outcome per item, in order; when it throws, every caller of the batch is rejected
   */
  constructor(
    most: number,
    work: (batch: readonly T[]) => Promise<readonly PromiseSettledResult<R>[]>,
  ) {
    this.most = most;
    this.work = work;
  }

  /** @returns resolves when the item's batch is done; rejects with the item's own outcome */
  add(item: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      void this.turn(() => this.flush());
    });
  }

  /** Runs other work while no batch is running. */
  between<A>(work: () => Promise<A>): Promise<A> {
    return this.turn(work);
  }

  private async flush(): Promise<void> {
    const batch = this.waiting.splice(0, this.most);
    if (batch.length === 0) return;
    try {
      const outcomes = await this.work(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === 'fulfilled') resolve(outcome.value);
        else reject(outcome?.reason);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

export const done = <R>(value: R): PromiseFulfilledResult<R> => ({ status: 'fulfilled', value });

export const failed = (reason: unknown): PromiseRejectedResult => ({ status: 'rejected', reason });
