/**
 * The folder a source is mirrored into, `spool/<name>` of the home: `<agency>/<dataset>/<YYYY-MM>.<ext>` as in an
 * inbox, `.state.json` records what was fetched, `.parts/` holds partial files. Nothing outside it is ever written.
 */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { MonitorError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { settle } from '../store/files.ts';
import { parseName } from './names.ts';

const entry = z.strictObject({
  size: z.number().int().nonnegative(),
  tag: z.string().nullable(),
  sha256: z.string().nullable(),
  fetched_at: z.string(),
});

/** A file as it was when it was fetched. */
export type Fetched = z.infer<typeof entry>;

const stateSchema = z.strictObject({ version: z.literal(1), files: z.record(z.string(), entry) });

export interface Spool {
  readonly root: string;
  /** What was fetched, by path. */
  readonly fetched: Map<string, Fetched>;
  /** Path of a partial file; does not contain the remote name. */
  part(path: string): string;
  /** Size of a fetched file here, in bytes; null: not here. */
  sizeOf(path: string): number | null;
  /** Moves a finished part into place. */
  take(path: string): void;
  /** Removes a stale manifest. */
  drop(path: string): void;
  /** Saves the record of what was fetched. */
  save(): void;
}

function outside(what: string): MonitorError {
  return new MonitorError('spool', `${what} in the spool is a link or not a folder`, {
    fix: 'the spool belongs to doudi alone; remove what does not belong there',
  });
}

/** Creates a folder or uses the existing one, unless it is a link. */
function folder(path: string, what: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (!lstatSync(path).isDirectory()) throw outside(what);
  return path;
}

function readState(path: string): Map<string, Fetched> {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return new Map(Object.entries(state.files));
  } catch {
    // Without its state the mirror fetches everything again, and ingest skips known bytes.
    return new Map();
  }
}

const OLD_MS = 7 * 86_400_000;

/** Removes partial files untouched for a week: their file is gone from the source. */
function sweep(parts: string): void {
  for (const name of readdirSync(parts)) {
    const found = lstatSync(join(parts, name), { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > OLD_MS)
      rmSync(join(parts, name), { force: true, recursive: true });
  }
}

/** @throws MonitorError `spool` when it contains a link */
export function openSpool(path: string): Spool {
  folder(path, 'the folder of the source');
  const root = realpathSync(path);
  const parts = folder(join(root, '.parts'), '.parts');
  sweep(parts);
  const stateFile = join(root, '.state.json');
  const fetched = readState(stateFile);
  const place = (name: string): string => {
    const parsed = parseName(name);
    if (parsed === null) throw outside('a name');
    const [agency = '', dataset = ''] = parsed.source.split('/');
    const at = folder(join(folder(join(root, agency), agency), dataset), parsed.source);
    if (realpathSync(at) !== at) throw outside(parsed.source);
    return join(root, name);
  };
  const part = (name: string): string => join(parts, sha256(name).slice(0, 32));
  return {
    root,
    fetched,
    part,
    sizeOf(name) {
      const found = lstatSync(join(root, name), { throwIfNoEntry: false });
      return found?.isFile() === true ? found.size : null;
    },
    take(name) {
      settle(part(name), place(name));
    },
    drop(name) {
      rmSync(place(name), { force: true });
      fetched.delete(name);
    },
    save() {
      const state = { version: 1, files: Object.fromEntries([...fetched].sort()) };
      const fresh = join(parts, 'state');
      rmSync(fresh, { force: true });
      writeFileSync(fresh, `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600, flag: 'wx' });
      settle(fresh, stateFile);
    },
  };
}
