/** What a department's server has, and how it misbehaves: shared by the web and the SFTP server of the tests. */
import { createHash } from 'node:crypto';

/** One way in which a server fails. `cut` and `replaced` do so once, the others until the depot is mended. */
export type Misdeed =
  | 'slow'
  | 'cut'
  | 'page'
  | 'credentials'
  | 'replaced'
  | 'names'
  | 'link'
  | 'endless'
  | 'wrong-length'
  | 'redirect-other-port'
  | 'redirect-metadata'
  | 'redirect-plain'
  | 'redirect-loop'
  | 'gzip'
  | 'flood'
  | 'read-only';

export interface Kept {
  readonly bytes: Buffer;
  /** Whole seconds, as SFTP counts. */
  readonly mtime: number;
}

/** Names that no source may write to, in every notation that has once got through somewhere. */
export const EVIL_NAMES = [
  '../escaped.csv',
  '../../escaped.csv',
  'education/enrolment/../../../escaped.csv',
  'education/enrolment/../../../../../../tmp/escaped.csv',
  '/tmp/doudi-escaped.csv',
  '..\\escaped.csv',
  'education\\enrolment\\2026-10.csv',
  'education/enrolment/2026-10.csv\0.png',
  'education/enrolment/2026-10\n.csv',
  'education/enrolment/2026-10.csv/',
  '%2e%2e/%2e%2e/escaped.csv',
  'education/enrolment/..%2f2026-10.csv',
  'Education/enrolment/2026-10.csv',
  'education/enrolment/2026-13.csv',
  'education/enrolment/2026-10.exe',
  '.parts/state',
  '.state.json',
  'http://127.0.0.1:1/2026-10.csv',
  'C:/education/2026-10.csv',
] as const;

export class Depot {
  readonly files = new Map<string, Kept>();
  misdeed: Misdeed | null = null;
  /** Where a web server sends those who ask it for data, e.g. `http://127.0.0.1:8080/`. */
  redirect: string | null = null;
  /** Requests for files, e.g. `GET education/enrolment/2026-10.csv bytes=100-`. */
  readonly asked: string[] = [];
  #clock = 1_790_000_000;

  /** Puts a file there; each time is later than the one before. */
  put(path: string, content: string | Buffer): void {
    this.#clock += 100;
    this.files.set(path, { bytes: Buffer.from(content), mtime: this.#clock });
  }

  etag(path: string): string {
    const kept = this.files.get(path);
    const hash = createHash('sha256').update(kept?.bytes ?? '');
    return `"${hash.update(String(kept?.mtime)).digest('hex').slice(0, 16)}"`;
  }

  /** The file's bytes become others of the same length, as when a department hands in again meanwhile. */
  replace(path: string): void {
    const bytes = Buffer.from(this.files.get(path)?.bytes ?? '');
    bytes.reverse();
    this.put(path, bytes);
  }

  /** Takes note of a misdeed that happens once. */
  once(misdeed: Misdeed): boolean {
    if (this.misdeed !== misdeed) return false;
    this.misdeed = null;
    return true;
  }
}
