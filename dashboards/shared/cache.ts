/**
 * Answers kept while what they were made of stays the same; askers of the same at once share one query. The key says
 * everything that an answer hangs on (registry.ts), so nobody is handed what was made for a reader who may see more, nor
 * what was true before.
 */
import { LRUCache } from 'lru-cache';
import type { Row } from './protect.ts';

/** Rows kept, all answers together: what fifty readers of eight dashboards ask for, some hundred megabytes. */
const KEPT_ROWS = 400_000;

export class AnswerCache {
  private readonly making = new Map<string, Promise<readonly Row[]>>();
  private readonly kept = new LRUCache<string, readonly Row[]>({
    maxSize: KEPT_ROWS,
    // An answer without rows takes a place too.
    sizeCalculation: ({ length }) => 1 + length,
  });

  /** @param holds asked when the answer is there: whether it is of what the key says, and may be kept */
  take(
    key: string,
    make: () => Promise<readonly Row[]>,
    holds: () => boolean,
  ): Promise<readonly Row[]> {
    const kept = this.kept.get(key);
    if (kept !== undefined) return Promise.resolve(kept);
    const known = this.making.get(key);
    if (known !== undefined) return known;
    const making = make();
    this.making.set(key, making);
    making.then(
      (rows) => {
        this.making.delete(key);
        if (holds()) this.kept.set(key, rows);
      },
      () => this.making.delete(key),
    );
    return making;
  }
}
