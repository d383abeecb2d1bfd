/** What every kind of remote source can do: list its files and fetch one. */
import type { Month } from '../core/month.ts';

export interface RemoteFile {
  /** Relative to the source's root, as given by the source: untrusted until `parseName`. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly size: number | null;
  /** Changes when the file does (an ETag, a time with a size); null: unknown. */
  readonly tag: string | null;
  readonly sha256: string | null;
}

/** What a mirror wants. */
export interface WantedFiles {
  /** `agency/dataset` of the wanted sources. */
  readonly sources: ReadonlySet<string>;
  /** Nothing later is fetched: those months are not run yet. */
  readonly until: Month;
}

export interface Transport {
  /**
   * Lists the source's files. May list more than wanted, never less.
   * @throws MonitorError of fault.ts
   */
  list(wanted: WantedFiles, signal: AbortSignal): Promise<RemoteFile[]>;
  /**
   * Writes a listed file to a local path, resuming an interrupted fetch if the remote file is unchanged. A partial file
   * that cannot be resumed is removed.
   * @throws MonitorError of fault.ts; `source-changed` when the file was replaced during the fetch
   */
  fetch(file: RemoteFile, to: string, signal: AbortSignal): Promise<void>;
  /** Closes open connections. The transport can be used again. */
  close(): void;
}
