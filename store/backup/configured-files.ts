/** The files that doudi.yaml names: divisions, credentials, keys, certificates. A backup is useless without them. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import type { Home } from '../../core/home.ts';
import { readYaml } from '../../core/yaml.ts';

/** Where a restore puts files from outside the home: it writes nowhere but into the home. */
export const OUTSIDE = 'outside';

/** Keys whose value is the path of a file; every other path is a folder (test/unit/configured-files.test.ts). */
export const namesFile = (key: string): boolean => key === 'divisions' || key.endsWith('_file');

interface Named {
  /** e.g. `sources[0].token_file` */
  readonly key: string;
  /** As written in doudi.yaml. */
  readonly text: string;
}

function named(value: unknown, at = ''): Named[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
    return namesFile(key) && typeof inner === 'string'
      ? [{ key: place, text: inner }]
      : named(inner, place);
  });
}

function wrongWith(path: string): string | null {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
      return existsSync(path) ? 'is not a file' : 'is not there';
    accessSync(path, constants.R_OK);
    return null;
  } catch {
    return 'may not be read';
  }
}

export interface ConfiguredFile {
  /** Path in the home once restored. */
  readonly path: string;
  /** Where it is now. */
  readonly from: string;
}

/**
 * Every file that doudi.yaml names, each once.
 * @throws MonitorError `backup-source` naming key and path of each that is missing or unreadable, never its content
 */
export function configuredFiles(home: Home): ConfiguredFile[] {
  const config = join(home.root, 'doudi.yaml');
  if (!existsSync(config)) return [];
  const faults: string[] = [];
  const files = named(readYaml(config, config, 'config')).map(({ key, text }) => {
    const from = resolve(home.root, text);
    const wrong = wrongWith(from);
    if (wrong !== null) faults.push(`${key}: ${text} ${wrong}`);
    const path = relative(home.root, from);
    const isOutside = path === '..' || path.startsWith('../');
    return { path: isOutside ? join(OUTSIDE, relative('/', from)) : path, from };
  });
  if (faults.length > 0)
    throw new MonitorError(
      'backup-source',
      `doudi.yaml names files that cannot be backed up: ${faults.join('; ')}`,
      { fix: 'provide the files, or remove the keys from doudi.yaml; nothing was backed up' },
    );
  return files;
}
