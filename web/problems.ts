/** Errors as answers: a status, a code, a message and what to do; never the text of an error from elsewhere. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { describeError, MonitorError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { ProblemAnswer } from './api.ts';
import { CaseRefused } from '../cases/refused.ts';
import { WrongRequest } from './ask.ts';

const STATUS: Readonly<Record<string, number>> = {
  usage: 400,
  'lead-unknown': 404,
  unknown: 404,
  'unknown-metric': 404,
  user: 403,
  'sign-in': 401,
  role: 403,
  csrf: 403,
  conflict: 409,
  'case-unknown': 404,
  'case-changed': 409,
  'case-stage': 409,
  'case-gate': 409,
  'case-role': 403,
  'key-reused': 422,
  identifiers: 422,
  'investigator-unknown': 422,
  elsewhere: 409,
  'answered-this-month': 409,
  'sample-late': 409,
  'sample-early': 409,
  'sample-unseeded': 404,
  'not-run': 404,
  'not-published': 503,
  'queue-silent': 503,
  audit: 503,
};

export const notFound: RequestHandler = (_request, response) => {
  const problem: ProblemAnswer = { code: 'unknown', message: 'there is nothing here' };
  response.status(404).json(problem);
};

export function problems(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const problem: ProblemAnswer = {
      ...describeError(error),
      ...(error instanceof WrongRequest ? { fields: error.fields } : {}),
      ...(error instanceof CaseRefused
        ? { zh: error.zh, gate: error.gate, version: error.version }
        : {}),
    };
    const status = STATUS[problem.code] ?? 500;
    if (status === 500) log.warn({ code: problem.code }, 'a request failed');
    if (
      process.env['DOUDI_DEBUG'] === '1' &&
      error instanceof Error &&
      !(error instanceof MonitorError)
    )
      process.stderr.write(`${error.stack ?? ''}\n`);
    response.status(status).json(problem);
  };
}
