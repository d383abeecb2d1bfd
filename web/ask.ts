/** Checks a request's input against the route's declaration; invalid input is answered with the path of each field. */
import type { Request } from 'express';
import type { z } from 'zod';
import { MonitorError } from '../core/errors.ts';
import type { Params, Route } from './route.ts';

/** A request that does not match the route's declaration. */
export class WrongRequest extends MonitorError {
  readonly fields: readonly { readonly path: string; readonly accepts: string }[];

  constructor(fields: WrongRequest['fields']) {
    super('usage', fields.map(({ path, accepts }) => `${path}: ${accepts}`).join('; '), {
      severity: 'reject',
      exitCode: 2,
      fix: 'GET /api/openapi.json says what each field accepts',
    });
    this.fields = fields;
  }
}

const none: Readonly<Record<string, never>> = {};

/**
 * zod's messages name what is accepted and never quote what was sent, except for keys, which are therefore withheld
 * too.
 */
function fieldsOf(part: string, error: z.ZodError): WrongRequest['fields'] {
  return error.issues.map((issue) => ({
    path: [part, ...issue.path.map(String)].join('.'),
    accepts:
      issue.code === 'unrecognized_keys' ? `${issue.keys.length} unknown field(s)` : issue.message,
  }));
}

/** An empty value counts as absent; a repeated key is an error. */
function oneOfEach(query: Request['query']): Record<string, string> {
  const values = Object.entries(query).filter(([, value]) => value !== '');
  const repeated = values.filter(([, value]) => typeof value !== 'string');
  if (repeated.length > 0)
    throw new WrongRequest([{ path: 'query', accepts: 'give each parameter once' }]);
  return Object.fromEntries(values) as Record<string, string>;
}

const KEY = /^[A-Za-z0-9_-]{8,64}$/;

/** @throws WrongRequest; MonitorError `unknown` if the path's parameters match nothing */
export function requestOf(
  route: Route,
  request: Request,
): Params<unknown, unknown, unknown> & { readonly key: string } {
  const { params, query, body, keyed } = route;
  const named = params?.safeParse(request.params);
  if (named?.success === false) throw new MonitorError('unknown', 'there is nothing here');
  const wanted = query?.safeParse(oneOfEach(request.query));
  const sent = body?.safeParse(request.body ?? {});
  const key = request.headers['idempotency-key'];
  const keyFault =
    keyed && (typeof key !== 'string' || !KEY.test(key))
      ? [{ path: 'headers.idempotency-key', accepts: '8 to 64 of A–Z, a–z, 0–9, _ and -' }]
      : [];
  const faults = [
    ...keyFault,
    ...(wanted?.success === false ? fieldsOf('query', wanted.error) : []),
    ...(sent?.success === false ? fieldsOf('body', sent.error) : []),
  ];
  if (faults.length > 0) throw new WrongRequest(faults);
  return {
    params: named?.data ?? none,
    query: wanted?.data ?? none,
    body: sent?.data ?? none,
    key: keyed && typeof key === 'string' ? key : '',
  };
}
