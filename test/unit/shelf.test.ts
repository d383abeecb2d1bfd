/** Answers that are kept: shared while they are made, dropped with the published file, and not without end. */
import { describe, expect, it } from 'vitest';
import { Shelf } from '../../dashboards/kit/shelf.ts';

const rows = (n: number): { n: number }[] => Array.from({ length: n }, (_, i) => ({ n: i }));

describe('the shelf', () => {
  it('makes an answer once for all who ask at the same time, and anew for another file', async () => {
    const shelf = new Shelf();
    let made = 0;
    const make = async (): Promise<{ n: number }[]> => {
      made += 1;
      await Promise.resolve();
      return rows(made);
    };
    const both = await Promise.all([shelf.take('1', 'a', make), shelf.take('1', 'a', make)]);
    expect([made, both[0] === both[1]]).toEqual([1, true]);
    expect(await shelf.take('1', 'b', make)).toHaveLength(2);
    expect(await shelf.take('2', 'a', make)).toHaveLength(3);
    expect(await shelf.take('2', 'a', make)).toHaveLength(3);
  });

  it('keeps no failure', async () => {
    const shelf = new Shelf();
    await expect(shelf.take('1', 'a', () => Promise.reject(new Error('disk')))).rejects.toThrow(
      'disk',
    );
    expect(await shelf.take('1', 'a', () => Promise.resolve(rows(1)))).toHaveLength(1);
  });

  it('forgets the oldest when there are too many rows', async () => {
    const shelf = new Shelf();
    let made = 0;
    const ask = (key: string): Promise<unknown> =>
      shelf.take('1', key, () => {
        made += 1;
        return Promise.resolve(rows(40_000));
      });
    for (const key of ['a', 'b', 'c']) await ask(key);
    await ask('c');
    expect(made).toBe(3);
    await ask('a');
    expect(made).toBe(4);
  });
});
