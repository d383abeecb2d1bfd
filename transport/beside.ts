/**
 * Writes an answer beside its file, in a local folder or on an SFTP server. Each file appears whole or not at all, and
 * replaces the previous answer.
 */
import {
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../core/errors.ts';
import type { SftpSource } from '../core/sources.ts';
import { writeAll } from '../core/write-all.ts';
import { codeOf, fault, isFault } from './fault.ts';
import { openSftp } from './sftp-session.ts';

export interface Enclosure {
  /** e.g. `2026-10.report.txt` */
  readonly name: string;
  /** null: remove an earlier answer of that name. */
  readonly bytes: Buffer | null;
}

/** Destination of an answer: a dataset's folder, local or on a server. */
export interface Beside {
  /** Name of the delivered file, whose readers may read the answer too. */
  readonly file: string;
  /** `agency/dataset` */
  readonly source: string;
  readonly enclosures: readonly Enclosure[];
}

const draftOf = (name: string): string => `.${name}.part`;

/** Links are not followed: they lead outside the department's folder. */
function checkFolders(root: string, source: string): void {
  const [agency = ''] = source.split('/');
  for (const folder of [agency, source]) {
    if (lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() !== true)
      throw fault('source-forbidden', 'the folder of the dataset is gone, or is a link');
  }
}

/** Same readers as the delivered file, and nobody may change the answer. */
function modeOf(path: string): number {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o044) | 0o600;
}

function writeWhole(draft: string, bytes: Buffer, mode: number): void {
  rmSync(draft, { force: true });
  // 'wx': never writes through a planted link.
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(draft, mode);
}

/** @throws MonitorError of fault.ts when the folder is not writable */
export function putInFolder(root: string, { file, source, enclosures }: Beside): void {
  try {
    checkFolders(root, source);
    const folder = join(root, source);
    const mode = modeOf(join(folder, file));
    for (const { name, bytes } of enclosures) {
      const draft = join(folder, draftOf(name));
      if (bytes === null) {
        rmSync(join(folder, name), { force: true });
        continue;
      }
      writeWhole(draft, bytes, mode);
      renameSync(draft, join(folder, name));
    }
  } catch (error) {
    if (error instanceof MonitorError) throw error;
    throw fault('source-forbidden', 'the folder is not writable', codeOf(error));
  }
}

/** @throws MonitorError of fault.ts */
export async function putOnServer(
  server: SftpSource,
  { source, enclosures }: Beside,
  signal: AbortSignal,
): Promise<void> {
  const session = await openSftp(server, signal);
  try {
    const at = (path: string): string => `${server.folder}/${path}`.replace(/^\/\//, '/');
    const [agency = ''] = source.split('/');
    for (const folder of [agency, source]) {
      const found = await session.lstat(at(folder));
      if (found === null || (found.mode & constants.S_IFMT) !== constants.S_IFDIR)
        throw fault('source-forbidden', 'the folder of the dataset is gone, or is a link');
    }
    for (const { name, bytes } of enclosures) {
      const to = at(`${source}/${name}`);
      if (bytes === null) {
        await session.remove(to);
        continue;
      }
      const draft = at(`${source}/${draftOf(name)}`);
      await session.remove(draft);
      await session.write(draft, bytes);
      await session.replace(draft, to);
    }
  } catch (error) {
    if (isFault(error)) throw error;
    throw fault('source-forbidden', 'the server does not permit writing there', codeOf(error));
  } finally {
    session.end();
  }
}
