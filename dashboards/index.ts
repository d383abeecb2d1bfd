/** Everything the server mounts: one registry, its endpoints for Grafana and notebooks, and the operator's metrics. */
import type { Router } from 'express';
import { Registry as Collected } from 'prom-client';
import { contractFace } from './endpoints/contract.ts';
import { metricsFace, timed } from './endpoints/metrics.ts';
import { rowsFace, type ScopeOf } from './endpoints/rows.ts';
import { openRegistry, type RegistryParts } from './shared/registry.ts';

/** @returns routers by mount path */
export async function dashboardEndpoints(
  parts: RegistryParts,
  scopeOf: ScopeOf,
): Promise<Readonly<Record<string, Router>>> {
  const collected = new Collected();
  const registry = timed(await openRegistry(parts), collected);
  return {
    '/rows': rowsFace(registry, scopeOf),
    '/grafana': contractFace(registry, scopeOf),
    '/metrics': metricsFace(registry, collected, scopeOf, parts.now),
  };
}
