/**
 * Caches answers while their inputs are unchanged; simultaneous identical requests share one query. The key
 * contains everything an answer depends on (registry.ts), so nobody gets an answer made for a reader with wider
 * access, or an outdated one.
 */
import { LRUCache } from 'lru-cache';
import type { Row } from './protect.ts';

/**
 * Maximum cached rows, all answers together: what fifty readers of eight dashboards request, some hundred
 * megabytes.
 */
const KEPT_ROWS = 400_000;

export class AnswerCache {
  private readonly making = new Map<string, Promise<readonly Row[]>>();
  private readonly kept = new LRUCache<string, readonly Row[]>({
    maxSize: KEPT_ROWS,
    // An answer without rows takes up space too.
    sizeCalculation: ({ length }) => 1 + length,
  });

  /** @param holds called when the answer is ready: whether it matches the key and may be cached */
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
