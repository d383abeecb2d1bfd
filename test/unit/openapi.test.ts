/** docs/openapi.json says what the routes declare, and every route declares who may ask. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declaredRoutes } from '../../web/declared.ts';
import { openApiText } from '../../web/openapi.ts';

describe('docs/openapi.json', () => {
  it('is what the generator makes of the routes: after a change run `npm run docs:openapi`', async () => {
    const committed = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(committed === (await openApiText()), 'stale: run `npm run docs:openapi`').toBe(true);
  });

  it('has every declared route with words in both languages', async () => {
    const { paths } = JSON.parse(await openApiText()) as {
      paths: Record<string, Record<string, { summary: string; operationId: string }>>;
    };
    const routes = await declaredRoutes();
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(routes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
    for (const { summary } of operations) expect(summary).toMatch(/\p{Script=Han}.* · .*[a-z]/u);
  });
});
