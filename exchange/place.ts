/**
 * Moves every version known to the ledger into place. An export first puts its files into the staging folder, then
 * records them in the journal, then moves them: wherever it is killed, the next export or start completes the rest
 * here. A file in its place is never touched again.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failpoint } from '../core/failpoint.ts';
import { fileDigests } from '../core/hash.ts';
import type { Home } from '../core/home.ts';
import { settle } from '../store/files.ts';
import { decisionFile } from '../store/projection.ts';
import { parquet, type Sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { listVersions, manifestOf, stagingFolder, type ListVersion } from './version.ts';

/** An export's manifests are in a decision file, under this name in its record. */
export const MANIFESTS = 'list_manifest';

/** Puts a finished file into the staging folder. */
export function stage(home: Home, draft: string, sha256: string): void {
  settle(draft, join(stagingFolder(home), sha256));
}

export function inPlace(home: Home, { file }: ListVersion): boolean {
  return existsSync(join(home.root, file)) && existsSync(join(home.root, manifestOf(file)));
}

/** The manifests written by one export, by file. */
async function manifestsOf(sql: Sql, home: Home, seq: number): Promise<Map<string, string>> {
  const [record] = await sql.rows<{ files: string }>(
    `SELECT files FROM step_record WHERE seq = ${seq}`,
  );
  const digest = (JSON.parse(record?.files ?? '{}') as Record<string, string>)[MANIFESTS];
  if (digest === undefined) return new Map();
  const rows = await sql.rows<{ file: string; manifest: string }>(
    `SELECT file, manifest FROM ${parquet(decisionFile(home, digest))}`,
  );
  return new Map(rows.map(({ file, manifest }) => [file, manifest]));
}

/** A copy, because identical lists for several recipients are staged only once. */
async function placeList(home: Home, { file, sha256 }: ListVersion): Promise<boolean> {
  const target = join(home.root, file);
  if (existsSync(target)) return true;
  const staged = join(stagingFolder(home), sha256);
  if (!existsSync(staged) || (await fileDigests(staged, ['sha256'])).sha256 !== sha256)
    return false;
  const draft = join(home.temporary, `placed-${sha256}`);
  copyFileSync(staged, draft);
  settle(draft, target);
  return true;
}

function placeManifest(home: Home, { file, sha256 }: ListVersion, text: string | undefined): void {
  const target = join(home.root, manifestOf(file));
  if (existsSync(target) || text === undefined) return;
  const draft = join(home.temporary, `manifest-${sha256}`);
  writeFileSync(draft, text, { mode: 0o600 });
  settle(draft, target);
}

export interface PlacedList {
  /** Versions for which something was put in place. */
  readonly moved: readonly ListVersion[];
  /** Versions whose file is neither in place nor staged. */
  readonly lost: readonly ListVersion[];
}

/** The caller must be the only one working on this home's lists. */
export async function placeAll(store: Store): Promise<PlacedList> {
  const { home, sql } = store;
  const moved: ListVersion[] = [];
  const lost: ListVersion[] = [];
  const open = (await listVersions(sql)).filter((version) => !inPlace(home, version));
  mkdirSync(home.temporary, { recursive: true, mode: 0o700 });
  let manifests: { readonly seq: number; readonly texts: Map<string, string> } | undefined;
  for (const version of open) {
    if (!(await placeList(home, version))) {
      lost.push(version);
      continue;
    }
    if (manifests?.seq !== version.seq)
      manifests = { seq: version.seq, texts: await manifestsOf(sql, home, version.seq) };
    placeManifest(home, version, manifests.texts.get(version.file));
    moved.push(version);
    failpoint('lists-after-move');
  }
  // By now every staged file that was needed is in place; any other was never recorded in the journal.
  const waiting = new Set(lost.map(({ sha256 }) => sha256));
  const staged = existsSync(stagingFolder(home)) ? readdirSync(stagingFolder(home)) : [];
  for (const name of staged.filter((sha256) => !waiting.has(sha256)))
    rmSync(join(stagingFolder(home), name));
  return { moved, lost };
}
