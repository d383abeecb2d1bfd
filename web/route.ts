/**
 * A route of the interface, as data: path, texts, shapes and, first of all, who may ask and which place the answer
 * covers. `mount` turns declarations into Express, `openapi.ts` into the document, the access tests into a matrix;
 * a route without a rule does not compile (promise G28).
 */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ROLES, type Actor, type Role } from '../core/account.ts';
import type { Caller } from './access.ts';
import type { Services } from './services.ts';

/** Callers without an account: the operator (the office of ADR 0021), a county's own system, a reader of figures, anybody at all. */
export type Unauthenticated = 'operator' | 'county' | 'reader' | 'anyone';

/** Everybody with an account. */
export const EVERY_ROLE = Object.keys(ROLES) as readonly Role[];

/** Roles that work on leads: they see those of their own region. */
export const LEAD_ROLES = [
  'village_assistant',
  'township_officer',
  'township_leader',
  'township_head',
  'county_civil_affairs',
  'county_rural_revitalization',
  'county_supervisor',
] as const satisfies readonly Role[];

/** Roles that may see counts: those that work on leads, and analysts. */
export const FIGURE_ROLES = [
  ...LEAD_ROLES,
  'prefecture_analyst',
  'province_analyst',
] as const satisfies readonly Role[];

export interface Params<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/**
 * Which place the answer covers.
 * - `none`: no place and no person (a schema, who I am).
 * - `own`: the caller's region, which is passed to the handler and must be respected.
 * - `at`: a division named by the request or looked up; null: not found. It must lie in the caller's region. With
 *   `narrowed` a wider one is accepted, and the answer is limited to the caller's part of it.
 */
export type Whereabouts<A> =
  | { readonly of: 'none' }
  | { readonly of: 'own' }
  | {
      readonly of: 'at';
      readonly code: (asked: A, services: Services) => string | null | Promise<string | null>;
      readonly narrowed?: boolean;
    };

export interface AccessRule<A> {
  /** Callers without an account that may ask. */
  readonly unauthenticated: readonly Unauthenticated[];
  readonly roles: readonly Role[];
  readonly place: Whereabouts<A>;
  /**
   * Whether the answer contains records of persons: every such reading, allowed or not, is in the audit before the
   * answer is sent. A function names what is read, a lead's id; never a person's.
   */
  readonly person: boolean | ((asked: A) => string);
}

/** What a handler gets: the caller, checked input, and the region the answer may cover. */
export interface RouteRequest<P, Q, B> extends Params<P, Q, B> {
  readonly caller: Caller;
  /** Division code; nothing outside it may be in the answer. The province for callers who may see all of it. */
  readonly region: string;
  /** `Idempotency-Key` of a write; empty for a read. Handling a repeat is up to the handler. */
  readonly key: string;
  readonly services: Services;
  /** For cookies and sign-in only. */
  readonly request: Request;
  readonly response: Response;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Words {
  readonly zh: string;
  readonly en: string;
}

interface Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  /** Below /api, e.g. `/leads/:id`. */
  readonly path: string;
  readonly summary: Words;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Shape of the answer; with `raw` a string. */
  readonly answer: A;
  readonly rule: AccessRule<Params<z.output<P>, z.output<Q>, z.output<B>>>;
  /** Content type of an answer that is already JSON text and is sent as it is. */
  readonly raw?: string;
  /** Seconds a browser may cache the answer; default: not at all. */
  readonly keep?: number;
}

type Input<S extends z.ZodType, None> = z.ZodType extends S ? None : z.output<S>;
type None = Readonly<Record<string, never>>;

/** A declared route. Only `read`, `write` and `visit` create one. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: Words;
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  readonly body: z.ZodType | null;
  readonly answer: z.ZodType;
  readonly rule: AccessRule<Params<unknown, unknown, unknown>>;
  readonly raw: string | null;
  readonly keep: number;
  /** Whether an `Idempotency-Key` is required. */
  readonly keyed: boolean;
  /** Signing in: the only write before there is a session to protect. */
  readonly opensSession: boolean;
  readonly handle: (asked: RouteRequest<unknown, unknown, unknown>) => unknown;
}

function declare(method: Method, keyed: boolean, spec: unknown, handle: unknown): Route {
  // The generics of `read` and `write` have checked spec and handler against each other; from here on both are
  // data.
  const { path, summary, params, query, body, answer, rule, raw, keep } = spec as Spec<
    z.ZodType,
    z.ZodType,
    z.ZodType,
    z.ZodType
  >;
  return {
    method,
    path,
    summary,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    answer,
    rule: rule,
    raw: raw ?? null,
    keep: keep ?? 0,
    keyed,
    opensSession: method === 'POST' && path === '/session',
    handle: handle as Route['handle'],
  };
}

/** A route that only reads. */
export function read<
  A extends z.ZodType,
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
>(
  spec: Omit<Spec<P, Q, z.ZodType, A>, 'body'>,
  handle: (
    asked: RouteRequest<Input<P, None>, Input<Q, None>, None>,
  ) => z.output<A> | Promise<z.output<A>>,
): Route {
  return declare('GET', false, spec, handle);
}

/**
 * A route that writes: by an account only, with an `Idempotency-Key`. The decision is recorded under the handler's
 * `actor`.
 */
export function write<
  A extends z.ZodType,
  B extends z.ZodType,
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
>(
  method: 'POST' | 'PUT' | 'DELETE',
  spec: Omit<Spec<P, Q, B, A>, 'rule' | 'body'> & {
    readonly body: B;
    readonly rule: Omit<
      AccessRule<Params<z.output<P>, z.output<Q>, z.output<B>>>,
      'unauthenticated'
    >;
  },
  handle: (
    asked: RouteRequest<Input<P, None>, Input<Q, None>, z.output<B>> & { readonly actor: Actor },
  ) => z.output<A> | Promise<z.output<A>>,
): Route {
  const rule = { ...spec.rule, unauthenticated: [] };
  const withActor = (asked: RouteRequest<Input<P, None>, Input<Q, None>, z.output<B>>): unknown => {
    // `unauthenticated` is empty: a caller who got this far has an account.
    if (asked.caller.kind !== 'account') throw new Error('a write without an account');
    return handle({ ...asked, actor: asked.caller.actor });
  };
  return declare(method, true, { ...spec, rule }, withActor);
}

/** Signing in, signing out and asking who one is: for anybody, without a key, since nothing is decided. */
export function visit<A extends z.ZodType, B extends z.ZodType = z.ZodType>(
  method: Method,
  spec: Omit<Spec<z.ZodType, z.ZodType, B, A>, 'params' | 'query'>,
  handle: (asked: RouteRequest<None, None, Input<B, None>>) => z.output<A> | Promise<z.output<A>>,
): Route {
  return declare(method, false, spec, handle);
}
