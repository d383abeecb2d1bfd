/**
 * Answers kept while the published file stays the same; askers of the same at once share one query. The key says
 * everything that an answer hangs on (registry.ts), so nobody is handed what was made for a reader who may see more.
 */
import type { Row } from './protect.ts';

/** Rows kept, all answers together: what the usual readers of six dashboards ask for, some ten megabytes. */
const KEPT_ROWS = 100_000;

interface Kept {
  readonly rows: Promise<readonly Row[]>;
  /** 0 while it is being made; an answer without rows takes a place too. */
  size: number;
}

export class Shelf {
  private version = '';
  private total = 0;
  private kept = new Map<string, Kept>();

  /** @param version of the published file: with another one all is forgotten */
  take(version: string, key: string, make: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
    if (version !== this.version) {
      this.kept = new Map();
      this.total = 0;
      this.version = version;
    }
    const { kept } = this;
    const known = kept.get(key);
    if (known !== undefined) return known.rows;
    const entry: Kept = { rows: make(), size: 0 };
    kept.set(key, entry);
    entry.rows.then(
      ({ length }) => {
        // The file may have been replaced in the meantime.
        if (kept !== this.kept) return;
        entry.size = 1 + length;
        this.total += entry.size;
        this.shrink();
      },
      () => kept.delete(key),
    );
    return entry.rows;
  }

  /** The oldest go first. */
  private shrink(): void {
    for (const [key, { size }] of this.kept) {
      if (this.total <= KEPT_ROWS) return;
      this.total -= size;
      if (size > 0) this.kept.delete(key);
    }
  }
}
