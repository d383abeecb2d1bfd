/** The Express application: access, interface and page. */
import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import type { ServeSettings } from '../core/environment.ts';
import { isLoopback } from '../core/loopback.ts';
import { identify } from './access.ts';
import { compressed } from './compress.ts';
import { declaredRoutes } from './declared.ts';
import { health } from './health.ts';
import { mount } from './mount.ts';
import { notFound, problems } from './problems.ts';
import type { Services } from './services.ts';
import { sessions, signInLimit } from './session.ts';

/**
 * @param page folder of the built page; null: without (tests of the interface alone)
 * @param endpoints other routers by path, behind the same authentication
 */
export async function createApp(
  services: Services,
  settings: ServeSettings,
  page: string | null,
  endpoints: Readonly<Record<string, Router>>,
): Promise<Express> {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          // The page's components write their styles at run time.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          // Served over plain HTTP on the machine itself; a gateway in front adds TLS.
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: settings.accessKey !== undefined,
    }),
  );
  app.use(compressed());
  app.use(health(services));
  app.use(sessions(!isLoopback(settings.host), services.signIn.settings));
  app.use(identify(settings, services.deployment, services.signIn));
  app.post('/api/session', signInLimit());
  // No request here is large (reliability notes, section 5).
  app.use('/api', express.json({ limit: '100kb' }), mount(await declaredRoutes(), services));
  app.use('/api', notFound);
  for (const [path, endpoint] of Object.entries(endpoints)) app.use(path, endpoint, notFound);
  if (page !== null) {
    app.use('/assets', express.static(`${page}/assets`, { immutable: true, maxAge: '1y' }));
    app.use(express.static(page, { maxAge: 0 }));
  }
  app.use(notFound);
  app.use(problems(services.deployment.log));
  return app;
}
