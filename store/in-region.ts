/**
 * The SQL condition for rows in a region: the only place where a reader's region is applied to the ledger (threat T14).
 */
import { countiesOf } from '../core/account.ts';
import type { Divisions } from '../core/region.ts';
import { among, literal } from './sql.ts';

/** Columns of a relation that locate a row; `village` where known. */
export interface PlaceColumns {
  readonly county: string;
  readonly township: string;
  readonly village?: string;
}

/**
 * @param region division code of 6, 9 or 12 digits
 * @returns a condition true only for rows inside the region; rows not located precisely enough are outside
 */
export function inRegion(divisions: Divisions, region: string, at: PlaceColumns): string {
  if (region.length === 12)
    return at.village === undefined ? 'false' : `${at.village} = ${literal(region)}`;
  if (region.length === 9) return `${at.township} = ${literal(region)}`;
  return inCounties(divisions, region, at.county);
}

/** Counts are per county: a township's reader sees those of its county (docs/accounts.md). */
export function inCounties(divisions: Divisions, region: string, county: string): string {
  return among(county, countiesOf(divisions, region));
}
