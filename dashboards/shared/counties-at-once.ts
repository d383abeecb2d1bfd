/**
 * One query for all counties. Asked one by one, 88 counties cost a plan, a scan and a dozen operators each; asked
 * together they cost about as much as ten. So when a second county asks what another has asked, the answers for all
 * are computed in the background, and the others find theirs ready.
 */
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { ColumnarResult, Parted } from '../../store/published.ts';

/** Tells the answers apart: the first output column of the query. */
const OF = 'of_county';

/** The query's last ORDER BY, over its own output columns, so that it can be repeated outside. */
const ORDER = /\bORDER BY ((?:(?!\bORDER BY\b)[^()])*?)(?: LIMIT \d+)?\s*$/;

/**
 * @param fence the query behind its fence, `$counties` being one county (fenced.ts)
 * @param sql the query itself
 * @returns the same query for every county: rows sorted by county, then in the query's own order
 */
export function forEachCounty(fence: string, sql: string): string {
  const own = ORDER.exec(sql)?.[1];
  const inside = fence.replaceAll('$counties', 'each_county.county');
  return `SELECT each_county.county AS ${OF}, answer.* FROM (SELECT DISTINCT county FROM main.county) each_county, LATERAL (${inside}) answer
    ORDER BY ${own === undefined ? OF : `${OF}, ${own}`}`;
}

/** Maximum rows held ready, all queries together: more than every panel over thirteen months has, exact and rounded. */
const HELD_ROWS = 600_000;

/** Maximum queries waiting; more would lag behind the requests. */
const WAITING = 200;

/** Maximum queries asked by a single county so far; beyond that they are forgotten. */
const REMEMBERED = 2000;

/** Answers computed together, and those about to be. */
export class CountiesAtOnce {
  private readonly turn = pLimit(1);
  /** The county that asked first, by question; null while all are being computed. */
  private readonly asked = new Map<string, string | null>();
  private readonly held = new LRUCache<string, Parted>({
    maxSize: HELD_ROWS,
    sizeCalculation: ({ count }) => Math.max(1, count),
  });

  /**
   * @param key everything the answer depends on except the county
   * @returns the county's own part, if ready
   */
  find(key: string, county: string): ColumnarResult | undefined {
    return this.held.get(key)?.part(county);
  }

  /**
   * Records that a county asks; on the second one all are computed, one query at a time.
   * @param holds called when they are ready: whether they match the key
   */
  note(key: string, county: string, make: () => Promise<Parted>, holds: () => boolean): void {
    const first = this.asked.get(key);
    if (first === undefined) {
      if (this.asked.size >= REMEMBERED) this.asked.clear();
      this.asked.set(key, county);
    }
    if (first === undefined || first === null || first === county) return;
    if (this.turn.pendingCount >= WAITING) return;
    this.asked.set(key, null);
    void this.turn(async () => {
      try {
        const made = await make();
        if (holds()) this.held.set(key, made);
      } catch {
        // The error is reported to whoever requests this answer.
      } finally {
        this.asked.delete(key);
      }
    });
  }
}
