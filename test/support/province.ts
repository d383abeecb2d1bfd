/** A generated province for tests, made once per call by the product's own command. */
import { join } from 'node:path';
import { doudi } from './doudi.ts';

export async function generate(
  home: string,
  options: { persons: number; months: string; seed: number },
): Promise<string> {
  const inbox = join(home, 'inbox');
  await doudi(home, [
    'generate',
    '--out',
    inbox,
    '--persons',
    String(options.persons),
    '--months',
    options.months,
    '--seed',
    String(options.seed),
  ]);
  return inbox;
}
