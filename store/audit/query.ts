/** The audit as it is asked for: by day, account and place. */
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
 * Whether an entry belongs to a region: whoever asked is of it, or what was asked about lies in it. Of somebody of no
 * region only the province is told.
 */
function isOf(divisions: Divisions, region: string, entry: AuditEntry): boolean {
  const { code } = divisions.province;
  const places = [entry.region, entry.place].filter((place) => place !== '');
  if (region === code) return true;
  return places.some((place) => covers(divisions, region, place));
}

/** Entries looked at before others have their turn: some milliseconds. */
const BETWEEN_TURNS = 500;

/**
 * Files of months before the first day asked for are not read.
 * @param page from 1, of `size` entries each
 * @returns newest first, and how many there are on all pages
 * @throws MonitorError `audit-damaged`
 */
export async function findAudit(
  home: Home,
  divisions: Divisions,
  { from, to, account, region }: AuditQuestion,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly total: number; readonly entries: AuditEntry[] }> {
  /** The newest, as many as the page and those before it hold. */
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
