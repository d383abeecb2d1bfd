/** What the port answers while the home is being opened. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startingAnswers } from '../../web/starting.ts';

const starting = startingAnswers();
const server = createServer(starting.listener);
let address: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

describe('a server whose home is being opened', () => {
  it('is live, is not ready, and is asked again in two seconds', async () => {
    expect(await (await fetch(`${address}/live`)).json()).toEqual({ live: true });
    const ready = await fetch(`${address}/ready`);
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '2']);
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  it('says what is being opened, to programs and to people', async () => {
    starting.at('figures');
    const answer = await fetch(`${address}/api/cases?order=due`, { method: 'POST' });
    expect(await answer.json()).toEqual({
      code: 'starting',
      message: 'the first figures are being published',
      zh: '正在生成首批图表数据',
    });
    const page = await fetch(address, { headers: { accept: 'text/html,*/*' } });
    expect(page.status).toBe(503);
    const text = await page.text();
    expect(text).toContain('系统正在启动：正在生成首批图表数据');
    expect(text).toContain('http-equiv="refresh" content="2"');
  });
});
