// Copies what the program reads at run time (SQL, rules, divisions) next to the compiled code.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of [
  'bench',
  'dashboards',
  'core',
  'store',
  'queue',
  'files',
  'pseudonym',
  'transport',
  'connectors',
  'warnings',
  'cases',
  'exchange',
  'published',
  'synthetic',
  'pipelines',
]) {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (entry.endsWith('.sql')) cpSync(join(folder, entry), join('dist', folder, entry));
  }
}
cpSync('core/divisions', 'dist/core/divisions', { recursive: true });
cpSync('queue/lead-job.schema.json', 'dist/queue/lead-job.schema.json');
cpSync('web/maps', 'dist/web/maps', { recursive: true });
cpSync('rules', 'dist/rules', { recursive: true });
