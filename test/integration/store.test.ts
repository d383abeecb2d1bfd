/** Lake, journal and ledger: what a crash, a cut file or a stranger's hand may do to them, and what is noticed. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { openingFault } from '../../store/database.ts';
import { stateHash } from '../../store/dump.ts';
import { openStore } from '../../store/store.ts';
import { csv, deliver, ENROLMENT, person, pupils } from '../support/inbox.ts';
import { CLOCK, doudi, spawnDoudi, withHome } from '../support/doudi.ts';
import { madeOnce } from '../support/made-once.ts';

const MONTH = '2026-10';

/** A home with a month run: one dropout, so one warning and one lead. */
const runOnce = madeOnce(async (home) => {
  const inbox = join(home, 'inbox');
  deliver(
    inbox,
    `education/enrolment/${MONTH}.csv`,
    csv(ENROLMENT, [...pupils(30), `${person(99)},520103,junior,dropout,,,`]),
  );
  await doudi(home, ['run', '--month', MONTH, '--inbox', inbox, '--json']);
});

async function hash(home: string): Promise<string> {
  const store = await openStore(openHome(home), CLOCK);
  try {
    return (await stateHash(store.sql, store.home.temporary)).all;
  } finally {
    await store.close();
  }
}

describe('the ledger', () => {
  it('is made anew from lake and journal with the same state', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      const before = await hash(home);
      const leads = await doudi(home, ['leads', '--month', MONTH]);
      rmSync(join(home, 'doudi.duckdb'));
      expect(await hash(home)).toBe(before);
      expect(await doudi(home, ['leads', '--month', MONTH])).toBe(leads);
      expect(leads.split('\n')).toHaveLength(3);
      await doudi(home, ['rebuild']);
      expect(await hash(home)).toBe(before);
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({
        ok: true,
        faults: [],
      });
    });
  });

  it('that is older than the journal is brought up to it', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      copyFileSync(join(home, 'doudi.duckdb'), join(home, 'old.duckdb'));
      deliver(join(home, 'inbox'), `education/enrolment/${MONTH}.csv`, csv(ENROLMENT, pupils(30)));
      await doudi(home, ['run', '--month', MONTH, '--inbox', join(home, 'inbox'), '--json']);
      const after = await hash(home);
      copyFileSync(join(home, 'old.duckdb'), join(home, 'doudi.duckdb'));
      expect(await hash(home)).toBe(after);
    });
  });

  it('refuses to start when it knows more than the journal', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      const path = join(home, 'journal.jsonl');
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
      await expect(hash(home)).rejects.toMatchObject({ code: 'journal-behind' });
    });
  });

  it('tells a second process that the home is in use', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      const store = await openStore(openHome(home), CLOCK);
      const second = await spawnDoudi(home, ['leads', '--month', MONTH]);
      await store.close();
      expect(second.code).toBe(1);
      expect(second.stderr).toContain('in use by another process');
      expect(second.stderr).toContain('(ledger-busy)');
    });
  });

  it('that cannot be read is said to be so, and rebuilt on demand', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      const before = await hash(home);
      writeFileSync(join(home, 'doudi.duckdb'), 'no database');
      const failed = await spawnDoudi(home, ['leads', '--month', MONTH]);
      expect(failed.stderr).toContain('(ledger-damaged)');
      await doudi(home, ['rebuild']);
      expect(await hash(home)).toBe(before);
      expect(readdirSync(home).filter((name) => name.includes('.aside-'))).toHaveLength(1);
    });
  });
});

