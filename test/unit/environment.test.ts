/** What doudi reads from its environment, and whom it takes for a program of the same machine. */
import { describe, expect, it } from 'vitest';
import { documentedVariables, productSources } from '../support/product.ts';

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
