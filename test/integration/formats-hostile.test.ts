/** Bombs end within seconds and cost the owner nothing; an identity number in any format is neither kept nor shown. */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileFormat } from '../../files/extract/formats.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { spawnDoudi, withFolder, withHome } from '../support/doudi.ts';
import { toCsv } from '../support/formats/months.ts';
import { jobOf, verdictOf } from '../support/formats/read.ts';
import { craftedParquet } from '../support/formats/thrift.ts';
import { watched } from '../support/formats/watch.ts';
import { withReader } from '../../connectors/reader/child.ts';
import { seeded } from '../support/corpus/case.ts';
import { rustStream, textTable } from '../support/corpus/sheets.ts';
import { arrowOf, parquetOf } from '../support/formats/typed.ts';
import { HEAD, sheetOf, workbook } from '../support/formats/workbook.ts';
import { deliver, ENROLMENT, pupils } from '../support/inbox.ts';

const header = ENROLMENT.split(',');
const rows = pupils(30).map((line) => line.split(','));
const small = { header, rows };

/** What a bomb may cost. */
const SECONDS = 60;
const CHILD_MEGABYTES = 512;
const OWNER_MEGABYTES = 100;
/** Milliseconds that the owner's event loop may come late, in 99 of 100 turns. */
const OWNER_DELAY = 50;

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

/** Every count of the rows of a batch, wherever the metadata repeats it, becomes another. */
function withRows(rows: bigint): Buffer {
  const bytes = rustStream(textTable(small));
  const said = BigInt(small.rows.length);
  for (let at = 0; at + 8 <= bytes.length; at += 8)
    if (bytes.readBigInt64LE(at) === said) bytes.writeBigInt64LE(rows, at);
  return bytes;
}

/** The length of the body of its only batch, which follows the schema, becomes another. */
function withBody(length: bigint): Buffer {
  const bytes = rustStream(textTable(small));
  const at = 8 + bytes.readUInt32LE(4);
  const metadata = bytes.readUInt32LE(at + 4);
  const body = BigInt(bytes.length - 8 - at - 8 - metadata);
  let found = 0;
  for (let place = at + 8; place + 8 <= at + 8 + metadata; place += 4) {
    if (bytes.readBigInt64LE(place) !== body) continue;
    bytes.writeBigInt64LE(length, place);
    found += 1;
  }
  expect(found).toBe(1);
  return bytes;
}

/** Texts that unpack to a gigabyte: some hundred thousand bytes of Parquet. */
const parquetBomb = (): Promise<Buffer> =>
  parquetOf(
    `SELECT m.* REPLACE (repeat('x', 1000000) AS stage) FROM (SELECT m.* FROM m, range(34)) AS m`,
    small,
    ', COMPRESSION zstd',
  );

const isCrowded = (): boolean => (loadavg()[0] ?? 0) > 2 * availableParallelism();

/** Digits that do not pack to nothing. */
function noise(length: number): string {
  const random = seeded(7);
  const piece = Array.from({ length: 100_000 }, () => random(10)).join('');
  return piece.repeat(length / piece.length);
}

