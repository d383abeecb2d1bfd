import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MonitorError, usageError } from '../../core/errors.ts';
import { path, type Command } from '../command.ts';
import { withHome } from '../open.ts';
import { required } from '../options.ts';

/** The program's own version, from the nearest package.json, in a checkout and once built. */
function version(from = new URL('./', import.meta.url)): string {
  const file = new URL('package.json', from);
  if (existsSync(file))
    return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version ?? '';
  const above = new URL('../', from);
  return above.href === from.href ? '' : version(above);
}

/** @throws MonitorError `usage`: a backup inside the home would be lost with it */
function checkOutside(home: string, folder: string): void {
  const way = relative(realpathSync(home), realpathSync(folder));
  if (way === '' || !(way === '..' || way.startsWith('../')))
    throw usageError('--out is inside the home', 'name a folder outside it, on another disk');
}

export default {
  name: 'backup',
  summary:
    'a consistent copy of the home, also while it is served; a second one copies what is new',
  options: [required('--out <DIR>', 'a folder outside the home', '/backup/doudi')],
  async run(invocation) {
    const { backup } = await import('../../store/backup/backup.ts');
    const folder = path(invocation, 'out') ?? '';
    const home = invocation.held?.store.home.root ?? invocation.home;
    if (!existsSync(home))
      throw new MonitorError('home', `there is no home at ${home}`, { fix: 'check --home' });
    // Only an existing folder can be told apart from the home, whatever links lead to it.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    checkOutside(home, folder);
    const report = await withHome(
      invocation,
      ({ store }) =>
        backup(store, {
          folder,
          version: version(),
          onProgress: (done, total) => {
            if (done % 50 === 0 || done === total) invocation.tell(`  ${done}/${total} files\n`);
          },
        }),
      { long: true },
    );
    const { manifest, copied, kept, copied_bytes, left_out } = report;
    const { made_at, state, journal, files } = manifest;
    if (invocation.json)
      return invocation.out(
        `${JSON.stringify({ manifest: join(folder, 'backup.json'), made_at, state, journal, files: files.length, copied, kept, copied_bytes, left_out }, null, 2)}\n`,
      );
    const lines = [
      `${journal.records} journal records, ${files.length} files (${copied} copied, ${kept} kept), state ${state}`,
      `journal head ${journal.head}`,
      ...(left_out.length === 0 ? [] : [`not in the backup: ${left_out.join(', ')}`]),
    ];
    return invocation.out(`${lines.join('\n')}\n`);
  },
} satisfies Command;
