/** Workbooks as LibreOffice makes them of the connectors' fixtures (test/fixtures/libreoffice/make.sh). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withScratch } from '../../store/database.ts';
import { literal } from '../../store/sql.ts';
import type { FileFormat } from '../../files/extract/formats.ts';
import { ROOT, withFolder } from '../support/doudi.ts';
import { jobOf, readHere, verdict } from '../support/formats/read.ts';

const made = (path: string): Buffer => readFileSync(join(ROOT, 'test/fixtures/libreoffice', path));

const OF = {
  enrolment: 'education/enrolment',
  settlements: 'medical-insurance/settlements',
  assistance: 'civil-affairs/assistance',
  facts: 'cross-check/facts',
} as const;

/** The checked rows and the reasons. */
async function read(name: keyof typeof OF, format: FileFormat, content: Buffer): Promise<unknown> {
  return withFolder(async (folder) => {
    const job = jobOf(folder, format, content, { source: OF[name], badRowShare: 1 });
    const reading = await readHere(job);
    if (reading.kind === 'refused') return reading;
    const rows = await withScratch({}, (sql) =>
      sql.rows(`SELECT * FROM read_parquet(${literal(job.out)}) ORDER BY line`),
    );
    return { rows, reasons: reading.report.reasons };
  });
}

const fixture = (name: keyof typeof OF): Buffer => {
  const agency = OF[name].split('/')[0] ?? '';
  return readFileSync(join(ROOT, 'connectors', agency, 'fixtures', `${name}.csv`));
};

const NAMES = Object.keys(OF) as (keyof typeof OF)[];

describe('a workbook of LibreOffice', () => {
  it.each(NAMES)('%s, imported as text: the rows of the CSV it was made of', async (name) => {
    const expected = await read(name, 'csv', fixture(name));
    expect(expected).toMatchObject({ reasons: [] });
    expect(await read(name, 'xlsx', made(`as-text/${name}.xlsx`))).toEqual(expected);
  });

  it.each(NAMES)(
    '%s, as the program guesses: the same rows, where it lost nothing',
    async (name) => {
      const expected = await read(name, 'csv', fixture(name));
      expect(await read(name, 'xlsx', made(`as-guessed/${name}.xlsx`))).toEqual(expected);
    },
  );

  it('counts days from 1904 where the workbook does', async () => {
    const expected = await read('facts', 'csv', fixture('facts'));
    expect(await read('facts', 'xlsx', made('as-guessed/facts-1904.xlsx'))).toEqual(expected);
  });

  it('that lost what a number cannot hold is bad rows with words', async () => {
    const reading = (await read('enrolment', 'xlsx', made('as-guessed/lost.xlsx'))) as {
      reasons: { code: string; line: number; column: string; message: string }[];
    };
    expect(
      reading.reasons.map(({ code, line, column, message }) => [code, line, column, message]),
    ).toEqual([
      ['format', 2, 'person_id', expect.stringMatching(/stored as a number/)],
      ['format', 3, 'person_id', expect.stringMatching(/number/)],
      ['format', 4, 'county', expect.stringMatching(/leading zeros/)],
    ]);
  });

  it.each(['ods', 'xls', 'fods'])('of another kind is refused: %s', async (kind) => {
    expect(await verdict('xlsx', made(`other/${kind}-renamed.xlsx`))).toEqual([
      'unreadable',
      0,
      '',
    ]);
  });
});
