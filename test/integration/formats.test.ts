/** One month in every format: the same rows, the same reasons; and what is no such file is refused with its code. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withScratch } from '../../store/database.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { doudi, withHome } from '../support/doudi.ts';
import { arrowOf, textParquet, typedParquet } from '../support/formats/typed.ts';
import { enrolment, settlements, toCsv, type Month } from '../support/formats/months.ts';
import { sheetOf, workbook, type Value } from '../support/formats/workbook.ts';
import { deliver } from '../support/inbox.ts';

type Make = (month: Month) => Buffer | Promise<Buffer>;

async function ingest(home: string): Promise<RunReport> {
  return JSON.parse(
    await doudi(home, ['run', '--month', '2026-10', '--inbox', join(home, 'inbox'), '--json']),
  ) as RunReport;
}

/** What a home holds after both datasets came in: lake rows by line, and the report without names of files. */
async function takeBoth(ending: string, make: Make): Promise<unknown> {
  return withHome(async (home) => {
    const months = [enrolment, settlements];
    for (const month of months)
      deliver(join(home, 'inbox'), `${month.path}.${ending}`, await make(month));
    const { files } = await ingest(home);
    const lake = await Promise.all(
      months.map(({ path }) =>
        withScratch({}, (sql) =>
          sql.rows(
            `SELECT * FROM read_parquet('${join(home, 'lake', path.replace('2026-10', 'month=2026-10'), 'v1.parquet')}', hive_partitioning = false) ORDER BY line`,
          ),
        ),
      ),
    );
    return {
      lake,
      files: files.map(({ dataset, outcome, rows, quarantined, reason_counts, reasons }) => ({
        dataset,
        outcome,
        rows,
        quarantined,
        reason_counts,
        reasons: reasons.map(({ code, line, column }) => [code, line, column]),
      })),
    };
  });
}

const expected = takeBoth('csv', (month) => Buffer.from(toCsv(month)));

describe('the same month', () => {
  it('as CSV is what the others are held against', async () => {
    expect(await expected).toMatchObject({
      files: [
        {
          dataset: 'enrolment',
          rows: 141,
          quarantined: 6,
          reason_counts: { missing: 1, format: 1, county: 1, enum: 1, range: 1, duplicate: 1 },
        },
        { dataset: 'settlements', rows: 141, reason_counts: { range: 1, format: 1, missing: 1 } },
      ],
    });
  });
  const gb = (month: Month): Buffer =>
    execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: toCsv(month) });
  it.each<[string, string, Make]>([
    ['packed CSV in GB18030', 'csv.gz', (month) => gzipSync(gb(month))],
    [
      'packed CSV in several members',
      'csv.gz',
      (month) => {
        const text = Buffer.from(toCsv(month));
        const cuts = [0, 1000, 1001, 5000, text.length];
        return Buffer.concat(
          cuts.slice(1).map((end, index) => gzipSync(text.subarray(cuts[index], end))),
        );
      },
    ],
    ['Parquet of texts', 'parquet', textParquet],
    ['Parquet of types', 'parquet', typedParquet],
    ['an Arrow file', 'arrow', (month) => arrowOf(month, 'file')],
    ['an Arrow stream', 'arrow', (month) => arrowOf(month, 'stream')],
    ['a workbook of texts', 'xlsx', ({ header, rows }) => workbook([{ rows: [header, ...rows] }])],
    [
      'a workbook with shared texts',
      'xlsx',
      (month) => workbook([sheetOf(month)], { shared: true }),
    ],
    [
      'a workbook that counts from 1904',
      'xlsx',
      (month) => workbook([sheetOf(month)], { from1904: true }),
    ],
    [
      'the second visible sheet, between others',
      'xlsx',
      (month) =>
        workbook([
          { rows: [['说明'], ['单位：某县', null, '联系电话', '13800138000']] },
          { rows: [month.header, ...month.rows] as Value[][], state: 'hidden' },
          sheetOf(month),
          { rows: [] },
        ]),
    ],
  ])('as %s', async (_name, ending, make) => {
    expect(await takeBoth(ending, make)).toEqual(await expected);
  });
});
