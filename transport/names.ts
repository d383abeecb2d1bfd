/** File names given by a source: only those of the layout are accepted. */
import { isMonth, type Month } from '../core/month.ts';

export interface LayoutName {
  readonly source: string;
  readonly month: Month;
  readonly isManifest: boolean;
}

const LAYOUT =
  /^([a-z][a-z-]{0,39})\/([a-z][a-z-]{0,39})\/([0-9-]{7})\.(csv\.gz|csv|parquet|arrow|xlsx|manifest\.json)$/;

/**
 * An allow-list rather than a list of dangers: no dot before the extension, no backslash, only a-z, digits and hyphens,
 * which excludes `..`, absolute names and control characters.
 */
export function parseName(path: string): LayoutName | null {
  const [, agency, dataset, month = '', extension] = LAYOUT.exec(path) ?? [];
  if (agency === undefined || dataset === undefined || !isMonth(month)) return null;
  return { source: `${agency}/${dataset}`, month, isManifest: extension === 'manifest.json' };
}

/** An unknown name made safe to display: one short line, without long numbers, which may be a person's. */
export function showName(path: string): string {
  const line = path
    .slice(0, 400)
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?')
    .replace(/\d{9,}[xX]?/g, '#');
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

const MANIFEST_BYTES = 1 << 20;

/** Largest file accepted, in bytes. A manifest is a few lines. */
export function capOf(path: string, fileBytes: number): number {
  return path.endsWith('.manifest.json') ? Math.min(MANIFEST_BYTES, fileBytes) : fileBytes;
}
