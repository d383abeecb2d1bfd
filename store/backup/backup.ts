/**
 * A copy of the home whose restore can be verified, made while work continues. It captures one moment: the journal up
 * to a byte, and the ledger's digest at that point. Files named by the journal never change and are copied afterwards.
 * The manifest is written last and replaced atomically, so that a failed backup leaves the previous one usable.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import { failpoint } from '../../core/failpoint.ts';
import { canonicalJson, fileDigests, sm3 } from '../../core/hash.ts';
import type { Home } from '../../core/home.ts';
import { auditFiles, tailOf } from '../audit/chain.ts';
import { MANIFEST, readBackup, type BackupEntry, type BackupManifest } from './manifest.ts';
import { configuredFiles } from './configured-files.ts';
import { Copies, type Digests } from './copies.ts';
import { stateHash } from '../dump.ts';
import { settle } from '../files.ts';
import type { JournalRecord } from '../journal.ts';
import { SECRETS } from '../accounts/secrets.ts';
import { filesNamedBy } from '../named.ts';
import type { Store } from '../store.ts';

export const JOURNAL = 'journal.jsonl';
export const CONFIG = 'doudi.yaml';
const DRAFTS = '.draft';
/** Files that may change, stored by digest, so that the previous manifest still finds its bytes. */
const SETTINGS = 'settings';
/** Answers to the departments: their workbooks hold bad rows and expire, in backups too. */
const REPORTS = 'reports';
const KNOWN = new Set([
  MANIFEST,
  JOURNAL,
  DRAFTS,
  SETTINGS,
  'lake',
  'decisions',
  'exports',
  REPORTS,
  'audit',
  'secrets',
]);
/** Derived from the rest or temporary: never copied (docs/operations.md, the home). */
const DERIVED = /^(doudi\.duckdb.*|doudi\.sock|work|published|queue.*|postgres.*|tmp)$/;

interface Cut {
  readonly records: readonly JournalRecord[];
  readonly bytes: number;
  readonly head: string;
  readonly state: string;
}

/** The captured moment: no decision is made while the journal's length is read and the ledger's snapshot begins. */
async function cut({ home, sql, ...store }: Store): Promise<Cut> {
  try {
    const { records, bytes } = await store.alone(async () => {
      await sql.run('BEGIN');
      await sql.rows('SELECT 1 FROM position LIMIT 1');
      return {
        records: [...store.records],
        bytes: existsSync(home.journal) ? statSync(home.journal).size : 0,
      };
    });
    const { all } = await stateHash(sql, home.temporary);
    return { records, bytes, head: records.at(-1)?.hash ?? '', state: all };
  } finally {
    await sql.run('COMMIT');
  }
}

interface Wanted {
  /** Path in the home once restored. */
  readonly path: string;
  /** Where it is now; defaults to `path` in the home. */
  readonly from?: string;
  readonly stored: string;
  /** Digest that the journal names. */
  readonly sha256?: string;
  readonly length?: number;
}

/** Every file in lake and decisions named by a record up to the cut. */
function named(home: Home, records: readonly JournalRecord[]): Wanted[] {
  return [...filesNamedBy(home, records)].map(([file, sha256]) => {
    const path = relative(home.root, file);
    return { path, stored: path, sha256 };
  });
}

