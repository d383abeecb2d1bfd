/**
 * One query for all counties. What 88 counties ask one by one costs a plan, a scan and a dozen operators each; asked
 * together it costs about as much as ten of them. So when a second county asks what another one has asked, the answers
 * of all are worked out behind its back, and the others find theirs made.
 */
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { ColumnarResult, Parted } from '../../store/published.ts';

/** How the answers are told apart: the first column of what the query says. */
const OF = 'of_county';

/** Its last ORDER BY; over columns of its own answer, so that it can be said again outside. */
const ORDER = /\bORDER BY ((?:(?!\bORDER BY\b)[^()])*?)(?: LIMIT \d+)?\s*$/;

/**
 * @param fence the query behind its fence, `$counties` being one county (fenced.ts)
 * @param sql the query itself
 * @returns the same for every county: rows sorted by county, and for each in the query's own order
 */
export function forEachCounty(fence: string, sql: string): string {
  const own = ORDER.exec(sql)?.[1];
  const inside = fence.replaceAll('$counties', 'each_county.county');
  return `SELECT each_county.county AS ${OF}, answer.* FROM (SELECT DISTINCT county FROM main.county) each_county, LATERAL (${inside}) answer
    ORDER BY ${own === undefined ? OF : `${OF}, ${own}`}`;
}

/** Rows that are held ready, all queries together: more than every panel over thirteen months has, exact and rounded. */
const HELD_ROWS = 600_000;

/** Queries that wait; more would be behind what is asked. */
const WAITING = 200;

/** Queries that one county alone has asked; when there are more, they are forgotten. */
const REMEMBERED = 2000;

/** What was worked out together, and what is about to be. */
export class CountiesAtOnce {
  private readonly turn = pLimit(1);
  /** The county that asked first, by what was asked; null when all are being made. */
  private readonly asked = new Map<string, string | null>();
  private readonly held = new LRUCache<string, Parted>({
    maxSize: HELD_ROWS,
    sizeCalculation: ({ count }) => Math.max(1, count),
  });

  /**
   * @param key all that an answer hangs on but the county
   * @returns the county's own part, if it is made
   */
  find(key: string, county: string): ColumnarResult | undefined {
    return this.held.get(key)?.part(county);
  }

  /**
   * Says that a county asks; when it is the second, all are made, one query at a time.
   * @param holds asked when they are there: whether they are of what the key says
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
        // Whoever asks for it is told what is wrong.
      } finally {
        this.asked.delete(key);
      }
    });
  }
}
