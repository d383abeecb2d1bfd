/** What the server mounts: one registry, two faces on it. */
import type { Router } from 'express';
import { openRegistry, type RegistryParts } from './kit/registry.ts';
import { rowsFace, type ScopeOf } from './faces/rows.ts';

export async function dashboardFaces(
  parts: RegistryParts,
  scopeOf: ScopeOf,
): Promise<Readonly<Record<string, Router>>> {
  const registry = await openRegistry(parts);
  return { '/rows': rowsFace(registry, scopeOf) };
}
