/**
 * Exports the lists of a month, each version exactly once: staged, recorded in the journal as one record, then
 * moved into place. Bytes already sent are not sent again; different bytes become the next version; nothing is
 * overwritten.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { failpoint } from '../core/failpoint.ts';
import { fileDigests } from '../core/hash.ts';
import type { Month } from '../core/month.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { compare } from './compare.ts';
import type { List, Relations } from './shared/list.ts';
import { alike, makeList, type ListDraft } from './make.ts';
import { manifestText, type ListDifference } from './manifest.ts';
import { inPlace, MANIFESTS, placeAll, stage } from './place.ts';
import { fileOf, keyOf, listVersions, newestOf, type ListVersion } from './version.ts';

const STEP = 'exportLists';

export interface ListedCounty {
  readonly code: string;
  readonly name: string;
}

export interface ExportRequest {
  readonly month: Month;
  readonly lists: readonly List[];
  readonly relations: Relations;
  readonly counties: readonly ListedCounty[];
  /** Digest of everything the lists are made from. */
  readonly fingerprint: string;
  /** Whether everything a list needs is available for a county at M. */
  readonly possible: (list: List, county: string) => boolean;
  readonly onProgress: (done: number, total: number, text: string) => void;
}

export interface Damage {
  /** Below the home. */
  readonly file: string;
  readonly fault: 'missing' | 'altered';
}

export interface Exported {
  /** New versions. */
  readonly made: readonly Omit<ListVersion, 'seq'>[];
  /** Earlier versions whose files were restored to their place. */
  readonly putBack: number;
  /** Versions of the month whose file is lost, or differs from the one that was sent. */
  readonly damaged: readonly Damage[];
}

interface New {
  readonly list: List;
  readonly version: Omit<ListVersion, 'seq'>;
  readonly difference: ListDifference | null;
}

/** One export at a time: it clears the staging folder when it is done. */
const turn = pLimit(1);

/** Restores every version missing from its place; for server start. */
export function settleLists(
  store: Store,
): Promise<{ readonly moved: number; readonly lost: readonly string[] }> {
  return turn(async () => {
    const { moved, lost } = await placeAll(store);
    return { moved: moved.length, lost: lost.map(({ file }) => file) };
  });
}

async function difference(
  { home, sql }: Store,
  newest: ListVersion | undefined,
  draft: ListDraft,
): Promise<ListDifference | null> {
  if (newest === undefined) return { added: draft.rows, removed: 0, changed: 0 };
  const before = join(home.root, newest.file);
  return existsSync(before) ? compare(sql, before, draft.path) : null;
}

/** Makes all lists, and stages those that are new or whose file has disappeared. */
async function makeAll(
  store: Store,
  request: ExportRequest,
  newest: Map<string, ListVersion>,
): Promise<New[]> {
  const { month, lists, relations, counties, possible, onProgress } = request;
  const made: New[] = [];
  let done = 0;
  for (const group of alike(lists, relations)) {
    const [first] = group;
    if (first === undefined) continue;
    const wanted = counties
      .map(({ code }) => code)
      .filter((code) => group.some((list) => possible(list, code)));
    await makeList(store, first, relations, wanted, async (county, draft) => {
      let keep = false;
      for (const list of group.filter((one) => possible(one, county))) {
        for (const recipient of list.recipients) {
          const key = { month, list: list.id, county, recipient };
          const last = newest.get(keyOf(key));
          if (last?.sha256 === draft.sha256) {
            keep ||= !inPlace(store.home, last);
            continue;
          }
          const version = (last?.version ?? 0) + 1;
          const { rows, sha256, sm3 } = draft;
          made.push({
            list,
            version: { ...key, version, file: fileOf(key, version), rows, sha256, sm3 },
            difference: await difference(store, last, draft),
          });
          keep = true;
        }
      }
      if (keep) stage(store.home, draft.path, draft.sha256);
    });
    done += group.length;
    onProgress(done, lists.length, group.map(({ id }) => id).join(', '));
  }
  return made;
}

/** One record for all new versions, with their manifests. */
async function note(
  store: Store,
  request: ExportRequest,
  made: readonly New[],
  started: number,
): Promise<void> {
  const { month, fingerprint, counties } = request;
  const names = new Map(counties.map(({ code, name }) => [code, name]));
  const versions = made.map(({ version: v }) => {
    const texts = [v.month, v.list, v.county, v.recipient, v.file, v.sha256, v.sm3];
    return `(${texts.map(literal).join(', ')}, ${v.version}::INTEGER, ${v.rows}::BIGINT)`;
  });
  const manifests = made.map(({ list, version, difference: d }) => {
    const countyName = names.get(version.county) ?? '';
    const text = manifestText({ list, version, countyName, difference: d }, store.clock);
    return `(${literal(version.file)}, ${literal(text)})`;
  });
  const files = {
    list_version: await store.decide(
      `SELECT * FROM (VALUES ${versions.join(', ')}) t(month, list, county, recipient, file, sha256, sm3, version, row_count) ORDER BY file`,
    ),
    [MANIFESTS]: await store.decide(
      `SELECT * FROM (VALUES ${manifests.join(', ')}) t(file, manifest) ORDER BY file`,
    ),
  };
  const counts = new Map<string, number>();
  for (const { list } of made) counts.set(list.id, (counts.get(list.id) ?? 0) + 1);
  await store.commit('step.done', {
    month,
    step: STEP,
    fingerprint,
    rows: made.reduce((sum, { version }) => sum + version.rows, 0),
    counts: Object.fromEntries(counts),
    files,
    detail: [],
    seconds: Math.round(performance.now() - started) / 1000,
  });
}

async function damageOf({ home, sql }: Store, month: Month): Promise<Damage[]> {
  const damaged: Damage[] = [];
  for (const { file, sha256 } of await listVersions(sql, month)) {
    const path = join(home.root, file);
    if (!existsSync(path)) damaged.push({ file, fault: 'missing' });
    else if ((await fileDigests(path, ['sha256'])).sha256 !== sha256)
      damaged.push({ file, fault: 'altered' });
  }
  return damaged;
}

/** @throws MonitorError `disk-full`; the next export continues from there */
export function exportLists(store: Store, request: ExportRequest): Promise<Exported> {
  const { month, fingerprint } = request;
  return turn(async () => {
    const started = performance.now();
    const left = await placeAll(store);
    const [last] = await store.sql.rows<{ fingerprint: string }>(
      `SELECT fingerprint FROM step_record WHERE month = ${literal(month)} AND step = ${literal(STEP)} ORDER BY seq DESC LIMIT 1`,
    );
    const whole = left.lost.every((version) => version.month !== month);
    if (last?.fingerprint === fingerprint && whole)
      return { made: [], putBack: left.moved.length, damaged: await damageOf(store, month) };
    const newest = newestOf(await listVersions(store.sql, month));
    const made = await makeAll(store, request, newest);
    failpoint('lists-after-stage');
    if (made.length > 0) await note(store, request, made, started);
    failpoint('lists-after-record');
    const { moved } = await placeAll(store);
    return {
      made: made.map(({ version }) => version),
      putBack: left.moved.length + moved.length - made.length,
      damaged: await damageOf(store, month),
    };
  });
}
