/** Opens a home for a command and guarantees that it is closed again; inside `serve` it is already open. */
import type { Config } from '../core/config.ts';
import type { Divisions } from '../core/region.ts';
import type { Audit } from '../store/audit/audit.ts';
import type { Store } from '../store/store.ts';
import type { Deployment } from '../warnings/deployment.ts';
import type { Invocation } from './command.ts';

export interface OpenedHome {
  readonly store: Store;
  readonly config: Config;
  readonly divisions: Divisions;
  /** Includes connectors and rules, for commands that run the line. */
  readonly deployment: () => Promise<Deployment>;
}

/** For the audit: that a command shows persons' records, and who reads them. */
export interface AuditedCommand {
  /** The command, e.g. `doudi leads`. */
  readonly route: string;
  /** Division code asked about, as typed. */
  readonly place?: string | undefined;
}

/** Loaded only when a home is opened: `doudi help` and usage errors need no database. */
async function parts() {
  const [config, home, region, audit, restore, store] = await Promise.all([
    import('../core/config.ts'),
    import('../core/home.ts'),
    import('../core/region.ts'),
    import('../store/audit/audit.ts'),
    import('../store/backup/restore.ts'),
    import('../store/store.ts'),
  ]);
  return { ...config, ...home, ...region, ...audit, ...restore, ...store };
}

/** On disk before anything is shown, as for readers of the page (promise G20). */
function note(
  audit: Audit,
  { route, place = '' }: AuditedCommand,
  divisions: Divisions,
): Promise<void> {
  return audit.write({
    account: 'command-line',
    role: '',
    region: '',
    route,
    place: divisions.find(place) === undefined ? '' : place,
    subject: '',
    outcome: 'allowed',
  });
}

/**
 * Configuration first: a wrong doudi.yaml stops before anything is touched.
 * @param options.long the work occupies the machine for a while: only one such job runs at a time
 * @param options.reads recorded in the audit before the work begins; without it the work shows no person's record
 * @param options.asOf the work sees the home as it was at that instant, and its writes are discarded
 */
export async function withHome<T>(
  invocation: Invocation,
  work: (opened: OpenedHome) => Promise<T>,
  {
    long = false,
    asOf = null,
    reads = null,
  }: { long?: boolean; asOf?: Date | null; reads?: AuditedCommand | null } = {},
): Promise<T> {
  const { held, clock } = invocation;
  const on = async (opened: OpenedHome): Promise<T> => {
    if (asOf === null) return work(opened);
    const { withHomeAsOf } = await import('../store/as-of.ts');
    return withHomeAsOf(opened.store.home, asOf, clock, (store) => work({ ...opened, store }));
  };
  if (held !== null) {
    const { deployment } = held;
    const { config, divisions } = deployment;
    if (reads !== null) await note(held.audit, reads, divisions);
    const task = (): Promise<T> =>
      held.store.task((store) =>
        on({ store, config, divisions, deployment: () => Promise.resolve(deployment) }),
      );
    return long || asOf !== null ? held.long(task) : task();
  }
  const { refuseUnfinished, readConfig, divisionsOf, openStore, openHome, openAudit } =
    await parts();
  refuseUnfinished(invocation.home);
  const config = readConfig(invocation.home);
  const divisions = divisionsOf(config.province, config.divisions);
  const store = await openStore(openHome(invocation.home), clock);
  try {
    if (reads !== null) {
      const audit = await openAudit(store.home, clock);
      await note(audit, reads, divisions).finally(() => audit.close());
    }
    return await on({
      store,
      config,
      divisions,
      deployment: async () => {
        const { openDeployment } = await import('../pipelines/deployment.ts');
        return openDeployment(config, divisions, invocation.log);
      },
    });
  } finally {
    await store.close();
  }
}
