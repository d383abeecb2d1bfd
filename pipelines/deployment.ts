/** Loads the parts of a deployment once, and assembles the context of a run. */
import { loadContracts, loadFieldTables } from '../connectors/index.ts';
import type { Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import type { Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import type { Store } from '../store/store.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { loadRuleBook, type OwnRules, type RuleBook } from '../warnings/rule-book.ts';
import type { RunContext } from './context.ts';
import { loadFields } from './fields/index.ts';
import type { Progress } from './progress.ts';

/** The rules of a home, which may use every known field. */
export async function openRuleBook(own: OwnRules): Promise<RuleBook> {
  return loadRuleBook(own, await loadFields());
}

export async function openDeployment(
  config: Config,
  divisions: Divisions,
  log: Log,
): Promise<Deployment> {
  return {
    config,
    divisions,
    contracts: await loadContracts(),
    fieldTables: await loadFieldTables(),
    rules: await openRuleBook(config),
    log,
  };
}

/** @param inbox folder named by hand, which signs off extracts without a manifest; undefined: the configured one */
export function runContext(
  deployment: Deployment,
  store: Store,
  month: Month,
  inbox: string | undefined,
  progress: Progress,
): RunContext {
  return {
    ...deployment,
    month,
    store,
    progress,
    inbox: inbox ?? deployment.config.inbox ?? null,
    signedOff: inbox !== undefined,
    steps: [],
  };
}
