/**
 * Mirrors a remote source into its spool, which ingest then reads like an inbox. A file appears there whole, together
 * with its manifest, or not at all; unchanged files are not fetched again.
 */
import { statSync } from 'node:fs';
import type { Clock } from '../core/clock.ts';
import { MonitorError } from '../core/errors.ts';
import { fileDigests } from '../core/hash.ts';
import type { Month } from '../core/month.ts';
import { isReportName } from '../files/extract/report-name.ts';
import { againAfterCut, fault, isFault, isOfWholeSource } from './fault.ts';
import { parseName, showName } from './names.ts';
import { dropPart } from './part.ts';
import { openSpool, type Fetched, type Spool } from './spool.ts';
import type { RemoteFile, Transport, WantedFiles } from './transport.ts';

export interface MirrorOptions {
  /** `agency/dataset` of the wanted sources. */
  readonly sources: ReadonlySet<string>;
  /** Folder of the source in the home. */
  readonly spool: string;
  /** Later months are ignored. */
  readonly until: Month;
  readonly clock: Clock;
  /** Aborts the mirror, e.g. at shutdown. */
  readonly signal?: AbortSignal;
  /** Resumes of a file after a cut before it is left for the next mirror. */
  readonly tries?: number;
}

export interface RefusedFile {
  /** Safe to display. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface MirrorReport {
  readonly fetched: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedFile[];
}

const TRIES = 3;
/** After this many timeouts in one mirror a source is skipped until the next. */
const SILENCES = 2;

const refusal = (path: string, { code, message }: MonitorError): RefusedFile => ({
  path: showName(path),
  code,
  message,
});

/** Files to fetch, and listed names that do not fit the layout. */
function sift(
  listed: readonly RemoteFile[],
  { sources, until }: WantedFiles,
): { files: RemoteFile[]; refused: RefusedFile[] } {
  const files = new Map<string, RemoteFile>();
  const refused: RefusedFile[] = [];
  for (const file of listed) {
    const name = parseName(file.path);
    // Our own answers are not deliveries.
    if (isReportName(file.path)) continue;
    if (file.kind === 'link')
      refused.push(refusal(file.path, fault('source-forbidden', 'this is a link')));
    else if (name === null || file.kind === 'other')
      refused.push(refusal(file.path, fault('source-name', 'this is not a file of the layout')));
    else if (!sources.has(name.source) || name.month > until) continue;
    else files.set(file.path, file);
  }
  return { files: [...files.values()], refused };
}

/** A month's data and its manifest belong together: each describes the other. */
function deliveriesOf(files: readonly RemoteFile[]): RemoteFile[][] {
  const groups = new Map<string, RemoteFile[]>();
  for (const file of files) {
    const name = parseName(file.path);
    const key = `${name?.month ?? ''}/${name?.source ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function isUnchanged(spool: Spool, file: RemoteFile): boolean {
  const known = spool.fetched.get(file.path);
  if (known?.size !== spool.sizeOf(file.path)) return false;
  if (file.size !== null && file.size !== known.size) return false;
  if (file.sha256 !== null && known.sha256 !== null) return file.sha256 === known.sha256;
  return file.tag !== null && file.tag === known.tag;
}

/** Fetches one file into its part, resuming after cuts. @throws MonitorError when it is incomplete */
async function fetchWhole(
  transport: Transport,
  file: RemoteFile,
  part: string,
  { clock, tries = TRIES, signal = new AbortController().signal }: MirrorOptions,
): Promise<Fetched> {
  await againAfterCut(tries, signal, () => transport.fetch(file, part, signal));
  const digest = file.sha256 === null ? null : (await fileDigests(part, ['sha256'])).sha256;
  const { size } = statSync(part);
  if (digest !== file.sha256 || (file.size !== null && file.size !== size)) {
    dropPart(part);
    throw fault('source-changed', 'the file differs from the one the source listed');
  }
  return { size, tag: file.tag, sha256: digest, fetched_at: clock.now().toISOString() };
}

/** @returns the number of files fetched; 0 when the delivery is unchanged */
async function mirrorDelivery(
  transport: Transport,
  spool: Spool,
  group: readonly RemoteFile[],
  options: MirrorOptions,
): Promise<number> {
  const changed = group.filter((file) => !isUnchanged(spool, file));
  if (changed.length === 0) return 0;
  const come = new Map<string, Fetched>();
  for (const file of changed)
    come.set(file.path, await fetchWhole(transport, file, spool.part(file.path), options));
  const [data] = changed.filter(({ path }) => !path.endsWith('.manifest.json'));
  const manifest = data?.path.replace(/(\d{4}-\d{2})\..*$/, '$1.manifest.json') ?? '';
  // The old manifest does not describe new data that came without one.
  if (data !== undefined && spool.fetched.has(manifest) && !group.some((f) => f.path === manifest))
    spool.drop(manifest);
  // Forget the file until it is in place: after a crash in between it is fetched again.
  for (const path of come.keys()) spool.fetched.delete(path);
  spool.save();
  for (const [path, fetched] of come) {
    spool.take(path);
    spool.fetched.set(path, fetched);
  }
  spool.save();
  return come.size;
}

async function mirrorAlone(transport: Transport, options: MirrorOptions): Promise<MirrorReport> {
  const spool = openSpool(options.spool);
  const { tries = TRIES, signal = new AbortController().signal } = options;
  const listed = await againAfterCut(tries, signal, () => transport.list(options, signal));
  const { files, refused } = sift(listed, options);
  const unchanged = files.filter((file) => isUnchanged(spool, file)).length;
  let [fetched, silences] = [0, 0];
  for (const group of deliveriesOf(files)) {
    try {
      fetched += await mirrorDelivery(transport, spool, group, options);
    } catch (error) {
      if (!isFault(error) || isOfWholeSource(error) || signal.aborted) throw error;
      if (error.code === 'source-slow' && (silences += 1) >= SILENCES) throw error;
      refused.push(refusal(group[0]?.path ?? '', error));
    }
  }
  return { fetched, unchanged, refused };
}

/** Serialises mirrors of one spool; a home has one process, so this is sufficient. */
const turns = new Map<string, Promise<unknown>>();

/**
 * @returns counts, and every listed file not accepted with the reason
 * @throws MonitorError when the whole source is unusable (fault.ts), or the machine is at fault; what had arrived by
 * then is in the spool
 */
export async function mirror(transport: Transport, options: MirrorOptions): Promise<MirrorReport> {
  const before = turns.get(options.spool) ?? Promise.resolve();
  const turn = before.then(() => mirrorAlone(transport, options));
  const settled = turn.catch(() => undefined);
  turns.set(options.spool, settled);
  try {
    return await turn;
  } finally {
    if (turns.get(options.spool) === settled) turns.delete(options.spool);
    transport.close();
  }
}
