/** Bombs end within seconds and cost the owner nothing; an identity number in any format is neither kept nor shown. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../connectors/kit/formats.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { spawnDoudi, withHome } from '../support/doudi.ts';
import { toCsv } from '../support/formats/months.ts';
import { readApart, verdictOf } from '../support/formats/read.ts';
import { arrowOf, parquetOf } from '../support/formats/typed.ts';
import { HEAD, sheetOf, workbook } from '../support/formats/workbook.ts';
import { deliver, ENROLMENT, pupils } from '../support/inbox.ts';

const header = ENROLMENT.split(',');
const rows = pupils(30).map((line) => line.split(','));
const small = { header, rows };

const SECONDS = 30;
const OWNER_MEGABYTES = 100;

/** 300 MB of blanks in 300 kB. */
function gzipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(10_000_000, ' '));
  return Buffer.concat(Array.from({ length: 30 }, () => member));
}

/** Parts of 50 MB each. */
function workbookBomb(parts: number, lie: object = {}): Buffer {
  const content = Buffer.alloc(50_000_000, ' ');
  const packed = deflateRawSync(content);
  const size = content.length;
  const bombs = Array.from({ length: parts }, (_, index) => ({
    name: `xl/media/${index}.xml`,
    content: '',
    packed,
    size,
    sum: 0,
    ...lie,
  }));
  return workbook([sheetOf(small)], { extra: bombs });
}

const oneSheet = (content: string): Buffer =>
  workbook([sheetOf(small)], { instead: { 'xl/worksheets/sheet1.xml': { content } } });

/** Just more cells than may be read, of numbers that do not pack well. */
function manyCells(): Buffer {
  let seed = 1;
  const row = (): string => {
    const cells = Array.from({ length: 1000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return `<c><v>${seed}</v></c>`;
    });
    return `<row>${cells.join('')}</row>`;
  };
  const body = Array.from({ length: 2001 }, row).join('');
  return oneSheet(`${HEAD}<worksheet><sheetData>${body}</sheetData></worksheet>`);
}

describe('a bomb', () => {
  it.each<[string, Format, string, () => Buffer]>([
    ['packed a thousandfold', 'csv.gz', 'too-large', gzipBomb],
    ['workbook of 250 MB', 'xlsx', 'too-large', () => workbookBomb(5)],
    [
      'workbook that lies about the size of its sheet',
      'xlsx',
      'unreadable',
      () =>
        workbook([sheetOf(small)], {
          instead: {
            'xl/worksheets/sheet1.xml': {
              content: '<worksheet/>',
              packed: deflateRawSync(Buffer.alloc(50_000_000, ' ')),
            },
          },
        }),
    ],
    ['workbook of two million cells', 'xlsx', 'too-large', manyCells],
    ['deep tree', 'xlsx', 'unreadable', () => oneSheet('<a>'.repeat(10_000))],
    [
      'billion laughs',
      'xlsx',
      'unreadable',
      () => oneSheet(`<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`),
    ],
  ])('%s', { timeout: 60_000 }, async (_what, format, code, make) => {
    const content = make();
    const before = process.memoryUsage().rss;
    let highest = before;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss);
    }, 20);
    const begun = Date.now();
    const reading = await readApart(format, content).finally(() => {
      clearInterval(watch);
    });
    expect(verdictOf(reading)).toEqual([code, expect.any(Number), '']);
    expect((Date.now() - begun) / 1000).toBeLessThan(SECONDS);
    expect((highest - before) / 2 ** 20).toBeLessThan(OWNER_MEGABYTES);
  });
});

describe('an identity number', () => {
  const CANARY = '52010219900101124';
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const canary =
    CANARY +
    '10X98765432'.charAt(weights.reduce((sum, w, i) => sum + w * Number(CANARY[i]), 0) % 11);
  const remark = {
    header: [...header, '备注'],
    rows: rows.map((row, index) => [...row, index === 17 ? `见${canary}` : '无']),
  };
  it('in any format refuses the file and is kept nowhere', { timeout: 120_000 }, async () => {
    const plainBook = workbook([sheetOf(remark)], { shared: true });
    const files: Readonly<Record<string, Buffer>> = {
      '2025-10.csv': Buffer.from(toCsv(remark)),
      '2025-11.csv.gz': gzipSync(toCsv(remark)),
      '2025-12.parquet': await parquetOf('SELECT * FROM m', remark),
      '2026-01.parquet': await parquetOf(`SELECT *, ${canary}::BIGINT AS n FROM m`, small),
      '2026-02.parquet': await parquetOf(`SELECT *, ['${canary}'] AS n FROM m`, small),
      '2026-03.parquet': await parquetOf(`SELECT *, 1 AS "${canary}" FROM m`, small),
      '2026-04.arrow': arrowOf(remark, 'file'),
      '2026-05.arrow': arrowOf(remark, 'stream'),
      '2026-06.xlsx': plainBook,
      '2026-07.xlsx': workbook([sheetOf(small), { rows: [['x', canary]], state: 'veryHidden' }]),
      '2026-08.xlsx': workbook([{ rows: [[`制表人 ${canary}`], ...sheetOf(small).rows] }]),
      '2026-09.xlsx': workbook([
        {
          rows: [...sheetOf(small).rows, [null, null, null, null, null, null, null, null, canary]],
        },
      ]),
      '2026-10.xlsx': workbook([
        {
          rows: [
            remark.header,
            [...(rows[0] ?? []), { xml: `<c r="$" t="str"><f>A1</f><v>${canary}</v></c>` }],
          ],
        },
      ]),
    };
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      for (const [name, content] of Object.entries(files))
        deliver(inbox, `education/enrolment/${name}`, content);
      const ended = await spawnDoudi(
        home,
        ['run', '--month', '2026-10', '--inbox', inbox, '--json'],
        {
          env: { DOUDI_LOG: 'trace' },
        },
      );
      const { files: told } = JSON.parse(ended.stdout) as RunReport;
      const expected = Object.keys(files).map((file) => [file, 'refused', 'identity-number']);
      expect(told.map(({ file, outcome, code }) => [file, outcome, code]).sort()).toEqual(expected);
      expect(ended.stdout + ended.stderr).not.toContain(canary);
      const left = readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(inbox))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
      expect(left.length).toBeGreaterThan(2);
      const traces = [
        Buffer.from(canary),
        ...Object.values(files).map((bytes) =>
          bytes.subarray(bytes.length - 100, bytes.length - 30),
        ),
      ];
      for (const bytes of left)
        expect(traces.some((trace) => trace.length > 0 && bytes.includes(trace))).toBe(false);
    });
  });
});
