/**
 * /grafana: the contract of Grafana's JSON data source (simPod), with the two routes of its predecessor.
 * docs/grafana.md describes what the client does with each answer; it requires types on all columns, `refId`, and
 * errors as JSON with a message.
 */
import express, { Router, type ErrorRequestHandler, type Request } from 'express';
import { z } from 'zod';
import { describeError, MonitorError, usageError } from '../../core/errors.ts';
import { NAMES } from '../shared/parameters.ts';
import type { NamedQuery, QueryParameter } from '../shared/metric.ts';
import type { QueryResult, QueryRegistry } from '../shared/registry.ts';
import type { Scope } from '../shared/scope.ts';
import { filtered, filterSchema } from './filters.ts';
import { frameOf } from './frame.ts';
import type { ScopeOf } from './rows.ts';

/** Maximum number of panels per request. */
const TARGETS = 100;

const range = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
/** The client sends `{}` or nothing for a query without payload, and text if somebody typed some. */
const payload = z.record(z.string(), z.unknown()).nullish();

const queryBody = z.object({
  range,
  targets: z
    .array(z.object({ refId: z.string(), target: z.string(), payload }))
    .min(1)
    .max(TARGETS),
  filters: z.array(filterSchema).nullish(),
});
const variableBody = z.object({
  payload: z.looseObject({ target: z.string() }),
  range: range.nullish(),
});
const optionsBody = z.object({ metric: z.string(), name: z.string(), payload });
const annotationsBody = z.object({ range, annotation: z.looseObject({ query: z.string() }) });
const searchBody = z.object({ target: z.string().optional() });
const tagValuesBody = z.object({ key: z.string() });

/** @throws MonitorError `usage` naming the first invalid key, never its value */
function bodyOf<T>(schema: z.ZodType<T>, request: Request): T {
  const result = schema.safeParse(request.body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw usageError(
    `the request's body is wrong at '${(issue?.path ?? []).join('.')}'`,
    'a JSON body as docs/grafana.md describes it',
  );
}

/** Which list of choices fills a parameter. */
const CHOICES: Readonly<Partial<Record<QueryParameter, readonly [metric: string, given: object]>>> =
  {
    region: ['options_counties', { region: 'all' }],
    rule: ['options_rules', {}],
    source: ['options_sources', {}],
  };

const LABELS: Readonly<Record<QueryParameter, string>> = {
  months: '月份（取自时间范围）',
  region: '区划',
  rule: '规则',
  source: '来源',
};

type Metrics = ReadonlyMap<string, NamedQuery>;

interface Choice {
  readonly __text: string;
  readonly __value: string;
}

const isChoices = ({ columns }: Pick<NamedQuery, 'columns'>): boolean => '__value' in columns;

function choicesOf({ rows }: QueryResult): Choice[] {
  return rows.map((row) => ({ __text: String(row['__text']), __value: String(row['__value']) }));
}

/** The ends of a request's time range, for a query that requires months but sets none itself. */
function withRange(
  metric: NamedQuery | undefined,
  given: Readonly<Record<string, unknown>>,
  at: z.infer<typeof range> | null | undefined,
): Readonly<Record<string, unknown>> {
  if (metric?.parameters.includes('months') !== true || at === null || at === undefined)
    return given;
  const ms = (text: string): string => String(Date.parse(text));
  return { from: ms(at.from), to: ms(at.to), ...given };
}

function metricsAnswer(metrics: Metrics): object[] {
  return [...metrics.values()].map((metric) => ({
    label: `${metric.title} · ${metric.name}`,
    value: metric.name,
    payloads: metric.parameters
      .filter((parameter) => parameter !== 'months')
      .map((parameter) => ({
        name: NAMES[parameter][0],
        label: LABELS[parameter],
        type: 'select',
        placeholder: 'all',
      })),
  }));
}

/** Columns a filter can name: texts of the queries the dashboard calls. */
function tagKeys(metrics: Metrics): object[] {
  const names = new Set<string>();
  for (const { columns } of metrics.values())
    for (const [name, { type }] of Object.entries(columns))
      if (type === 'text' && !name.startsWith('__')) names.add(name);
  return [...names].sort().map((text) => ({ type: 'string', text }));
}

const CHOICES_OF_KEY: Readonly<Record<string, QueryParameter>> = {
  county: 'region',
  rule: 'rule',
  source: 'source',
};

/** Grafana reads `message`, its health check `error.message`. */
const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const type = error instanceof Error && 'type' in error ? String(error.type) : '';
  const known = type.startsWith('entity.')
    ? usageError('the request has no readable JSON body')
    : error;
  if (!(known instanceof MonitorError)) {
    next(known);
    return;
  }
  const { code, message } = describeError(known);
  const send = response.json.bind(response);
  response.json = (body: object) => send({ ...body, error: { code, message } });
  next(known);
};

