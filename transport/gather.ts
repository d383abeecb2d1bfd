/** Any kind of configured source as a folder that ingest can read. */
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
  /** Largest file accepted, in bytes. */
  readonly fileBytes: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Which of the datasets a source delivers. */
export function datasetsOf(source: Source, known: Iterable<string>): ReadonlySet<string> {
  return new Set([...known].filter((name) => source.only === null || source.only.includes(name)));
}

/** Local path of a source's deliveries: a folder source itself, otherwise the spool. */
export function folderOf(source: Source, home: string): string {
  return source.kind === 'folder' ? source.path : join(home, 'spool', source.name);
}

export function openTransport(source: HttpSource | SftpSource, fileBytes: number): Transport {
  return source.kind === 'http'
    ? httpTransport(source, fileBytes)
    : sftpTransport(source, fileBytes);
}

/**
 * Updates a remote source's spool; a folder source is read in place.
 * @param datasets `agency/dataset` wanted, see `datasetsOf`
 * @returns null for a folder
 * @throws MonitorError when the whole source is unusable; earlier deliveries stay in its spool
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
