/** The throw-away child: its death costs the file it was on, and nothing else. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withReader } from '../../connectors/reader/child.ts';
import type { ChildJob } from '../../connectors/reader/read-child.ts';
import type { Month } from '../../core/month.ts';
import { csv, deliver, ENROLMENT, pupils } from '../support/inbox.ts';
import { withFolder } from '../support/doudi.ts';
import { readers } from '../support/formats/watch.ts';

function job(folder: string, name: string): ChildJob {
  const place = join(folder, name);
  mkdirSync(place);
  deliver(place, 'delivered', csv(ENROLMENT, pupils(5)));
  return {
    source: 'education/enrolment',
    path: join(place, 'delivered'),
    month: '2026-10' as Month,
    counties: ['520102'],
    townships: [],
    badRowShare: 0.05,
    folder: place,
    out: join(place, 'checked.parquet'),
  };
}

describe('a reader', () => {
  it('that is killed refuses the file it was on; a new one reads the next', async () => {
    await withFolder((folder) =>
      withReader(folder, async (read) => {
        const first = read(job(folder, 'first'));
        const [pid] = readers();
        expect(pid).toBeDefined();
        process.kill(pid ?? 0, 'SIGKILL');
        expect(await first).toMatchObject({ kind: 'refused', code: 'unreadable' });
        expect(await read(job(folder, 'second'))).toMatchObject({
          kind: 'read',
          report: { rows: 5 },
        });
        const [again] = readers();
        expect(await read(job(folder, 'third'))).toMatchObject({ kind: 'read' });
        expect(readers()).toEqual([again]);
      }),
    );
  });

  it('is gone when its work is done, and does not inherit the owner’s environment', async () => {
    await withFolder(async (folder) => {
      process.env['DOUDI_SECRET'] = 'canary';
      try {
        await withReader(folder, async (read) => {
          await read(job(folder, 'only'));
          const [pid] = readers();
          expect(readFileSync(`/proc/${pid ?? 0}/environ`, 'utf8')).not.toContain('canary');
        });
      } finally {
        delete process.env['DOUDI_SECRET'];
      }
      await expect.poll(readers).toEqual([]);
    });
  });

  it('a failure of the machine is no refusal', async () => {
    await withFolder((folder) =>
      withReader(folder, async (read) => {
        const broken = { ...job(folder, 'broken'), out: '/proc/none/checked.parquet' };
        const answer = await read(broken).catch((error: unknown) => error);
        expect(answer).toBeInstanceOf(Error);
      }),
    );
  });
});
