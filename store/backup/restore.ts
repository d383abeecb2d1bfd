/**
 * Restores a home from a backup and verifies it. Every digest is checked before anything is written, the ledger is
 * rebuilt from the journal, and its state must equal the one at the cut.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { MonitorError } from '../../core/errors.ts';
import { failpoint } from '../../core/failpoint.ts';
import { fileDigests } from '../../core/hash.ts';
import { openHome, type Home } from '../../core/home.ts';
import { CONFIG, JOURNAL } from './backup.ts';
import { MANIFEST, readBackup, type BackupEntry, type BackupManifest } from './manifest.ts';
import { Copies, headOf } from './copies.ts';
import { openStore } from '../store.ts';
import { verify, type Verification } from '../verify.ts';

/** Marks a home whose restore is unfinished, and names the backup. */
const UNFINISHED = 'restore.unfinished';

/** @throws MonitorError `restore` when a restore into this home was interrupted: an incomplete home must not be used */
export function refuseUnfinished(home: string): void {
  if (existsSync(join(home, UNFINISHED)))
    throw new MonitorError('restore', 'a restore into this home was interrupted', {
      fix: 'run the same `doudi restore` again: it continues',
    });
}

/** Digests of the first bytes of a file; null when it is shorter. */
async function headDigests(
  path: string,
  bytes: number,
): Promise<{ sha256: string; sm3: string } | null> {
  const [sha256, sm3] = [createHash('sha256'), createHash('sm3')];
  let read = 0;
  for await (const piece of headOf(path, bytes)) {
    sha256.update(piece);
    sm3.update(piece);
    read += piece.length;
  }
  return read === bytes ? { sha256: sha256.digest('hex'), sm3: sm3.digest('hex') } : null;
}

async function faultOf(folder: string, entry: BackupEntry): Promise<string | null> {
  const path = join(folder, entry.stored);
  if (!existsSync(path)) return `${entry.stored} (${entry.path}) is missing`;
  const found = await headDigests(path, entry.bytes);
  if (found === null) return `${entry.stored} (${entry.path}) is too short`;
  return found.sha256 === entry.sha256 && found.sm3 === entry.sm3
    ? null
    : `${entry.stored} (${entry.path}) is not what was written`;
}

/** @throws MonitorError `backup-damaged` naming every file, before anything is written */
async function checkBackup(
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<BackupManifest> {
  const manifest = readBackup(folder);
  if (manifest === null)
    throw new MonitorError('backup', `there is no finished backup in ${folder}`, {
      fix: `${MANIFEST} is written last; make the backup again, or name another folder`,
    });
  const faults: string[] = [];
  for (const [at, entry] of manifest.files.entries()) {
    const fault = await faultOf(folder, entry);
    if (fault !== null) faults.push(fault);
    onProgress(at + 1, manifest.files.length);
  }
  if (faults.length > 0)
    throw new MonitorError(
      'backup-damaged',
      `${faults.length} of ${manifest.files.length} files are damaged, nothing was restored: ${faults.join('; ')}`,
      { fix: 'take another copy of the backup' },
    );
  return manifest;
}

/** @throws MonitorError `home` when it holds anything but an earlier attempt at the same restore */
async function checkHome(root: string, { digest, files }: BackupManifest): Promise<void> {
  if (!existsSync(root)) return;
  const marker = join(root, UNFINISHED);
  if (existsSync(marker) && readFileSync(marker, 'utf8').trim() === digest) return;
  const config = files.find(({ path }) => path === CONFIG);
  for (const name of readdirSync(root)) {
    if (name === 'lost+found') continue;
    // In containers it is mounted there from the start.
    if (
      name === CONFIG &&
      (await fileDigests(join(root, name), ['sha256'])).sha256 === config?.sha256
    )
      continue;
    throw new MonitorError('home', `${root} is not empty: it holds ${name}`, {
      fix: 'name an empty or new folder: a restore replaces nothing, not even an unfinished restore of another backup',
    });
  }
}

async function copyBack(
  copies: Copies,
  folder: string,
  home: Home,
  entry: BackupEntry,
): Promise<void> {
  const { path, stored, bytes, sha256 } = entry;
  const to = join(home.root, path);
  if (existsSync(to) && (await fileDigests(to, ['sha256'])).sha256 === sha256) return;
  const copied = await copies.copy(join(folder, stored), to, bytes);
  if (copied.sha256 !== sha256)
    throw new MonitorError('backup-damaged', `${stored} changed while it was read`, {
      fix: 'check the disk that the backup is on',
    });
  failpoint('restore-after-file');
}

export interface Restored {
  readonly manifest: BackupManifest;
  readonly verification: Verification;
}

export interface RestoreRequest {
  readonly folder: string;
  readonly home: string;
  readonly clock: Clock;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * If killed at any point, it can be run again with the same arguments.
 * @throws MonitorError `backup`, `backup-damaged`, `home`, `restore` when the home is not what it was at the cut
 */
export async function restore(request: RestoreRequest): Promise<Restored> {
  const { folder, clock, onProgress } = request;
  const manifest = await checkBackup(folder, onProgress);
  await checkHome(request.home, manifest);
  mkdirSync(request.home, { recursive: true, mode: 0o700 });
  const marker = join(request.home, UNFINISHED);
  writeFileSync(marker, `${manifest.digest}\n`, { mode: 0o600 });
  const home = openHome(request.home);
  const copies = new Copies(join(home.temporary, 'restore'));
  const back = (entry: BackupEntry): Promise<void> => copyBack(copies, folder, home, entry);
  // A journal makes a folder a home: it is written last, once every file it names is there.
  const isJournal = ({ path }: BackupEntry): boolean => path === JOURNAL;
  await copies.all(
    manifest.files.filter((entry) => !isJournal(entry)),
    back,
  );
  await copies.all(manifest.files.filter(isJournal), back);
  await copies.done(home.root);
  failpoint('restore-before-ledger');
  // The ledger of a killed attempt is rebuilt like the rest.
  for (const path of [home.ledger, `${home.ledger}.wal`]) rmSync(path, { force: true });
  const store = await openStore(home, clock);
  try {
    const { seq, hash } = store.records.at(-1) ?? { seq: 0, hash: '' };
    const verification = await verify(store);
    const same =
      seq === manifest.journal.records &&
      hash === manifest.journal.head &&
      verification.state === manifest.state;
    if (!verification.ok || !same)
      throw new MonitorError(
        'restore',
        `the home differs from its state at the cut: ${verification.ok ? `state ${verification.state} at ${seq}, not ${manifest.state} at ${manifest.journal.records}` : verification.faults.join('; ')}`,
        {
          fix: `restore with the version that made the backup (${manifest.doudi}), then report it`,
        },
      );
    rmSync(marker);
    return { manifest, verification };
  } finally {
    await store.close();
  }
}
