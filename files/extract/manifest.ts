/** The optional manifest beside an extract: what its producer says it contains. Recommended, and refused when wrong. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refused } from '../../core/refused.ts';

const schema = z.looseObject({
  rows: z.number().int().nonnegative().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  sm3: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  counties: z
    .array(
      z
        .union([z.string(), z.number()])
        .transform(String)
        .pipe(z.string().regex(/^\d{6}$/)),
    )
    .optional(),
  producer: z.string().optional(),
  produced_at: z.string().optional(),
  /** The file with this `sha256` is withdrawn and no longer counts. */
  withdrawn: z.boolean().optional(),
});

export type Manifest = z.infer<typeof schema>;

/** @throws Refused `manifest` when it exists but is not a valid manifest */
export function readManifest(path: string): Manifest | null {
  if (!existsSync(path)) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new Refused('manifest', 'the manifest is not JSON', {
      accepts: '{ "rows", "sha256" or "sm3", "counties", "producer", "produced_at" }',
    });
  }
  const result = schema.safeParse(raw);
  if (!result.success) {
    const wrong = [
      ...new Set(result.error.issues.map((issue) => String(issue.path[0] ?? 'manifest'))),
    ];
    throw new Refused('manifest', `the manifest is wrong at: ${wrong.join(', ')}`, {
      accepts: 'rows: number, sha256/sm3: 64 hex digits, counties: 6-digit codes',
    });
  }
  return result.data;
}

/** @throws Refused `manifest` when the bytes do not match the manifest */
export function checkDigests(
  manifest: Manifest | null,
  digests: { sha256: string; sm3: string | null },
): void {
  for (const name of ['sha256', 'sm3'] as const) {
    const said = manifest?.[name];
    if (said !== undefined && said.toLowerCase() !== digests[name]) {
      throw new Refused('manifest', `the manifest's ${name} does not match the file`, {
        accepts: 'the file as it was produced, whole',
      });
    }
  }
}

/** @throws Refused `manifest` when the number of rows differs from the manifest */
export function checkRows(manifest: Manifest | null, records: number): void {
  if (manifest?.rows !== undefined && manifest.rows !== records) {
    throw new Refused(
      'manifest',
      `the manifest says ${manifest.rows} rows, the file has ${records}`,
      { accepts: 'a whole file and its own manifest' },
    );
  }
}
