/** What lies in a region, as a condition of SQL: the one place where a reader's region meets the ledger (threat T14). */
import { countiesOf } from '../core/account.ts';
import type { Divisions } from '../core/region.ts';
import { among, literal } from './sql.ts';

/** Columns of a relation that say where a row belongs; `village` where it is known. */
export interface PlaceColumns {
  readonly county: string;
  readonly township: string;
  readonly village?: string;
}

/**
 * @param region division code of 6, 9 or 12 digits
 * @returns a condition that holds for rows inside the region only; rows whose place is not known that exactly are outside
 */
export function inRegion(divisions: Divisions, region: string, at: PlaceColumns): string {
  if (region.length === 12)
    return at.village === undefined ? 'false' : `${at.village} = ${literal(region)}`;
  if (region.length === 9) return `${at.township} = ${literal(region)}`;
  return inCounties(divisions, region, at.county);
}

/** Counts are kept by county: a township's reader is shown those of its county (docs/accounts.md). */
export function inCounties(divisions: Divisions, region: string, county: string): string {
  return among(county, countiesOf(divisions, region));
}