export function contractFace(registry: QueryRegistry, scopeOf: ScopeOf): Router {
  const router = Router();
  const ask = (
    name: string,
    given: Readonly<Record<string, unknown>>,
    scope: Scope,
    at?: z.infer<typeof range> | null,
  ): Promise<QueryResult> =>
    registry.ask(name, withRange(registry.metrics.get(name), given, at), scope);

  const choose = async (parameter: QueryParameter | undefined, scope: Scope): Promise<Choice[]> => {
    const from = parameter === undefined ? undefined : CHOICES[parameter];
    if (from === undefined) throw usageError('there are no choices under this name');
    return choicesOf(await registry.ask(from[0], { ...from[1] }, scope));
  };

  router.use(express.json({ limit: '1mb' }));
  router.get('/', (request, response) => {
    scopeOf(request, response);
    response.json({ status: 'ok' });
  });
  router.post('/metrics', (request, response) => {
    response.json(metricsAnswer(registry.visible(scopeOf(request, response))));
  });
  router.post('/metric-payload-options', async (request, response) => {
    const scope = scopeOf(request, response);
    const { name } = bodyOf(optionsBody, request);
    const parameter = Object.values(CHOICES_OF_KEY).find((one) => NAMES[one].includes(name));
    const choices = await choose(parameter, scope);
    response.json(choices.map(({ __text, __value }) => ({ label: __text, value: __value })));
  });
  router.post('/query', async (request, response) => {
    const scope = scopeOf(request, response);
    const { range: at, targets, filters } = bodyOf(queryBody, request);
    const frames = await Promise.all(
      targets.map(async ({ refId, target, payload: given }) =>
        frameOf(filtered(await ask(target, given ?? {}, scope, at), filters ?? []), refId),
      ),
    );
    response.json(frames);
  });
  router.post('/variable', async (request, response) => {
    const scope = scopeOf(request, response);
    const { payload: asked, range: at } = bodyOf(variableBody, request);
    const { target, ...given } = asked;
    const metric = registry.visible(scope).get(target);
    if (metric !== undefined && !isChoices(metric))
      throw usageError(`${target} has no choices`, 'one of the queries options_…');
    response.json(choicesOf(await ask(target, given, scope, at)));
  });
  router.post('/tag-keys', (request, response) => {
    response.json(tagKeys(registry.visible(scopeOf(request, response))));
  });
  router.post('/tag-values', async (request, response) => {
    const scope = scopeOf(request, response);
    const { key } = bodyOf(tagValuesBody, request);
    const choices = await choose(
      Object.hasOwn(CHOICES_OF_KEY, key) ? CHOICES_OF_KEY[key] : undefined,
      scope,
    );
    const values = choices.filter(({ __value }) => __value !== 'all');
    response.json(values.map(({ __value }) => ({ text: __value })));
  });
  // For old installs (simple JSON): names of queries, or the choices of a query that has them.
  router.post('/search', async (request, response) => {
    const scope = scopeOf(request, response);
    const { target = '' } = bodyOf(searchBody, request);
    const metric = registry.visible(scope).get(target);
    if (metric !== undefined && isChoices(metric)) {
      const given = metric.parameters.includes('region') ? { region: 'all' } : {};
      const choices = choicesOf(await registry.ask(target, given, scope));
      response.json(choices.map(({ __text, __value }) => ({ text: __text, value: __value })));
      return;
    }
    response.json([...registry.visible(scope).keys()].filter((name) => name.includes(target)));
  });
  router.post('/annotations', async (request, response) => {
    const scope = scopeOf(request, response);
    const { range: at, annotation } = bodyOf(annotationsBody, request);
    const { rows } = await ask(annotation.query, {}, scope, at);
    response.json(rows.map((row) => ({ annotation, ...row, tags: [row['tags']] })));
  });
  router.use(failed);
  return router;
}
