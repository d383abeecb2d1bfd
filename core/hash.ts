/** Digests. SM3 (GB/T 32905) chains the journal; SHA-256 names files because it is faster here. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import canonicalize from 'canonicalize';

export function sm3(text: string): string {
  return createHash('sm3').update(text, 'utf8').digest('hex');
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Digests of a file, read once, in chunks. */
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
 * Canonical JSON (RFC 8785): equal values give equal text. The chains of journal and audit and the digests of steps,
 * rules and backups are computed over it. Values the RFC does not cover keep the form that existing chains already
 * hold.
 */
export function canonicalJson(value: unknown): string {
  try {
    return canonicalize(value) ?? 'null';
  } catch {
    return beyondCanonical(value);
  }
}

/**
 * Lone surrogates, which a browser's JSON can carry into a remark and so into the journal, and NaN or infinity.
 * RFC 8785 refuses both; a chain that holds one must still verify. Everything else is left to the library.
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
