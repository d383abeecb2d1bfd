/** One configured source, whatever its kind, as a folder that ingest can read. */
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { Month } from '../core/month.ts';
import type { HttpSource, SftpSource, Source } from '../core/sources.ts';
import { httpTransport } from './http.ts';
import { mirror, type MirrorReport } from './mirror.ts';
import { sftpTransport } from './sftp.ts';
import type { Transport } from './transport.ts';

export interface GatherOptions {
  /** Folder of the deployment. */
  readonly home: string;
  readonly until: Month;
  /** Bytes above which a file is not taken. */
  readonly fileBytes: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Which of the datasets a source hands in. */
export function datasetsOf(source: Source, known: Iterable<string>): ReadonlySet<string> {
  return new Set([...known].filter((name) => source.only === null || source.only.includes(name)));
}

/** Where a source's deliveries lie on this machine: a folder in place, anything else in its spool. */
export function folderOf(source: Source, home: string): string {
  return source.kind === 'folder' ? source.path : join(home, 'spool', source.name);
}

export function openTransport(source: HttpSource | SftpSource, fileBytes: number): Transport {
  return source.kind === 'http'
    ? httpTransport(source, fileBytes)
    : sftpTransport(source, fileBytes);
}

/**
 * Brings the spool of a remote source up to date; a folder is read in place and needs nothing.
 * @param datasets `agency/dataset` looked for, see `datasetsOf`
 * @returns null for a folder
 * @throws MonitorError when the source as a whole cannot be used; what it gave before is still in its spool
 */
export async function gather(
  source: Source,
  datasets: ReadonlySet<string>,
  { home, fileBytes, ...options }: GatherOptions,
): Promise<MirrorReport | null> {
  if (source.kind === 'folder') return null;
  return mirror(openTransport(source, fileBytes), {
    ...options,
    sources: datasets,
    spool: folderOf(source, home),
  });
}
