/** What doudi reads from its environment, which hosts are this machine, and that errors are of one class. */
import { describe, expect, it } from 'vitest';
import { readServeSettings, refuseOpenDoor } from '../../core/environment.ts';
import { describeError } from '../../core/errors.ts';
import { isLoopback } from '../../core/loopback.ts';
import { Refused } from '../../core/refused.ts';
import { documentedVariables, productSources } from '../support/product.ts';

describe('this machine itself', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.0.0.2', '127.255.255.254', '::1', '[::1]'])(
    'is %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each([
    ...['', '0.0.0.0', '::', '[::]', '126.0.0.1', '128.0.0.1', '127.0.0.256', '10.0.0.1', '::2'],
    ...['127.0.0.1.example.org', 'localhost.example.org', '127.0.0.1:80', '[::1', 'example.org'],
  ])('is not %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  it('needs no key, on whichever of its addresses the page listens', () => {
    for (const host of ['127.0.0.2', '[::1]', 'localhost']) {
      const settings = readServeSettings({ DOUDI_LISTEN: `${host}:8080` });
      expect(() => {
        refuseOpenDoor(settings, false);
      }, host).not.toThrow();
    }
    const open = readServeSettings({ DOUDI_LISTEN: '0.0.0.0:8080' });
    expect(() => {
      refuseOpenDoor(open, false);
    }).toThrow('accounts, or a key');
  });
});

describe('errors', () => {
  it('are of one class, so that each has one exit code and one text to show', () => {
    const own: string[] = [];
    for (const [path, text] of productSources())
      if (!path.startsWith('web/page/') && /class \w+ extends Error\b/.test(text)) own.push(path);
    expect(own).toEqual(['core/errors.ts']);
  });

  it('a refused file is shown with its code and place, not as an unexpected error', () => {
    const refused = new Refused('encoding', 'line 3 is not UTF-8', { line: 3, accepts: 'UTF-8' });
    expect(describeError(refused)).toEqual({ code: 'encoding', message: 'line 3 is not UTF-8' });
    expect(refused.severity).toBe('reject');
    expect(refused.reason).toMatchObject({ code: 'encoding', line: 3, accepts: 'UTF-8' });
  });
});

describe('the environment', () => {
  it('docs/operations.md explains every variable that the program reads, and no other', () => {
    const read = new Set<string>();
    for (const [path, text] of productSources())
      if (!path.startsWith('bench/'))
        for (const [, name = ''] of text.matchAll(
          /\b(?:env|environment)\[\s*'(DOUDI_\w+|UV_\w+)'\s*\]/g,
        ))
          read.add(name);
    expect([...read].sort()).toEqual(documentedVariables().sort());
  });
});
