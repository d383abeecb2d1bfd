/** What decides without a server: the section of doudi.yaml, names, and the two looks at a file without a manifest. */
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { datasetsOf, folderOf } from '../../transport/gather.ts';
import { parseName, showName } from '../../transport/names.ts';
import { isStable, nextLook, openLookBook, rowsPlausible } from '../../transport/stable.ts';
import { SOURCE_KEYS, sourcesOf, sourcesSchema } from '../../core/sources.ts';
import { withFolder } from '../support/doudi.ts';
import { EVIL_NAMES } from '../support/servers/depot.ts';

const HTTP = { name: 'edu', kind: 'http', base: 'https://data.example.gov.cn/extracts' };
const SFTP = {
  name: 'medical',
  kind: 'sftp',
  host: 'sftp.example.gov.cn',
  user: 'doudi',
  host_key: `SHA256:${'A'.repeat(43)}`,
  password_file: 'secrets/medical',
};
const FOLDER = { name: 'here', kind: 'folder', path: 'inbox' };

const said = (raw: object): string =>
  sourcesSchema
    .safeParse([raw])
    .error?.issues.map(({ message }) => message)
    .join('; ') ?? '';

describe('sources: in doudi.yaml', () => {
  it('reads one of each kind, with files relative to the home', () => {
    const list = sourcesOf(sourcesSchema.parse([HTTP, SFTP, FOLDER]), (file) => `/home/${file}`);
    expect(list).toMatchObject([
      {
        base: 'https://data.example.gov.cn/extracts/',
        only: null,
        deadlines: { connectMs: 10_000, idleMs: 30_000, totalMs: 1_800_000 },
      },
      { port: 22, folder: '.', passwordFile: '/home/secrets/medical' },
      { path: '/home/inbox' },
    ]);
  });

  it.each([
    [{ ...HTTP, tokn_file: 'x' }, /Unrecognized key/],
    [{ ...HTTP, token: 'the secret itself' }, /Unrecognized key/],
    [{ ...HTTP, base: 'http://data.example.gov.cn/' }, /allow_http/],
    [{ ...HTTP, base: 'https://user:secret@data.example.gov.cn/' }, /without user/],
    [{ ...HTTP, base: 'https://data.example.gov.cn/?key=secret' }, /without user/],
    [{ ...HTTP, base: 'file:///etc/passwd' }, /an address/],
    [{ ...HTTP, base: 'not one' }, /an address/],
    [{ ...HTTP, token_file: 'a', basic_file: 'b' }, /not both/],
    [{ ...HTTP, cert_file: 'a' }, /belong together/],
    [{ ...HTTP, allow_private: ['10.0.0.0/99'] }, /a network/],
    [{ ...HTTP, only: ['education'] }, /agency\/dataset/],
    [{ ...SFTP, host_key: undefined }, /.+/],
    [{ ...SFTP, host_key: 'any' }, /fingerprint/],
    [{ ...SFTP, password_file: undefined }, /either password_file or key_file/],
    [{ ...SFTP, key_file: 'key' }, /either password_file or key_file/],
    [{ ...SFTP, passphrase_file: 'x' }, /belongs to a key_file/],
    [{ ...FOLDER, name: '../up' }, /lower-case/],
    [{ ...FOLDER, kind: 'ftp' }, /.+/],
  ])('refuses %j', (raw, words) => {
    expect(said(raw)).toMatch(words);
    expect(said(raw)).not.toContain('secret');
  });

  it('takes plain http on this machine and where it is allowed', () => {
    expect(said({ ...HTTP, base: 'http://127.0.0.1:8080/' })).toBe('');
    expect(said({ ...HTTP, base: 'http://[::1]/' })).toBe('');
    expect(said({ ...HTTP, base: 'http://data.example.gov.cn/', allow_http: true })).toBe('');
  });

  it('wants each source to have a name of its own', () => {
    expect(sourcesSchema.safeParse([FOLDER, { ...HTTP, name: 'here' }]).success).toBe(false);
  });

  it('says of every field what it is', () => {
    for (const kind of sourcesSchema.unwrap().element.options)
      for (const [key, field] of Object.entries<ZodType>(kind.shape)) {
        expect(SOURCE_KEYS).toContain(key);
        expect(field.description, key).toMatch(/\.$/);
      }
  });

  it('knows which datasets a source hands in, and where they lie', () => {
    const [some, , here] = sourcesOf(
      sourcesSchema.parse([{ ...HTTP, only: ['education/enrolment'] }, SFTP, FOLDER]),
      (file) => `/h/${file}`,
    );
    if (some === undefined || here === undefined) throw new Error('no sources');
    const known = ['education/enrolment', 'emergency/affected'];
    expect([...datasetsOf(some, known)]).toEqual(['education/enrolment']);
    expect([...datasetsOf(here, known)]).toEqual(known);
    expect(folderOf(some, '/h')).toBe('/h/spool/edu');
    expect(folderOf(here, '/h')).toBe('/h/inbox');
  });
});

