/** One source, one key and one folder for what comes out; and what OpenSSL's own command makes of a number. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../pseudonym/pseudonymise.ts';
import { doudi, parseCsv, withFolder } from './doudi.ts';

export const HEX = '6b6579206f66207468652074657374732c206e6f74206f6620612070726f7669';

export function numberOf(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return first17 + '10X98765432'.charAt(sum % 11);
}

/** Made-up numbers, the n-th always the same. */
export const number = (n: number): string =>
  numberOf(`520102${1940 + (n % 80)}0${1 + (n % 9)}1${n % 10}${String(n % 1000).padStart(3, '0')}`);

const openssl = (words: readonly string[], input: string): string =>
  execFileSync('openssl', words, { input, encoding: 'utf8' }).trim();

/** First 128 bits of HMAC-SM3 as OpenSSL's own command makes it. */
export const byOpenssl = (hex: string, text: string): string =>
  openssl(['dgst', '-sm3', '-mac', 'HMAC', '-macopt', `hexkey:${hex}`], text)
    .replace(/^.*= ?/, '')
    .slice(0, 32);

export interface Case {
  readonly folder: string;
  readonly key: string;
  /** Writes a source and pseudonymises it. */
  readonly run: (
    content: string | Buffer,
    ...words: string[]
  ) => Promise<Result & { key_check: string }>;
  /** The result as rows. */
  readonly rows: () => Record<string, string>[];
  /** Everything in the result's folder. */
  readonly left: () => string[];
}

/** @param name of the source */
export function withCase<T>(work: (one: Case) => Promise<T>, name = 'm.csv'): Promise<T> {
  return withFolder((folder) => {
    const [key, source, out] = ['province.key', name, 'out'].map((name) => join(folder, name));
    if (key === undefined || source === undefined || out === undefined) throw new Error('paths');
    writeFileSync(key, `${HEX}\n`, { mode: 0o400 });
    return work({
      folder,
      key,
      run: async (content, ...words) => {
        writeFileSync(source, content);
        const all = ['pseudonymise', source, '--key-file', key, '--out', out, '--json', ...words];
        return JSON.parse(await doudi(folder, all)) as Result & { key_check: string };
      },
      rows: () => parseCsv(readFileSync(join(out, 'm.csv'), 'utf8')),
      left: () => (existsSync(out) ? readdirSync(out).sort() : []),
    });
  });
}

export const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;
