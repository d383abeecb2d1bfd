/**
 * GET /rows/<metric>: the answer as flat rows. JSON `{"data":[…]}` for Grafana's Infinity data source and for the
 * page, an Arrow stream or CSV for notebooks. No rows is 200 with an empty list: for any other status Infinity
 * hides the message.
 */
import { Router, type Request, type Response } from 'express';
import { usageError } from '../../core/errors.ts';
import type { Row } from '../shared/protect.ts';
import type { QueryResult, QueryRegistry } from '../shared/registry.ts';
import type { Scope } from '../shared/scope.ts';
import { arrowOf } from './arrow.ts';
import { csvOf } from './csv.ts';

/**
 * The reader, derived from an authenticated request.
 * @throws MonitorError `unknown`, `user`, `usage`
 */
export type ScopeOf = (request: Request, response: Response) => Scope;

const ARROW = 'application/vnd.apache.arrow.stream';
const FORMATS = { json: 'application/json', csv: 'text/csv', arrow: ARROW } as const;

/** Response format: from `format`, for links that cannot set a header, else from the Accept header. */
function formatOf(request: Request): keyof typeof FORMATS {
  const asked = request.query['format'];
  if (asked !== undefined) {
    if (typeof asked === 'string' && asked in FORMATS) return asked as keyof typeof FORMATS;
    throw usageError(`'format' is one of ${Object.keys(FORMATS).join(', ')}`);
  }
  const accepted = request.accepts(Object.values(FORMATS));
  return accepted === ARROW ? 'arrow' : accepted === 'text/csv' ? 'csv' : 'json';
}

/** Cached answers are serialised once. */
const written = new WeakMap<readonly Row[], string>();

function jsonOf({ rows, notice }: QueryResult): string {
  if (notice !== null) return JSON.stringify({ data: rows, notice });
  const known = written.get(rows);
  if (known !== undefined) return known;
  const text = JSON.stringify({ data: rows });
  written.set(rows, text);
  return text;
}

function send(response: Response, format: keyof typeof FORMATS, answer: QueryResult): void {
  const { name } = answer.metric;
  response.setHeader('vary', 'accept, authorization');
  response.setHeader('cache-control', 'private, no-store');
  switch (format) {
    case 'csv':
      response.setHeader('content-disposition', `attachment; filename="${name}.csv"`);
      // With a byte order mark, spreadsheets read the Chinese correctly.
      response.type('text/csv; charset=utf-8').send(`\uFEFF${csvOf(answer)}`);
      return;
    case 'arrow':
      response.type(ARROW).send(Buffer.from(arrowOf(answer)));
      return;
    case 'json':
      response.type('application/json').send(jsonOf(answer));
  }
}

export function rowsFace(registry: QueryRegistry, scopeOf: ScopeOf): Router {
  return Router().get('/:metric', async (request, response) => {
    const scope = scopeOf(request, response);
    const format = formatOf(request);
    const answer = await registry.ask(request.params.metric, request.query, scope, ['format']);
    send(response, format, answer);
  });
}
