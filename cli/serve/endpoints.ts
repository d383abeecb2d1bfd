/** The endpoints of the published figures: their subject, who may see how much of them, and what is measured live. */
import { statfs } from 'node:fs/promises';
import type { Router } from 'express';
import type { Role } from '../../core/account.ts';
import { shanghaiDate, type Clock } from '../../core/clock.ts';
import { MonitorError } from '../../core/errors.ts';
import type { Audit } from '../../store/audit/audit.ts';
import type { Published } from '../../store/published.ts';
import { dashboardEndpoints } from '../../dashboards/index.ts';
import {
  accountScope,
  checkReaders,
  operatorScope,
  scopeOf,
  type Asker,
} from '../../dashboards/shared/scope.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import type { QueueService } from '../../cases/delivery/service.ts';
import type { FigureName } from '../../warnings/figure-names.ts';
import { lookUp } from '../../warnings/parameters.ts';
import { callerOf } from '../../web/access.ts';
import { nameOf } from '../../web/mount.ts';
import { FIGURE_ROLES, LEAD_ROLES } from '../../web/route.ts';

/** @throws MonitorError `config` if a reader's region does not exist, or no figure sets what outside readers may see */
export async function endpointsOf(
  { config, divisions, rules, contracts }: Deployment,
  published: Published,
  queues: Pick<QueueService, 'reachableSince' | 'workers'>,
  audit: Audit,
  { home, clock }: { readonly home: string; readonly clock: Clock },
): Promise<Readonly<Record<string, Router>>> {
  checkReaders(config.readers, divisions);
  const figure = (name: FigureName): number => {
    const { code } = divisions.province;
    const found = lookUp(rules.parameters, divisions, name, code, shanghaiDate(clock), {});
    if (found === null) throw new MonitorError('config', `there is no ${name} in force`);
    return Number(found.value);
  };
  return dashboardEndpoints(
    {
      published,
      divisions,
      audit,
      rules: new Set(rules.rules.map(({ id }) => id)),
      sources: new Set(contracts.keys()),
      disclosure: {
        minimum: figure('disclosure-minimum'),
        rounding: figure('disclosure-rounding'),
      },
      now: () => clock.now().getTime(),
      moment: async () => {
        const { bavail, blocks, bsize } = await statfs(home);
        return {
          disk_free: bavail * bsize,
          disk_total: blocks * bsize,
          queue: queues.reachableSince() === null ? 0 : 1,
          workers: queues.workers(),
        };
      },
    },
    (request, response) => {
      const caller = callerOf(response);
      const path = request.baseUrl === '/rows' ? '' : request.path.replace(/\/$/, '').toLowerCase();
      const asker: Asker = {
        ...nameOf(caller),
        route: `${request.method} ${request.baseUrl}${path}`,
      };
      if (caller.kind === 'operator') return operatorScope(asker, divisions);
      if (caller.kind === 'nobody')
        throw new MonitorError('sign-in', 'sign in first', { severity: 'reject' });
      // The page's own charts; programs and operators are readers with tokens of their own.
      if (caller.kind === 'account' && request.baseUrl === '/rows') {
        const { role, region } = caller.actor;
        const among = (roles: readonly Role[]): boolean => roles.includes(role);
        if (among(FIGURE_ROLES)) return accountScope(asker, region, among(LEAD_ROLES), divisions);
      }
      if (caller.kind !== 'reader') throw new MonitorError('unknown', 'there is nothing here');
      const header = caller.reader.userHeader;
      const named = header === null ? [] : (request.headersDistinct[header] ?? []);
      return scopeOf(caller.reader, named, asker, divisions);
    },
  );
}
