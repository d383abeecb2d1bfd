/** Names that a source gives its files: only those of the layout are believed. */
import { isMonth, type Month } from '../core/month.ts';

export interface LayoutName {
  readonly source: string;
  readonly month: Month;
  readonly isManifest: boolean;
}

const LAYOUT =
  /^([a-z][a-z-]{0,39})\/([a-z][a-z-]{0,39})\/([0-9-]{7})\.(csv\.gz|csv|parquet|arrow|xlsx|manifest\.json)$/;

/**
 * A closed pattern rather than a list of what is dangerous: no dot before the extension, no backslash, no character
 * outside a-z, digits and hyphens can be in it, so that `..`, absolute names and control characters have no way in.
 */
export function parseName(path: string): LayoutName | null {
  const [, agency, dataset, month = '', extension] = LAYOUT.exec(path) ?? [];
  if (agency === undefined || dataset === undefined || !isMonth(month)) return null;
  return { source: `${agency}/${dataset}`, month, isManifest: extension === 'manifest.json' };
}

/** A stranger's name as it may be shown: one short line, and no long number, which may be a person's. */
export function showName(path: string): string {
  const line = path
    .slice(0, 400)
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?')
    .replace(/\d{9,}[xX]?/g, '#');
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

const MANIFEST_BYTES = 1 << 20;

/** Bytes above which a file is not taken. A manifest is a few lines. */
export function capOf(path: string, fileBytes: number): number {
  return path.endsWith('.manifest.json') ? Math.min(MANIFEST_BYTES, fileBytes) : fileBytes;
}
