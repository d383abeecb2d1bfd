/** The audit as it is asked for: by day, account and place. */
import { covers } from '../account.ts';
import { shanghaiDate } from '../clock.ts';
import type { Home } from '../home.ts';
import type { Divisions } from '../region.ts';
import { readAudit, type AuditEntry } from './audit.ts';

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

/** @returns newest first @throws MonitorError `audit-damaged` */
export function findAudit(
  home: Home,
  divisions: Divisions,
  { from, to, account, region }: AuditQuestion,
): AuditEntry[] {
  const found: AuditEntry[] = [];
  for (const entry of readAudit(home)) {
    const day = shanghaiDate({ now: () => new Date(entry.at) });
    if (from !== undefined && day < from) continue;
    if (to !== undefined && day > to) continue;
    if (account !== undefined && entry.account !== account) continue;
    if (region !== undefined && !isOf(divisions, region, entry)) continue;
    found.push(entry);
  }
  return found.reverse();
}
