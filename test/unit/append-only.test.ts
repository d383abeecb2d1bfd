/**
 * Files that only grow, on a disk that takes half a line, nothing, or cannot be synced: what was acknowledged stands, what
 * was refused leaves no trace, and the same process goes on. The calls of the system are the faults that are made here.
 */
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openHome } from '../../core/home.ts';
import { openAudit, type Audit } from '../../store/audit/audit.ts';
import { checkAudit, readAudit, type AuditFact } from '../../store/audit/chain.ts';
import { Journal, readJournal } from '../../store/journal.ts';
import { linesOf } from '../../store/lines.ts';
import { writeAll } from '../../core/write-all.ts';
import { CLOCK, withFolder } from '../support/doudi.ts';

const faults = vi.hoisted(() => ({
  /** Bytes that the disk still has room for; a call takes what fits, at most `most` of it. */
  room: Infinity,
  most: Infinity,
  syncs: true,
  cuts: true,
}));

const failure = (code: string): Error => Object.assign(new Error(code), { code });

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync: (file: number, bytes: Uint8Array, at = 0) => {
      const length = Math.min(bytes.length - at, faults.room, faults.most);
      if (length === 0 && faults.most > 0)
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      faults.room -= length;
      return length === 0 ? 0 : fs.writeSync(file, bytes, at, length);
    },
    fsyncSync: (file: number) => {
      if (!faults.syncs) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      fs.fsyncSync(file);
    },
    ftruncateSync: (file: number, length: number) => {
      if (!faults.cuts) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      fs.ftruncateSync(file, length);
    },
  };
});

vi.mock('node:fs/promises', async (original) => {
  const promises = await original<typeof import('node:fs/promises')>();
  return {
    ...promises,
    open: async (...words: Parameters<typeof promises.open>) => {
      const handle = await promises.open(...words);
      const write = handle.write.bind(handle);
      const appendFile = handle.appendFile.bind(handle);
      const datasync = handle.datasync.bind(handle);
      const truncate = handle.truncate.bind(handle);
      const take = async (text: string): Promise<number> => {
        const bytes = Buffer.from(text);
        const length = Math.min(bytes.length, faults.room);
        faults.room -= length;
        await appendFile(bytes.subarray(0, length));
        return length;
      };
      return Object.assign(handle, {
        // One call may take less than it was given, and says so only in its answer.
        write: async (text: unknown, ...rest: never[]) => {
          if (typeof text !== 'string') return write(text as never, ...rest);
          const bytesWritten = await take(text);
          if (bytesWritten === 0) throw failure('ENOSPC');
          return { bytesWritten, buffer: text };
        },
        appendFile: async (text: string) => {
          if ((await take(text)) < Buffer.byteLength(text)) throw failure('ENOSPC');
        },
        datasync: async () => {
          if (!faults.syncs) throw failure('EIO');
          await datasync();
        },
        truncate: async (length: number) => {
          if (!faults.cuts) throw failure('EIO');
          await truncate(length);
        },
      });
    },
  };
});

const heal = (): void => {
  Object.assign(faults, { room: Infinity, most: Infinity, syncs: true, cuts: true });
};
afterEach(heal);

const AT = '2026-10-01T00:00:00.000Z';

function add(journal: Journal, month: string): number {
  return journal.append('job.done', { job: '汇总', month, counts: { 人: 1 } } as never, AT).seq;
}

function withJournal(work: (journal: Journal, path: string) => void): Promise<void> {
  return withFolder((folder) => {
    const path = join(folder, 'journal.jsonl');
    const journal = new Journal(path);
    try {
      work(journal, path);
    } finally {
      heal();
      journal.close();
    }
    return Promise.resolve();
  });
}

const months = (path: string): unknown[] =>
  readJournal(path).records.map(({ data }) => ('month' in data ? data.month : null));

describe('all bytes', () => {
  it('are written, however few the system takes at a time', async () => {
    await withJournal((journal, path) => {
      faults.most = 7;
      expect([add(journal, '2026-01'), add(journal, '2026-02')]).toEqual([1, 2]);
      expect(months(path)).toEqual(['2026-01', '2026-02']);
    });
  });

  it('or an error: a file that takes nothing is not asked for ever', () => {
    faults.most = 0;
    expect(() => {
      writeAll(1, Buffer.from('x'));
    }).toThrow(expect.objectContaining({ code: 'ENOSPC' }) as Error);
  });
});

