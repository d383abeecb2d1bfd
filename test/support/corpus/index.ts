/** The whole corpus, the same at every run. */
import type { Case } from './case.ts';
import { cells } from './cells.ts';
import { delivery } from './delivery.ts';
import { encoding } from './encoding.ts';
import { identifiers } from './identifiers.ts';
import { packed } from './packed.ts';
import { structure } from './structure.ts';
import { typed } from './typed.ts';
import { workbooks } from './workbooks.ts';

export const corpus = (): Case[] => [
  ...structure(),
  ...encoding(),
  ...cells(),
  ...packed(),
  ...typed(),
  ...workbooks(),
  ...delivery(),
  ...identifiers(),
];
