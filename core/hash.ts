/** Digests. SM3 (GB/T 32905) chains the journal; SHA-256 names files, being the faster one here. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import canonicalize from 'canonicalize';

export function sm3(text: string): string {
  return createHash('sm3').update(text, 'utf8').digest('hex');
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Digests of a file, read once in pieces. */
export async function fileDigests<A extends 'sha256' | 'sm3'>(
  path: string,
  algorithms: readonly A[],
): Promise<Record<A, string>> {
  const hashes = algorithms.map((name) => [name, createHash(name)] as const);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    for (const [, hash] of hashes) hash.update(piece as Buffer);
  }
  return Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')])) as Record<
    A,
    string
  >;
}

/**
 * JSON in one form for equal values, whatever order they were built in (RFC 8785): what the chains of journal and audit
 * and the digests of steps, rules and backups are made of. What the RFC has no form for keeps the one that chains
 * already hold.
 */
export function canonicalJson(value: unknown): string {
  try {
    return canonicalize(value) ?? 'null';
  } catch {
    return beyondCanonical(value);
  }
}

/**
 * Text with half of a surrogate pair, which JSON sent by a browser can carry into a remark and so into the journal, and
 * numbers that are none. RFC 8785 refuses both; a chain that holds one must still verify. Everything else comes out as
 * the library writes it.
 */
function beyondCanonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item) => beyondCanonical(item ?? null)).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${beyondCanonical(item)}`);
  return `{${entries.join(',')}}`;
}
