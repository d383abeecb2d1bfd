/** Finds the contract's columns in a file's header, by name or Chinese alias. */
import { Refused } from '../../core/refused.ts';
import { factsOf } from './columns.ts';
import type { Contract } from './contract.ts';

export interface Layout {
  /** Contract column → position in the file. */
  readonly positions: ReadonlyMap<string, number>;
  readonly ignored: readonly string[];
}

/** @throws Refused `header-missing`, `header-duplicate` */
export function layOut(contract: Contract, header: readonly string[]): Layout {
  const names = new Map<string, string>();
  for (const [name, column] of Object.entries(contract.row.shape)) {
    for (const alias of [name, ...factsOf(column).aliases]) names.set(alias, name);
  }
  const positions = new Map<string, number>();
  const ignored: string[] = [];
  header.forEach((title, index) => {
    const name = names.get(title) ?? names.get(title.toLowerCase());
    if (name === undefined) {
      if (title !== '') ignored.push(title.slice(0, 40));
      return;
    }
    if (positions.has(name)) {
      throw new Refused('header-duplicate', `two columns are '${name}'`, {
        line: 1,
        column: name,
        accepts: 'each column once',
      });
    }
    positions.set(name, index);
  });
  const missing = Object.entries(contract.row.shape)
    .filter(([name, column]) => factsOf(column).required && !positions.has(name))
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new Refused('header-missing', `required columns are missing: ${missing.join(', ')}`, {
      line: 1,
      column: missing[0] ?? '',
      accepts: missing
        .map((name) => [name, ...factsOf(contract.row.shape[name] as never).aliases].join(' / '))
        .join('; '),
    });
  }
  return { positions, ignored };
}