describe('a ledger that does not open', () => {
  const lock =
    'IO Error: Could not set lock on file "/home/block/doudi.duckdb": Conflicting lock is held in /usr/bin/node (PID 25986). See also https://duckdb.org/docs/stable/connect/concurrency';
  it.each([
    ['ledger-busy', /another process \(25986\)/, lock],
    [
      'ledger-damaged',
      /doudi\.duckdb cannot be opened/,
      'IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 4096',
    ],
    [
      'ledger-damaged',
      /cannot be opened/,
      'IO Error: The file "/home/lock/doudi.duckdb" exists, but it is not a valid DuckDB database file!',
    ],
    ['machine', /permission denied/, 'IO Error: Cannot open file "/home/x": Permission denied'],
    [
      'disk-full',
      /disk is full/,
      'IO Error: Could not write file "/home/x": No space left on device',
    ],
  ])('is %s by what the engine says', (code, message, text) => {
    const fault = openingFault('/home/doudi.duckdb', text);
    expect(fault).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  // The first byte lies in a header, the second in the middle: damage there shows when a table is read.
  it.each([5_000, 0.5])('for its byte at %d is damaged says so, and is rebuilt', async (where) => {
    await withHome(async (home) => {
      await runOnce(home);
      const before = await hash(home);
      const path = join(home, 'doudi.duckdb');
      const bytes = readFileSync(path);
      const at = where < 1 ? Math.floor(bytes.length * where) : where;
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      writeFileSync(path, bytes);
      const failed = await spawnDoudi(home, ['verify']);
      expect(failed.stderr).toContain('(ledger-damaged)');
      expect(failed.stderr).toContain('doudi rebuild');
      expect(failed.stderr).not.toContain('in use');
      await doudi(home, ['rebuild']);
      expect(await hash(home)).toBe(before);
    });
  });
});

describe('every connection', () => {
  it('goes by the time of Shanghai, whatever the machine’s own is', async () => {
    await withHome(async (home) => {
      const store = await openStore(openHome(home), CLOCK);
      const ask = "SELECT '2026-10-31 16:00:00+00'::TIMESTAMPTZ::DATE::VARCHAR AS day";
      const days = [
        await store.sql.rows(ask),
        await store.task(({ sql }) => sql.rows(ask)),
        await store.alone(({ sql }) => sql.rows(ask)),
      ];
      await store.close();
      expect(days).toEqual(Array(3).fill([{ day: '2026-11-01' }]));
    });
  });
});

describe('the journal', () => {
  const tamper = async (change: (lines: string[]) => string[]): Promise<unknown> =>
    withHome(async (home) => {
      await runOnce(home);
      const path = join(home, 'journal.jsonl');
      writeFileSync(
        path,
        `${change(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n')}\n`,
      );
      return hash(home).then(
        () => null,
        (error: unknown) => error,
      );
    });
  it.each<[string, (lines: string[]) => string[]]>([
    [
      'an edited line',
      (lines) => lines.map((line, i) => (i === 1 ? line.replace(MONTH, '2026-09') : line)),
    ],
    ['a deleted line', (lines) => lines.filter((_, i) => i !== 1)],
    ['swapped lines', ([a = '', b = '', ...rest]) => [b, a, ...rest]],
    ['a doubled line', ([a = '', ...rest]) => [a, a, ...rest]],
    ['a line that is no JSON', (lines) => lines.map((line, i) => (i === 2 ? 'x' : line))],
  ])('shows %s, with its line', async (_name, change) => {
    expect(await tamper(change)).toMatchObject({
      code: 'journal-damaged',
      message: expect.stringMatching(/line \d+/) as string,
    });
  });

  it('drops a last line that a crash cut off, for it was never acknowledged', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      const before = await hash(home);
      appendFileSync(join(home, 'journal.jsonl'), '{"seq":99,"at":"20');
      expect(await hash(home)).toBe(before);
      expect(readFileSync(join(home, 'journal.jsonl'), 'utf8').endsWith('}\n')).toBe(true);
    });
  });
});

describe('verify', () => {
  it('names a lake file and a decision that are not what was registered', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      const lake = join(home, `lake/education/enrolment/month=${MONTH}/v1.parquet`);
      const [decision = ''] = readdirSync(join(home, 'decisions'));
      truncateSync(lake, 100);
      rmSync(join(home, 'decisions', decision));
      const ended = await spawnDoudi(home, ['verify', '--json']);
      expect(ended.code).toBe(1);
      const { faults } = JSON.parse(ended.stdout) as { faults: string[] };
      expect(faults).toEqual([
        expect.stringContaining('v1.parquet is not the file that was registered'),
        expect.stringContaining(`decisions/${decision} is missing`),
      ]);
      expect(existsSync(lake)).toBe(true);
    });
  });

  it('a run refuses to read a lake file that has changed', async () => {
    await withHome(async (home) => {
      await runOnce(home);
      truncateSync(join(home, `lake/education/enrolment/month=${MONTH}/v1.parquet`), 100);
      rmSync(join(home, 'work'), { recursive: true });
      await expect(doudi(home, ['run', '--month', MONTH, '--json'])).rejects.toMatchObject({
        code: 'lake-damaged',
      });
    });
  });
});

describe('wrong usage', () => {
  it.each([
    [['rnu'], /did you mean 'run'/],
    [['run'], /--month is missing/],
    [['run', '--month', '2026-13'], /not a month/],
    [['run', '--mnth', '2026-10'], /unknown option '--mnth'.*\n.*did you mean --month/],
    [['leads', '--month', MONTH, '--county', '110101'], /no county/],
  ])('%j ends with 2 and a hint', async (words, hint) => {
    await withHome(async (home) => {
      const ended = await spawnDoudi(home, words);
      expect(ended.code).toBe(2);
      expect(ended.stderr).toMatch(hint);
      expect(ended.stdout).toBe('');
    });
  });
});
