/** Queries on the audit: by day, account and place. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { covers } from '../../core/account.ts';
import { shanghaiDate } from '../../core/clock.ts';
import type { Home } from '../../core/home.ts';
import type { Divisions } from '../../core/region.ts';
import { readAudit, type AuditEntry } from './chain.ts';

export interface AuditQuestion {
  /** First and last day in Asia/Shanghai. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly account?: string | undefined;
  /** Entries of readers of this division, or about places in it. */
  readonly region?: string | undefined;
}

/**
 * Whether an entry belongs to a region: the reader or the place asked about is in it. Entries of readers without a
 * region are shown to the province only.
 */
function isOf(divisions: Divisions, region: string, entry: AuditEntry): boolean {
  const { code } = divisions.province;
  const places = [entry.region, entry.place].filter((place) => place !== '');
  if (region === code) return true;
  return places.some((place) => covers(divisions, region, place));
}

/** Entries scanned before yielding to other work: some milliseconds. */
const BETWEEN_TURNS = 500;

/**
 * Does not read files of months before the first day.
 * @param page from 1, of `size` entries each
 * @returns entries, newest first, and the total over all pages
 * @throws MonitorError `audit-damaged`
 */
export async function findAudit(
  home: Home,
  divisions: Divisions,
  { from, to, account, region }: AuditQuestion,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly total: number; readonly entries: AuditEntry[] }> {
  /** The newest entries, enough for this page and the ones before it. */
  let found: AuditEntry[] = [];
  const held = page * size;
  let total = 0;
  let looked = 0;
  for (const entry of readAudit(home, from?.slice(0, 7))) {
    looked += 1;
    if (looked % BETWEEN_TURNS === 0) await nextTurn();
    const day = shanghaiDate({ now: () => new Date(entry.at) });
    if (from !== undefined && day < from) continue;
    if (to !== undefined && day > to) continue;
    if (account !== undefined && entry.account !== account) continue;
    if (region !== undefined && !isOf(divisions, region, entry)) continue;
    total += 1;
    found.push(entry);
    if (found.length >= 2 * held) found = found.slice(-held);
  }
  const newest = found.reverse();
  return { total, entries: newest.slice((page - 1) * size, page * size) };
}
