import { resolve } from 'node:path';
import { path, type Command } from '../command.ts';
import { required } from '../options.ts';

export default {
  // Restores into an empty folder, which nobody serves.
  local: true,
  name: 'restore',
  summary: 'restores a home from a backup into an empty folder, and proves that it is identical',
  options: [required('--from <DIR>', 'the backup', '/backup/doudi')],
  async run(invocation) {
    const [{ restore }, { OUTSIDE }] = await Promise.all([
      import('../../store/backup/restore.ts'),
      import('../../store/backup/configured-files.ts'),
    ]);
    const { manifest, verification } = await restore({
      folder: path(invocation, 'from') ?? '',
      home: resolve(invocation.cwd, invocation.home),
      clock: invocation.clock,
      onProgress: (done, total) => {
        if (done % 50 === 0 || done === total)
          invocation.tell(`  ${done}/${total} files checked\n`);
      },
    });
    const { made_at, journal, files } = manifest;
    const { state } = verification;
    const outside = files.map(({ path }) => path).filter((path) => path.startsWith(`${OUTSIDE}/`));
    await invocation.out(
      invocation.json
        ? `${JSON.stringify({ home: invocation.home, made_at, state, journal, files: files.length, outside }, null, 2)}\n`
        : `restored as of ${made_at}: ${journal.records} journal records, ${files.length} files, state ${state}\n${outside.map((path) => `${path} was at ${path.slice(OUTSIDE.length)}, where doudi.yaml looks for it: put it there\n`).join('')}`,
    );
  },
} satisfies Command;
