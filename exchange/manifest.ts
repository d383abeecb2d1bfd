/**
 * The manifest beside a list: who gives it to whom, under which clause, for what purpose, and how it differs from
 * the previous one.
 */
import type { Clock } from '../core/clock.ts';
import type { List } from './shared/list.ts';
import type { ListVersion } from './version.ts';

/** Row changes against the previous version: a different row of the same person counts as changed. */
export interface ListDifference {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** The instant in China's time, `2026-11-05T09:00:00+08:00`. */
function chinaTime(clock: Clock): string {
  const shifted = new Date(clock.now().getTime() + 8 * 3_600_000);
  return `${shifted.toISOString().slice(0, 19)}+08:00`;
}

interface Sent {
  readonly list: List;
  readonly version: Omit<ListVersion, 'seq'>;
  readonly countyName: string;
  /** null: unknown, because the previous version's file is gone. */
  readonly difference: ListDifference | null;
}

export function manifestText(
  { list, version, countyName, difference }: Sent,
  clock: Clock,
): string {
  const manifest = {
    list: list.id,
    title: list.title,
    kind: list.kind,
    month: version.month,
    county: version.county,
    county_name: countyName,
    from: list.from,
    to: version.recipient,
    version: version.version,
    rows: version.rows,
    columns: Object.keys(list.columns),
    sha256: version.sha256,
    sm3: version.sm3,
    clause: list.clause,
    purpose: list.purpose,
    replaces: version.version === 1 ? null : version.version - 1,
    added: difference?.added ?? null,
    removed: difference?.removed ?? null,
    changed: difference?.changed ?? null,
    produced_at: chinaTime(clock),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
