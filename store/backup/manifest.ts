/** The manifest of a backup: every file with its digests, the journal's length and the ledger's state at the cut. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { MonitorError } from '../../core/errors.ts';
import { canonicalJson, sm3 } from '../../core/hash.ts';

export const MANIFEST = 'backup.json';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Relative to the home or the backup; must not lead out of it. */
const below = z
  .string()
  .refine((path) => !isAbsolute(path) && !path.split('/').some((p) => p === '..' || p === ''));

const entrySchema = z.strictObject({
  /** Path in the home. */
  path: below,
  /** Path in the backup. */
  stored: below,
  /** The stored file may be longer if a later backup was killed: the journal only grows. */
  bytes: z.number().int().nonnegative(),
  sha256: digest,
  sm3: digest,
});

const manifestSchema = z.strictObject({
  format: z.literal(1),
  doudi: z.string(),
  made_at: z.string(),
  /** State of the ledger at the cut, as `doudi verify` prints it. */
  state: digest,
  journal: z.strictObject({ records: z.number().int().nonnegative(), head: z.string() }),
  files: z.array(entrySchema),
  /** SM3 of the canonical JSON of everything else. */
  digest,
});

export type BackupEntry = z.infer<typeof entrySchema>;
export type BackupManifest = z.infer<typeof manifestSchema>;

/**
 * @returns null when no backup was ever finished there
 * @throws MonitorError `backup-damaged`
 */
export function readBackup(folder: string): BackupManifest | null {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  const damaged = new MonitorError('backup-damaged', `${path} has been altered`, {
    fix: 'take another copy of the backup',
  });
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw damaged;
  }
  const result = manifestSchema.safeParse(raw);
  if (!result.success) throw damaged;
  const { digest: own, ...rest } = result.data;
  if (sm3(canonicalJson(rest)) !== own) throw damaged;
  return result.data;
}
