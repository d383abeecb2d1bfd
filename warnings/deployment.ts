/** A deployment: configuration, divisions, connectors' contracts, rules. */
import type { Contract } from '../files/extract/contract.ts';
import type { FieldTable } from '../files/extract/field-table.ts';
import type { Config, CountySettings } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import type { Divisions } from '../core/region.ts';
import type { RuleBook } from './rule-book.ts';

export interface Deployment {
  readonly config: Config;
  readonly divisions: Divisions;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly fieldTables: readonly FieldTable[];
  readonly rules: RuleBook;
  readonly log: Log;
}

const BUILT_IN: CountySettings = { consumer: 'built-in' };

/** How a county receives its leads; by default in this program. */
export function settingsOf({ config }: Pick<Deployment, 'config'>, county: string): CountySettings {
  return config.counties.get(county) ?? BUILT_IN;
}
