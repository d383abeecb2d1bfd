/** The OpenAPI 3.1 document of the interface, generated from the routes' declarations. */
import { z } from 'zod';
import { ROLES } from '../core/account.ts';
import { problemAnswer } from './api.ts';
import { declaredRoutes } from './declared.ts';
import type { Route, Unauthenticated } from './route.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Requests in their input form, answers in their output form. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const made = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      // Every list is readonly, because nothing here changes one; readers of the document need not be told.
      delete jsonSchema.readOnly;
    },
  });
  // The dialect is that of the document.
  return Object.fromEntries(Object.entries(made).filter(([name]) => name !== '$schema'));
}

function parametersOf(schema: z.ZodType | null, place: 'path' | 'query'): JsonObject[] {
  if (schema === null) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: '写操作的幂等键：同一键重复提交不产生第二次效果 · the same key twice has one effect',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,64}$' },
};

const UNAUTHENTICATED: Readonly<Record<Unauthenticated, string>> = {
  operator: 'anybody at the machine or with its key, while the home has no accounts',
  county: 'the system of a county, with its token',
  reader: 'a program that shows figures, with its token',
  anyone: 'anyone',
};

function whoMay({ rule }: Route): string {
  const roles = rule.roles.map((role) => `${role} (${ROLES[role]})`);
  const place = {
    none: 'no place',
    own: 'the caller’s region',
    at: 'the requested place, which must lie in the caller’s region',
  }[rule.place.of];
  return [
    `Who may: ${[...rule.unauthenticated.map((caller) => UNAUTHENTICATED[caller]), ...roles].join(', ')}.`,
    `Speaks of: ${place}.`,
    ...(rule.person === false ? [] : ['Records of persons: every reading is in the audit.']),
  ].join('\n\n');
}

/** Errors a route may answer with. */
function refusals({ rule, query, body, keyed, params }: Route): Record<string, JsonObject> {
  const open = rule.unauthenticated.includes('anyone');
  const known: Record<string, [boolean, string]> = {
    '400': [query !== null || body !== null || keyed, '请求不合规 · wrong request, field by field'],
    '401': [!open, '请先登录 · sign in first'],
    '403': [!open, '角色无权或缺少 CSRF 令牌 · not for this role, or without the CSRF token'],
    '404': [
      params !== null || rule.place.of === 'at',
      '不存在，或不在本辖区 · not found, or not in your region',
    ],
    '409': [keyed, '他人已先行处理 · somebody acted first'],
  };
  return Object.fromEntries(
    Object.entries(known)
      .filter(([, [may]]) => may)
      .map(([status, [, description]]) => [
        status,
        {
          description,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}

function operation(route: Route): JsonObject {
  const { summary, params, query, body, answer, raw, keyed, rule, path, method } = route;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z]+(\w)/g, (_match, letter: string) => letter.toUpperCase())}`,
    summary: `${summary.zh} · ${summary.en}`,
    description: whoMay(route),
    ...(rule.unauthenticated.includes('anyone') ? { security: [] } : {}),
    parameters: [
      ...parametersOf(params, 'path'),
      ...parametersOf(query, 'query'),
      ...(keyed ? [KEY] : []),
    ],
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }),
    responses: {
      '200': {
        description: summary.en,
        content: {
          [raw ?? 'application/json']: {
            schema: raw === null ? schemaOf(answer, 'output') : { type: 'object' },
          },
        },
      },
      ...refusals(route),
    },
  };
}

export async function openApi(): Promise<JsonObject> {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of await declaredRoutes()) {
    const path = `/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '兜底 · doudi',
      version: '1',
      description:
        '低收入人口监测预警的接口。由路由声明生成，勿手改。Generated from the declared routes; do not edit by hand.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemAnswer, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'doudi',
          description: '登录后的会话；写操作另需 X-CSRF-Token · writes need X-CSRF-Token as well',
        },
        token: { type: 'http', scheme: 'bearer', description: '程序用的令牌 · for programs' },
      },
    },
  };
}

/** As served and committed. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApi(), null, 2)}\n`;
}
