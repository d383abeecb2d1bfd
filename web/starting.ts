/**
 * What the port answers while the home is being opened: it is there at once and says what everybody waits for, so that a
 * gateway, a health check or a clerk need not guess whether the program runs.
 */
import type { RequestListener } from 'node:http';
import type { ProblemAnswer } from './api.ts';

/** What is opened, in order. */
const STEPS = {
  ledger: { en: 'the ledger is being opened', zh: '正在打开台账' },
  queues: { en: 'the county queues are being started', zh: '正在启动县级线索队列' },
  figures: { en: 'the first figures are being published', zh: '正在生成首批图表数据' },
} as const;

export type StartingStep = keyof typeof STEPS;

/** Seconds after which a client should ask again. */
const AGAIN = 2;

function page(zh: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="${AGAIN}"><meta name="viewport" content="width=device-width"><title>兜底</title></head><body><p>系统正在启动：${zh}。请稍候，页面会自动打开。</p></body></html>`;
}

export interface Starting {
  readonly listener: RequestListener;
  /** Says what is being opened from now on. */
  at(step: StartingStep): void;
}

/** Answers of a server that is not ready: 503 with the reason, and /live as ever. */
export function startingAnswers(): Starting {
  let step: StartingStep = 'ledger';
  return {
    at(next) {
      step = next;
    },
    listener(request, response) {
      response.setHeader('Cache-Control', 'no-store');
      if (request.url === '/live') {
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        response.end(JSON.stringify({ live: true }));
        return;
      }
      const { en, zh } = STEPS[step];
      response.statusCode = 503;
      response.setHeader('Retry-After', String(AGAIN));
      if (request.headers.accept?.includes('text/html') === true) {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(page(zh));
        return;
      }
      const problem: ProblemAnswer = { code: 'starting', message: en, zh };
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(problem));
    },
  };
}