describe('a bomb', () => {
  const line = 'x'.repeat(40_000_000);
  const table = toCsv(small);
  it.each<[string, FileFormat, readonly (string | number)[], () => Buffer | Promise<Buffer>]>([
    ['packed a thousandfold', 'csv.gz', ['too-large', 0, ''], gzipBomb],
    ['line of 40 MB', 'csv', ['unreadable', 32, ''], () => Buffer.from(`${table}${line}`)],
    [
      'line of 40 MB, packed',
      'csv.gz',
      ['unreadable', 32, ''],
      () => gzipSync(`${table}${noise(40_000_000)}`),
    ],
    ['first line of 40 MB', 'csv', ['unreadable', 1, ''], () => Buffer.from(line)],
    [
      'quote of 40 MB',
      'csv',
      ['unreadable', 32, ''],
      () => Buffer.from(`${table}"${'x\n'.repeat(40_000_000)}`),
    ],
    [
      'million columns',
      'csv',
      ['unreadable', 1, ''],
      () => Buffer.from(`${ENROLMENT}${',x'.repeat(1_000_000)}\n`),
    ],
    [
      'million cells in a row',
      'csv',
      ['read', 30, 1],
      () => Buffer.from(`${table}${'x,'.repeat(1_000_000)}\n`),
    ],
    ['workbook of 450 MB', 'xlsx', ['too-large', 0, ''], () => workbookBomb(9)],
    [
      'workbook that lies about the size of its sheet',
      'xlsx',
      ['unreadable', 0, ''],
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
    ['workbook of two million cells', 'xlsx', ['too-large', 0, ''], manyCells],
    [
      'text of 90 MB in a cell',
      'xlsx',
      ['header-missing', 1, 'person_id'],
      () =>
        oneSheet(
          `<worksheet><sheetData><row><c t="str"><v>${noise(90_000_000)}</v></c></row></sheetData></worksheet>`,
        ),
    ],
    ['deep tree', 'xlsx', ['unreadable', 0, ''], () => oneSheet('<a>'.repeat(10_000))],
    ['Parquet of a gigabyte', 'parquet', ['too-many-bad-rows', 0, ''], parquetBomb],
    [
      'Parquet of a million row groups',
      'parquet',
      ['unreadable', 0, ''],
      () => craftedParquet({ columns: header, rows: 1_000_000, groups: 1_000_000 }),
    ],
    [
      'Parquet of two thousand million row groups',
      'parquet',
      ['too-large', 0, ''],
      () => craftedParquet({ columns: header, rows: 30, groups: 1, groupsSaid: 2 ** 31 - 1 }),
    ],
    [
      'Parquet of two thousand million columns',
      'parquet',
      ['too-large', 0, ''],
      () => craftedParquet({ columns: header, rows: 30, groups: 1, columnsSaid: 2 ** 31 - 1 }),
    ],
    [
      'Parquet of a hundred thousand columns',
      'parquet',
      ['unreadable', 0, ''],
      () =>
        craftedParquet({
          columns: Array.from({ length: 100_000 }, (_, n) => `c${n}`),
          rows: 1,
          groups: 1,
        }),
    ],
    [
      'Parquet of a million million rows, all in no column',
      'parquet',
      ['unreadable', 0, ''],
      () => craftedParquet({ columns: header, rows: 1e12, groups: 1 }),
    ],
    ['Arrow of a million million rows', 'arrow', ['too-large', 0, ''], () => withRows(2n ** 40n)],
    ['Arrow of more rows than it holds', 'arrow', ['unreadable', 0, ''], () => withRows(900_000n)],
    [
      'Arrow batch of a million million bytes',
      'arrow',
      ['too-large', 0, ''],
      () => withBody(2n ** 40n),
    ],
    [
      'Arrow batch that is longer than its file',
      'arrow',
      ['unreadable', 0, ''],
      () => withBody(2n ** 28n),
    ],
  ])('%s', { timeout: 300_000 }, async (what, format, expected, make) => {
    const content = await make();
    await withFolder(async (folder) => {
      const job = jobOf(folder, format, content);
      const { result, cost } = await withReader(folder, (read) => watched(() => read(job)));
      if (process.env['DOUDI_COSTS'] === '1') console.log(what, content.length, cost);
      expect(verdictOf(result)).toEqual(expected);
      if (!isCrowded()) expect(cost.seconds).toBeLessThan(SECONDS);
      expect(cost.childPeak).toBeLessThan(CHILD_MEGABYTES);
      expect(cost.ownerGrowth).toBeLessThan(OWNER_MEGABYTES);
      expect(cost.ownerBusy).toBeLessThan(OWNER_DELAY);
      // Where others wait for the processors too, the delay tells of them and not of the owner.
      if (!isCrowded()) expect(cost.ownerDelay).toBeLessThan(OWNER_DELAY);
    });
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
