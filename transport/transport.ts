/** What every kind of remote source can do: say what it has, and hand a file over. */
import type { Month } from '../core/month.ts';

export interface RemoteFile {
  /** Below the source's root, as the source says it: not to be believed before `parseName`. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly size: number | null;
  /** Changes when the file does (an ETag, a time with a size); null: the source does not say. */
  readonly tag: string | null;
  readonly sha256: string | null;
}

/** What a mirror looks for. */
export interface WantedFiles {
  /** `agency/dataset` of the sources looked for. */
  readonly sources: ReadonlySet<string>;
  /** Nothing later is fetched: the month is not run yet. */
  readonly until: Month;
}

export interface Transport {
  /**
   * What the source has. It may name more than is wanted, never less.
   * @throws MonitorError of fault.ts
   */
  list(wanted: WantedFiles, signal: AbortSignal): Promise<RemoteFile[]>;
  /**
   * Writes a listed file to a local path, going on with what a cut fetch left there while the remote file is still the
   * same one. What was begun and cannot be gone on with is removed.
   * @throws MonitorError of fault.ts; `source-changed` when the file was replaced meanwhile
   */
  fetch(file: RemoteFile, to: string, signal: AbortSignal): Promise<void>;
  /** Ends what is open. The transport can be used again. */
  close(): void;
}
