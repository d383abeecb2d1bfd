/** What a deployment is made of, read once: configuration, divisions, connectors' contracts, rules. */
import type { Contract } from '../files/extract/contract.ts';
import type { FieldTable } from '../files/extract/field-table.ts';
import { loadContracts, loadFieldTables } from '../connectors/index.ts';
import type { CountySettings, Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import type { Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import type { Store } from '../store/store.ts';
import { loadRuleBook, type OwnRules, type RuleBook } from '../warnings/rule-book.ts';
import type { RunContext } from './context.ts';
import { loadFields } from './fields/index.ts';
import type { Progress } from './progress.ts';

export interface Office {
  readonly config: Config;
  readonly divisions: Divisions;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly fieldTables: readonly FieldTable[];
  readonly rules: RuleBook;
  readonly log: Log;
}

/** The rules of a home, which may speak of every field that there is. */
export async function openRuleBook(own: OwnRules): Promise<RuleBook> {
  return loadRuleBook(own, await loadFields());
}

export async function openOffice(config: Config, divisions: Divisions, log: Log): Promise<Office> {
  return {
    config,
    divisions,
    contracts: await loadContracts(),
    fieldTables: await loadFieldTables(),
    rules: await openRuleBook(config),
    log,
  };
}

const BUILT_IN: CountySettings = { consumer: 'built-in' };

/** How a county takes its leads; unless it says otherwise, in this program. */
export function settingsOf({ config }: Pick<Office, 'config'>, county: string): CountySettings {
  return config.counties.get(county) ?? BUILT_IN;
}

/** @param inbox folder named by hand, which signs off extracts without a manifest; undefined: the configured one */
export function runContext(
  office: Office,
  store: Store,
  month: Month,
  inbox: string | undefined,
  progress: Progress,
): RunContext {
  return {
    ...office,
    month,
    store,
    progress,
    inbox: inbox ?? office.config.inbox ?? null,
    signedOff: inbox !== undefined,
    steps: [],
  };
}