describe('names of a source', () => {
  it('are those of the layout and no others', () => {
    expect(parseName('education/enrolment/2026-10.csv')).toEqual({
      source: 'education/enrolment',
      month: '2026-10',
      isManifest: false,
    });
    expect(parseName('a/b/2026-10.manifest.json')?.isManifest).toBe(true);
    expect(parseName('a/b/2026-10.csv.gz')?.month).toBe('2026-10');
    for (const name of EVIL_NAMES) expect(parseName(name), name).toBeNull();
  });

  it('whatever they are, stay below the spool when they are believed', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'b-c', '2026-10', '.csv', '\0', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const name = pieces.join('');
        return parseName(name) === null || join('/spool', name) === `/spool/${name}`;
      }),
    );
  });

  it('are shown on one line and without long numbers', () => {
    expect(showName('x\n\u001b[31m张三 520102199001011234.csv')).toBe('x??[31m张三 #.csv');
    expect(showName('n'.repeat(500)).length).toBeLessThanOrEqual(101);
  });
});

describe('a file without a manifest', () => {
  const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 5) + seconds * 1000);
  const stand = { size: 10, mtimeMs: 5 };

  it('is stable when two looks a minute apart find it the same', () => {
    const first = nextLook(undefined, stand, at(0));
    expect(isStable(undefined, stand, at(0))).toBe(false);
    expect(isStable(first, stand, at(59))).toBe(false);
    expect(isStable(first, stand, at(60))).toBe(true);
    // Looks in between do not start the minute anew.
    expect(isStable(nextLook(first, stand, at(30)), stand, at(60))).toBe(true);
    for (const other of [
      { size: 11, mtimeMs: 5 },
      { size: 10, mtimeMs: 6 },
    ]) {
      expect(isStable(first, other, at(600))).toBe(false);
      expect(isStable(nextLook(first, other, at(600)), other, at(630))).toBe(false);
    }
  });

  it('waits anew when the clock was set back', () => {
    const first = nextLook(undefined, stand, at(1000));
    expect(isStable(first, stand, at(0))).toBe(false);
    expect(nextLook(first, stand, at(0)).since).toBe(at(0).toISOString());
  });

  it('is plausible within the drift of last month, both ends included', () => {
    expect([79, 80, 100, 120, 121].map((rows) => rowsPlausible(rows, 100, 0.2))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(rowsPlausible(100, null, 0.2)).toBe(false);
    expect(rowsPlausible(0, 0, 0.2)).toBe(true);
  });

  it('is remembered between runs, with the rows it had, until it changes', () =>
    withFolder((folder) => {
      const file = join(folder, 'inbox.csv');
      const look = (seconds: number): { stable: boolean; rows: number | null } =>
        openLookBook(join(folder, 'deep', 'looks.json')).look(file, statSync(file), at(seconds));
      writeFileSync(file, 'half');
      expect(look(0)).toEqual({ stable: false, rows: null });
      expect(look(61).stable).toBe(true);
      openLookBook(join(folder, 'deep', 'looks.json')).noteRows(file, 7);
      expect(look(62)).toEqual({ stable: true, rows: 7 });
      writeFileSync(file, 'whole');
      utimesSync(file, 1, 1);
      expect(look(63)).toEqual({ stable: false, rows: null });
      writeFileSync(join(folder, 'deep', 'looks.json'), 'not JSON');
      expect(look(64)).toEqual({ stable: false, rows: null });
      return Promise.resolve();
    }));
});
