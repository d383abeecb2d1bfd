/** A journal that is larger than the longest string of the engine still opens. `DOUDI_JOURNAL_MB` is its size. */
import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canonicalJson, sm3 } from '../../core/hash.ts';
import { readJournal } from '../../store/journal.ts';
import { writeAll } from '../../core/write-all.ts';
import { withFolder } from '../support/doudi.ts';

const MB = Number(process.env['DOUDI_JOURNAL_MB'] ?? 4);

/** A record of four kilobytes: few objects for many bytes. */
const DATA = { job: '兜底'.repeat(680), month: '2025-10', counts: {} };

it(`a journal of ${MB} MB is read to its last record`, { timeout: 1_800_000 }, async () => {
  await withFolder((folder) => {
    const path = join(folder, 'journal.jsonl');
    const file = openSync(path, 'w');
    let seq = 0;
    let prev = '0'.repeat(64);
    for (let bytes = 0; bytes < MB * 1e6;) {
      seq += 1;
      const body = { seq, at: '2025-11-01T00:00:00.000Z', type: 'job.done', data: DATA, prev };
      const hash = sm3(canonicalJson(body));
      const line = Buffer.from(`${JSON.stringify({ ...body, hash })}\n`);
      writeAll(file, line);
      bytes += line.length;
      prev = hash;
    }
    closeSync(file);
    const from = performance.now();
    const { records, bytes } = readJournal(path);
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const rss = Math.round(process.memoryUsage().rss / 1e6);
    process.stdout.write(`    ${records.length} records in ${seconds} s, ${rss} MB of memory\n`);
    expect(bytes).toBe(statSync(path).size);
    expect(records.at(-1)).toMatchObject({ seq, hash: prev });
    return Promise.resolve();
  });
});
