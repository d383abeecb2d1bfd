/**
 * Answers kept while what they were made of stays the same; askers of the same at once share one query. The key says
 * everything that an answer hangs on (registry.ts), so nobody is handed what was made for a reader who may see more, nor
 * what was true before.
 */
import type { Row } from './protect.ts';

/** Rows kept, all answers together: what fifty readers of eight dashboards ask for, some hundred megabytes. */
const KEPT_ROWS = 400_000;

interface Kept {
  readonly rows: Promise<readonly Row[]>;
  /** 0 while it is being made; an answer without rows takes a place too. */
  size: number;
}

export class Shelf {
  private total = 0;
  /** The one asked for longest ago first. */
  private readonly kept = new Map<string, Kept>();

  /** @param holds asked when the answer is there: whether it is of what the key says, and may be kept */
  take(
    key: string,
    make: () => Promise<readonly Row[]>,
    holds: () => boolean,
  ): Promise<readonly Row[]> {
    const { kept } = this;
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known.rows;
    }
    const entry: Kept = { rows: make(), size: 0 };
    kept.set(key, entry);
    entry.rows.then(
      ({ length }) => {
        if (!holds()) {
          kept.delete(key);
          return;
        }
        entry.size = 1 + length;
        this.total += entry.size;
        this.shrink();
      },
      () => kept.delete(key),
    );
    return entry.rows;
  }

  private shrink(): void {
    for (const [key, { size }] of this.kept) {
      if (this.total <= KEPT_ROWS) return;
      this.total -= size;
      if (size > 0) this.kept.delete(key);
    }
  }
}
