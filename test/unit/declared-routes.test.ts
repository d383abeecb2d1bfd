/** What the application answers is what is declared: walked through Express's own router. */
import { describe, expect, it } from 'vitest';
import { readServeSettings } from '../../core/environment.ts';
import { createLog } from '../../core/log.ts';
import { createApp } from '../../web/app.ts';
import { declaredRoutes } from '../../web/declared.ts';
import type { Services } from '../../web/services.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

function routesOf(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ route, handle }) =>
    route === undefined
      ? routesOf(handle.stack ?? [])
      : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
  );
}

/** Health, which says nothing of anybody, and the limit of tries before signing in. */
const BESIDE = ['GET /live', 'GET /ready', 'POST /api/session'];

describe('the router', () => {
  it('has no route that is not declared with its rule', async () => {
    // Nothing is asked: only what is mounted is looked at.
    const services = {
      signIn: { settings: { sessionMs: 1000 } },
      deployment: { log: createLog('silent') },
    } as unknown as Services;
    const app = await createApp(services, readServeSettings({}), null, {});
    const mounted = routesOf((app as unknown as { router: { stack: Layer[] } }).router.stack);
    const declared = await declaredRoutes();
    expect(mounted.sort()).toEqual(
      [...BESIDE, ...declared.map(({ method, path }) => `${method} ${path}`)].sort(),
    );
    for (const { rule, method, path, keyed, opensSession } of declared) {
      const who = [...rule.unauthenticated, ...rule.roles];
      expect(who, `${method} ${path}`).not.toEqual([]);
      if (method === 'GET') continue;
      const visit = path.startsWith('/session');
      expect(keyed || visit, `${method} ${path} needs an Idempotency-Key`).toBe(true);
      expect(opensSession).toBe(method === 'POST' && path === '/session');
      if (!visit) expect(rule.unauthenticated).toEqual([]);
    }
  });
});