describe('the journal', () => {
  it.each([0, 1, 100])(
    'on a disk with room for %i bytes refuses and goes on later',
    async (room) => {
      await withJournal((journal, path) => {
        add(journal, '2026-01');
        const { size } = statSync(path);
        for (const month of ['2026-02', '2026-03']) {
          faults.room = room;
          expect(() => add(journal, month)).toThrow(
            expect.objectContaining({ code: 'disk-full' }) as Error,
          );
          expect(statSync(path).size).toBe(size);
        }
        expect(journal.head.seq).toBe(1);
        heal();
        expect([add(journal, '2026-04'), add(journal, '2026-05')]).toEqual([2, 3]);
        expect(months(path)).toEqual(['2026-01', '2026-04', '2026-05']);
        expect(journal.records).toHaveLength(3);
      });
    },
  );

  it('that cannot be synced takes the record back', async () => {
    await withJournal((journal, path) => {
      add(journal, '2026-01');
      faults.syncs = false;
      expect(() => add(journal, '2026-02')).toThrow(
        expect.objectContaining({ code: 'machine' }) as Error,
      );
      heal();
      expect(add(journal, '2026-03')).toBe(2);
      expect(months(path)).toEqual(['2026-01', '2026-03']);
    });
  });

  it('that cannot be cut back takes nothing until it can', async () => {
    await withJournal((journal, path) => {
      add(journal, '2026-01');
      Object.assign(faults, { room: 50, cuts: false });
      expect(() => add(journal, '2026-02')).toThrow();
      const torn = readFileSync(path);
      faults.room = Infinity;
      for (const month of ['2026-03', '2026-04']) expect(() => add(journal, month)).toThrow();
      expect(readFileSync(path)).toEqual(torn);
      heal();
      expect(add(journal, '2026-05')).toBe(2);
      expect(months(path)).toEqual(['2026-01', '2026-05']);
    });
  });
});

describe('reading in pieces', () => {
  it.each([1, 2, 3, 7, 64, 1 << 20])('of %i bytes gives every line whole', async (piece) => {
    await withFolder((folder) => {
      const path = join(folder, 'lines');
      const lines = ['一户三人', '', 'a'.repeat(300), '兜底😀é', '{}'];
      writeFileSync(path, `${lines.join('\n')}\n没有写完`);
      const read = [...linesOf(path, piece)];
      expect(read.map(({ text }) => text)).toEqual(lines);
      expect(read.at(-1)?.end).toBe(Buffer.byteLength(`${lines.join('\n')}\n`));
      return Promise.resolve();
    });
  });

  it.each([1, 5, 97, 4096])('of %i bytes gives the same journal', async (piece) => {
    await withJournal((journal, path) => {
      for (let n = 1; n <= 9; n += 1) add(journal, `2026-0${n}`);
      const whole = statSync(path).size;
      appendFileSync(path, '{"seq":10,"at":"20');
      expect(readJournal(path, piece)).toEqual({ records: journal.records, bytes: whole });
      const bytes = readFileSync(path);
      bytes[whole - 90] = (bytes[whole - 90] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      expect(() => readJournal(path, piece)).toThrow(/line 9: /);
    });
  });
});

describe('the audit', () => {
  const fact = (account: string): AuditFact => ({
    account,
    role: '',
    region: '',
    route: 'GET /x',
    place: '',
    subject: '',
    outcome: 'allowed',
  });
  const withAudit = (work: (audit: Audit, names: () => string[]) => Promise<void>): Promise<void> =>
    withFolder(async (folder) => {
      const home = openHome(folder);
      const audit = await openAudit(home, CLOCK);
      try {
        await work(audit, () => {
          checkAudit(home);
          return [...readAudit(home)].map(({ account }) => account);
        });
      } finally {
        heal();
        await audit.close();
      }
    });
  const refused = { code: 'audit' };

  it.each([0, 1, 150])(
    'on a disk with room for %i bytes refuses and goes on later',
    async (room) => {
      await withAudit(async (audit, names) => {
        await audit.write(fact('a'));
        const before = audit.checkpoint;
        faults.room = room;
        const both = await Promise.allSettled([audit.write(fact('b')), audit.write(fact('c'))]);
        expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
        await expect(audit.write(fact('d'))).rejects.toMatchObject(refused);
        expect(audit.checkpoint).toEqual(before);
        heal();
        await audit.write(fact('e'));
        await Promise.all([audit.write(fact('f')), audit.write(fact('g'))]);
        expect(names()).toEqual(['a', 'e', 'f', 'g']);
        expect(audit.checkpoint.count).toBe(4);
      });
    },
  );

  it('that cannot be synced, or cut back, takes nothing until it can', async () => {
    await withAudit(async (audit, names) => {
      await audit.write(fact('a'));
      Object.assign(faults, { syncs: false, cuts: false });
      await expect(audit.write(fact('b'))).rejects.toMatchObject(refused);
      faults.syncs = true;
      await expect(audit.write(fact('c'))).rejects.toMatchObject(refused);
      heal();
      await audit.write(fact('d'));
      expect(names()).toEqual(['a', 'd']);
    });
  });
});