/** Files in a folder, relative to its root. */
function filesIn(root: string, folder: string): string[] {
  const at = join(root, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Lists that went out, and answers to the departments. */
function exported({ root }: Home): Wanted[] {
  return [...filesIn(root, 'exports'), ...filesIn(root, REPORTS)].map((path) => ({
    path,
    stored: path,
  }));
}

/** The audit up to its last whole line: its newest file grows, like the journal. */
function audited(home: Home): Wanted[] {
  const names = auditFiles(home);
  return names.map((name) => {
    const path = `audit/${name}`;
    const grows = name === names.at(-1);
    return { path, stored: path, ...(grows ? { length: tailOf(home, name).whole } : {}) };
  });
}

/** doudi.yaml, every file that it names (divisions, credentials, keys), and the secrets of accounts. */
async function settings(home: Home): Promise<Wanted[]> {
  const wanted = new Map<string, string>();
  for (const path of [CONFIG, SECRETS])
    if (existsSync(join(home.root, path))) wanted.set(path, join(home.root, path));
  for (const { path, from } of configuredFiles(home)) wanted.set(path, from);
  return Promise.all(
    [...wanted].map(async ([path, from]) => {
      const { sha256 } = await fileDigests(from, ['sha256']);
      return { path, from, stored: `${SETTINGS}/${sha256}`, sha256 };
    }),
  );
}

/** Files in the home that no backup includes, reported now rather than discovered on restore. */
function leftOut(home: Home, copied: readonly BackupEntry[]): string[] {
  const paths = new Set(copied.map(({ path }) => path));
  const tops = new Set(copied.map(({ path }) => path.split('/')[0]));
  return [
    ...readdirSync(home.root).filter(
      (name) => !tops.has(name) && !KNOWN.has(name) && !DERIVED.test(name),
    ),
    // Credentials that doudi.yaml does not name, e.g. of a removed source.
    ...filesIn(home.root, 'secrets').filter((path) => !paths.has(path)),
  ];
}

/**
 * @throws MonitorError `backup-folder` when the folder holds something else, or a backup that must not be replaced by
 * this one
 */
function checkFolder(folder: string, home: Home, { records }: Cut): BackupManifest | null {
  const refuse = (message: string, fix: string): MonitorError =>
    new MonitorError('backup-folder', message, { fix });
  const strange = readdirSync(folder).find((name) => !KNOWN.has(name) && name !== 'lost+found');
  if (strange !== undefined)
    throw refuse(`${folder} holds other things, e.g. ${strange}`, 'name an empty folder');
  const before = readBackup(folder);
  if (before === null) return null;
  const { records: count, head } = before.journal;
  // An older home must not replace the backup it should be repaired from.
  if (count > 0 && records[count - 1]?.hash !== head)
    throw refuse(
      `${folder} holds a backup of another home, or of more than ${home.root} has now`,
      'name another folder; if the journal of the home was cut, restore from this one',
    );
  return before;
}

export interface BackupReport {
  readonly manifest: BackupManifest;
  readonly copied: number;
  readonly kept: number;
  readonly copied_bytes: number;
  /** Names in the home that the backup does not include. */
  readonly left_out: readonly string[];
}

class Copier {
  copied = 0;
  kept = 0;
  copiedBytes = 0;
  readonly faults: string[] = [];
  private readonly home: Home;
  private readonly folder: string;
  private readonly before: ReadonlyMap<string, BackupEntry>;
  private readonly copies: Copies;

  constructor(copies: Copies, home: Home, folder: string, before: BackupManifest | null) {
    this.copies = copies;
    this.home = home;
    this.folder = folder;
    this.before = new Map((before?.files ?? []).map((entry) => [entry.stored, entry]));
  }

  /** The digests of a file already in the backup if it is the wanted one; the bytes are read, not trusted. */
  private async there(stored: string, sha256: string): Promise<Digests | null> {
    const path = join(this.folder, stored);
    if (!existsSync(path)) return null;
    const known = this.before.get(stored);
    const bytes = statSync(path).size;
    // SM3 costs four times SHA-256; for equal bytes the SM3 in the previous manifest is reused.
    if (known?.sha256 === sha256) {
      const found = await fileDigests(path, ['sha256']);
      return found.sha256 === sha256 ? { bytes, sha256, sm3: known.sm3 } : null;
    }
    const found = await fileDigests(path, ['sha256', 'sm3']);
    return found.sha256 === sha256 ? { bytes, ...found } : null;
  }

  async take({
    path,
    from = join(this.home.root, path),
    stored,
    sha256,
    length,
  }: Wanted): Promise<BackupEntry | null> {
    if (!existsSync(from)) {
      this.faults.push(`${path} is missing`);
      return null;
    }
    if (length === undefined) {
      const wanted = sha256 ?? (await fileDigests(from, ['sha256'])).sha256;
      const there = await this.there(stored, wanted);
      if (there !== null) {
        this.kept += 1;
        return { path, stored, ...there };
      }
    }
    const digests = await this.copies.copy(from, join(this.folder, stored), length);
    if (sha256 !== undefined && digests.sha256 !== sha256) {
      rmSync(join(this.folder, stored));
      this.faults.push(`${path} is not the file that was registered`);
      return null;
    }
    this.copied += 1;
    this.copiedBytes += digests.bytes;
    failpoint('backup-after-file');
    return { path, stored, ...digests };
  }
}

/** Settings, staged lists and reports of earlier backups that are no longer referenced. */
function clear(folder: string, files: readonly BackupEntry[]): void {
  const wanted = new Set(files.map(({ stored }) => stored));
  for (const part of [SETTINGS, 'exports/.staging']) {
    const names = existsSync(join(folder, part)) ? readdirSync(join(folder, part)) : [];
    for (const name of names)
      if (!wanted.has(`${part}/${name}`)) rmSync(join(folder, part, name), { recursive: true });
  }
  for (const path of filesIn(folder, REPORTS)) if (!wanted.has(path)) rmSync(join(folder, path));
  rmSync(join(folder, DRAFTS), { recursive: true, force: true });
}

export interface BackupRequest {
  /** Folder of the backup, outside the home. */
  readonly folder: string;
  /** Version of the program, for the person restoring. */
  readonly version: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * @param store a separate connection; the caller makes sure that no run or export is active
 * @throws MonitorError `backup-folder`; `backup-source` when a file of the home is missing, or one named in doudi.yaml
 * cannot be read; no manifest is written then
 */
export async function backup(
  store: Store,
  { folder, version, onProgress }: BackupRequest,
): Promise<BackupReport> {
  const { home } = store;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const moment = await cut(store);
  const before = checkFolder(folder, home, moment);
  const copies = new Copies(join(folder, DRAFTS));
  const copier = new Copier(copies, home, folder, before);
  const wanted: Wanted[] = [
    ...(await settings(home)),
    ...named(home, moment.records),
    ...exported(home),
    ...audited(home),
    { path: JOURNAL, stored: JOURNAL, length: moment.bytes },
  ];
  let done = 0;
  const taken = await copies.all(wanted, async (one) => {
    const entry = await copier.take(one);
    onProgress((done += 1), wanted.length);
    return entry;
  });
  const files = taken.filter((entry) => entry !== null);
  if (copier.faults.length > 0)
    throw new MonitorError(
      'backup-source',
      `the home is damaged and was not backed up: ${copier.faults.join('; ')}`,
      { fix: '`doudi verify` says more; restore the named files from the previous backup' },
    );
  const body = {
    format: 1 as const,
    doudi: version,
    made_at: store.clock.now().toISOString(),
    state: moment.state,
    journal: { records: moment.records.length, head: moment.head },
    files,
  };
  const manifest = { ...body, digest: sm3(canonicalJson(body)) };
  await copies.done(folder);
  // The folder of drafts has been removed by now.
  const draft = join(folder, DRAFTS);
  writeFileSync(draft, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  failpoint('backup-before-manifest');
  settle(draft, join(folder, MANIFEST));
  clear(folder, files);
  const { copied, kept, copiedBytes } = copier;
  return { manifest, copied, kept, copied_bytes: copiedBytes, left_out: leftOut(home, files) };
}
