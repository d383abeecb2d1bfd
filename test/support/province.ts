/** A generated province for tests, made by the product's own command once per run and wish. */
import { join } from 'node:path';
import { doudi } from './doudi.ts';
import { sharedFolder } from './shared-home.ts';

export async function generate(
  home: string,
  options: { persons: number; months: string; seed: number },
): Promise<string> {
  const inbox = join(home, 'inbox');
  const { persons, months, seed } = options;
  const words = ['--persons', String(persons), '--months', months, '--seed', String(seed)];
  await sharedFolder(inbox, ['generate', ...words], (out) =>
    doudi(home, ['generate', '--out', out, ...words]),
  );
  return inbox;
}
