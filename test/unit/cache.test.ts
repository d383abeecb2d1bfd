/** Answers that are kept: shared while they are made, not when the file changed meanwhile, and not without end. */
import { describe, expect, it } from 'vitest';
import { AnswerCache } from '../../dashboards/shared/cache.ts';

const rows = (n: number): { n: number }[] => Array.from({ length: n }, (_, i) => ({ n: i }));

const always = (): boolean => true;

describe('the cache', () => {
  it('makes an answer once for all who ask at the same time, and another for another key', async () => {
    const cache = new AnswerCache();
    let made = 0;
    const make = async (): Promise<{ n: number }[]> => {
      made += 1;
      await Promise.resolve();
      return rows(made);
    };
    const both = await Promise.all([cache.take('a', make, always), cache.take('a', make, always)]);
    expect([made, both[0] === both[1]]).toEqual([1, true]);
    expect(await cache.take('b', make, always)).toHaveLength(2);
    expect(await cache.take('b', make, always)).toHaveLength(2);
  });

  it('keeps no failure, and no answer of a file that was replaced in the meantime', async () => {
    const cache = new AnswerCache();
    const broken = (): Promise<never> => Promise.reject(new Error('disk'));
    await expect(cache.take('a', broken, always)).rejects.toThrow('disk');
    const gone = await cache.take(
      'a',
      () => Promise.resolve(rows(1)),
      () => false,
    );
    expect(gone).toHaveLength(1);
    expect(await cache.take('a', () => Promise.resolve(rows(2)), always)).toHaveLength(2);
  });

  it('forgets what was asked for longest ago when there are too many rows', async () => {
    const cache = new AnswerCache();
    const made: string[] = [];
    const ask = (key: string): Promise<unknown> =>
      cache.take(
        key,
        () => {
          made.push(key);
          return Promise.resolve(rows(150_000));
        },
        always,
      );
    for (const key of ['a', 'b', 'a', 'c']) await ask(key);
    expect(made).toEqual(['a', 'b', 'c']);
    await ask('a');
    expect(made).toHaveLength(3);
    await ask('b');
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('forgets nothing for one answer that is larger than everything it may keep', async () => {
    const cache = new AnswerCache();
    let made = 0;
    const ask = (key: string, length: number): Promise<unknown> =>
      cache.take(
        key,
        () => {
          made += 1;
          return Promise.resolve(rows(length));
        },
        always,
      );
    await ask('small', 10);
    await ask('huge', 400_000);
    await ask('huge', 400_000);
    await ask('small', 10);
    expect(made).toBe(3);
  });

  it('keeps an answer without rows', async () => {
    const cache = new AnswerCache();
    let made = 0;
    const make = (): Promise<{ n: number }[]> => {
      made += 1;
      return Promise.resolve([]);
    };
    for (let n = 0; n < 3; n += 1) await cache.take('none', make, always);
    expect(made).toBe(1);
  });
});
