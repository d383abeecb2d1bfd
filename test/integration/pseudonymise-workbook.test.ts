/** A clerk's workbook: the same ids and rosters as from the CSV, and nothing at all where Excel changed a number. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../../files/extract/identifiers.ts';
import { spawnDoudi } from '../support/doudi.ts';
import { workbook, type SheetOf, type Value } from '../support/formats/workbook.ts';
import { byOpenssl, HEX, lines, number, withCase, type Case } from '../support/pseudonymise.ts';

const withBook = <T>(work: (one: Case) => Promise<T>, name = 'm.xlsx'): Promise<T> =>
  withCase(work, name);

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

const HEADER = '身份证号,户号,县区代码,姓名,联系电话,毕业年月,入学日期,金额,寄宿,备注';
const WORDS = ['--column', '身份证号=person_id', '--household-column', '户号=household_id'];
const KEEP = ['--keep', 'name,phone'];

/** As typed: codes and telephones as numbers, days as days. */
const PEOPLE: Value[][] = [
  [number(1), 'H-01', 520102, '王五', 13800138001, day('2026-07-01'), day('2024-09-01'), 12.5, true, '说 "好", 是'], // prettier-ignore
  [number(2).toLowerCase(), 'H-01', 520102, '赵六', '13800138002', null, day('1900-03-01'), 1e6, false, '007'], // prettier-ignore
  [`${number(3).slice(0, 6)} ${number(3).slice(6)}`, number(1), 520103, '孙七', null, null, null, 0, null, null], // prettier-ignore
  [null, '0012', 520103, '无号', null, null, null, -3, null, null],
];
const AS_CSV = lines(
  HEADER,
  `${number(1)},H-01,520102,王五,13800138001,2026-07,2024-09-01,12.5,true,"说 ""好"", 是"`,
  `${number(2)},H-01,520102,赵六,13800138002,,1900-03-01,1000000,false,007`,
  `${number(3)},${number(1)},520103,孙七,,,,0,,`,
  `,0012,520103,无号,,,,-3,,`,
);
const people: SheetOf = { rows: [HEADER.split(','), ...PEOPLE] };

/** What was written, by file. */
const written = ({ folder, left }: Case): Record<string, string> =>
  Object.fromEntries(left().map((name) => [name, readFileSync(join(folder, 'out', name), 'utf8')]));

describe('a workbook', () => {
  it('becomes the CSV, with the rosters, that its CSV would become', async () => {
    const expected = await withCase(async (one) => {
      await one.run(AS_CSV, ...WORDS, ...KEEP);
      return written(one);
    });
    expect(Object.keys(expected)).toEqual(['m.csv', 'roster-520102.csv', 'roster-520103.csv']);
    const title: SheetOf = { rows: [['某县学生名册'], [], ...people.rows, [' ', null]] };
    for (const [sheets, options] of [
      [[people], { shared: true }],
      [[title, { rows: [['说明'], ['填表人', '王二']] }], {}],
      [[{ rows: [] }, people], {}],
    ] as const) {
      await withBook(async (one) => {
        const result = await one.run(workbook(sheets, options), ...WORDS, ...KEEP);
        expect(result).toMatchObject({ rows: 4, bad: 0, without_id: 1, left_behind: [] });
        expect(written(one)).toEqual(expected);
      });
    }
    expect(expected['m.csv']).toContain(byOpenssl(HEX, number(1)));
  });

  it('counts its days from 1904 when it says so', async () => {
    await withBook(async ({ run, rows }) => {
      const book = workbook(
        [
          {
            rows: [
              ['身份证号', '日期'],
              [number(1), day('2026-10-03')],
            ],
          },
        ],
        {
          from1904: true,
        },
      );
      await run(book, '--column', '身份证号');
      expect(rows()[0]?.['日期']).toBe('2026-10-03');
    });
  });

  it('gives up where Excel changed a number, by sheet row and column, and quotes nothing', async () => {
    const wrong = `${number(3).slice(0, 17)}${number(3).endsWith('1') ? '2' : '1'}`;
    const formula = { xml: `<c r="$" t="str"><f>A2</f><v>${number(5)}</v></c>` };
    const rows: Value[][] = [
      [number(1), 'H1', 1, null],
      [Number(number(2).slice(0, 17)) * 10, 'H2', 1, null],
      [12, 'H2', 1, null],
      [wrong, 'H3', 1, null],
      [number(4), 12, 1, null],
      [formula, 'H5', 1, null],
      [day('2026-10-03'), 'H5', 1, null],
      [number(6), 'H6', 1234567890123456, { xml: '<c r="$"><f>C2</f><v>1</v></c>' }],
      [number(7), 'H7', { xml: '<c r="$" t="e"><v>#N/A</v></c>' }, null],
    ];
    const book = workbook([{ rows: [['身份证号', '户号', '金额', '合计'], ...rows] }]);
    const words = ['--column', '身份证号', '--household-column', '户号'];
    await withBook(async ({ folder, key, left, run, rows: result }) => {
      writeFileSync(join(folder, 'm.xlsx'), book);
      const ended = await spawnDoudi(folder, [
        ...['pseudonymise', `${folder}/m.xlsx`, '--key-file', key, '--out', `${folder}/out`],
        ...words,
      ]);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      for (const words of [
        "line 3, column '身份证号': stored as a number, and Excel cannot hold 18 digits",
        "line 4, column '身份证号': stored as a number, and Excel cannot hold 18 digits",
        "line 5, column '身份证号': the check digit is wrong",
        "line 6, column '户号': stored as a number, so that leading zeros are lost",
        "line 7, column '身份证号': a formula",
        "line 8, column '身份证号': a date",
        "line 9, column '金额': a number of more than 15 digits",
        "line 9, column '合计': a formula",
        "line 10, column '金额': an error of the spreadsheet",
        '8 rows are refused and nothing was written',
      ])
        expect(ended.stderr).toContain(words);
      for (const secret of [wrong, number(2).slice(0, 14), number(5), HEX])
        expect(ended.stderr).not.toContain(secret);
      expect(left()).toEqual([]);
      // What is dropped may be anything; the rest of the bad rows stays bad.
      expect(
        await run(book, ...words, '--drop', '合计', '--drop', '金额', '--skip-bad'),
      ).toMatchObject({ rows: 3, bad: 6 });
      expect(result().map((row) => row['身份证号'])).toEqual(
        [1, 6, 7].map((n) => byOpenssl(HEX, number(n))),
      );
    });
  });

  it('hands on no other sheet, and says which of them hold identity numbers', async () => {
    const others: SheetOf[] = [
      { rows: [['停保人员', number(8)]] },
      { ...people, state: 'hidden' },
      { rows: [...people.rows, ...Array.from({ length: 3 }, () => [null, number(1)])], from: 21 },
    ];
    await withBook(async (one) => {
      const result = await one.run(workbook([...others, people]), ...WORDS, ...KEEP);
      expect(result).toMatchObject({ rows: 4, left_behind: [1, 2, 3] });
      expect(one.rows()).toHaveLength(4);
      const all = Object.values(written(one)).join('');
      expect(all).not.toMatch(/停保/);
      expect([...findIdentifiers(all)]).toEqual(['phone']);
    });
  });

  it('is asked for the sheet when two have the columns', async () => {
    const other: SheetOf = { rows: [HEADER.split(','), [number(9), 'H-09', 520102, '周八']] };
    const book = workbook([people, { ...other, state: 'hidden' }, other]);
    await withBook(async ({ run, left, rows }) => {
      await expect(run(book, ...WORDS, ...KEEP)).rejects.toMatchObject({
        code: 'columns',
        message: 'sheets 1 and 3 both have the columns named',
      });
      expect(left()).toEqual([]);
      await expect(run(book, ...WORDS, ...KEEP, '--sheet', '2')).rejects.toMatchObject({
        code: 'columns',
      });
      expect(await run(book, ...WORDS, ...KEEP, '--sheet', '3')).toMatchObject({
        rows: 1,
        left_behind: [1, 2],
      });
      expect(rows()[0]?.['person_id']).toBe(byOpenssl(HEX, number(9)));
    });
  });

  it('stops at columns nobody spoke of, and at numbers that would be left in the result', async () => {
    const refused: [rows: Value[][], code: string, words: string][] = [
      [
        [
          ['身份证号', '姓名'],
          [number(1), '王五'],
        ],
        'columns',
        '姓名',
      ],
      [
        [
          ['证号', '金额'],
          [number(1), 1],
        ],
        'columns',
        "without '身份证号'",
      ],
      [
        [
          [number(1), '身份证号'],
          [number(1), number(1)],
        ],
        'identifiers',
        'line 1, the header',
      ],
      [[['身份证号', '备注'], [number(1), ''], [number(2), `儿子${number(3)}`]], 'identifiers', "line 3, column '备注'"], // prettier-ignore
      [[['身份证号', '备注'], ...[1, 2, 3].map((n): Value[] => [number(n), 13800138000 + n])], 'identifiers', "line 4, column '备注'"], // prettier-ignore
    ];
    for (const [rows, code, words] of refused) {
      await withBook(async ({ run, left }) => {
        await expect(run(workbook([{ rows }]), '--column', '身份证号')).rejects.toMatchObject({
          code,
          message: expect.stringContaining(words) as unknown,
        });
        expect(left()).toEqual([]);
      });
    }
  });

  it('is known by its content and held to the caps of the intake', async () => {
    const book = workbook([{ rows: [['身份证号'], [number(1)]] }]);
    const column = ['--column', '身份证号'];
    await withBook(async ({ run, left, rows }) => {
      await run(book, ...column);
      expect(left()).toEqual(['m.csv']);
      expect(rows()).toEqual([{ 身份证号: byOpenssl(HEX, number(1)) }]);
    }, 'm.csv');
    const bomb = { 'xl/worksheets/sheet1.xml': { content: Buffer.alloc(3_000_000, ' ') } };
    for (const [content, code] of [
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'unreadable'],
      [lines('身份证号', number(1)), 'unreadable'],
      [book.subarray(0, book.length >> 1), 'unreadable'],
      [workbook([people], { extra: [{ name: 'xl/vbaProject.bin', content: 'x' }] }), 'unreadable'],
      [workbook([people], { instead: bomb }), 'too-large'],
      [
        workbook([{ rows: [['身份证号', ...Array.from({ length: 1000 }, () => '列')]] }]),
        'columns',
      ],
    ] as const) {
      await withBook(async ({ run, left }) => {
        await expect(run(content, ...column)).rejects.toMatchObject({ code });
        expect(left()).toEqual([]);
      });
    }
  });

  it('killed before the end leaves no result, and no output ever holds the key', async () => {
    await withBook(async (one) => {
      const { folder, key, left } = one;
      writeFileSync(`${folder}/m.xlsx`, workbook([people]));
      const words = ['pseudonymise', `${folder}/m.xlsx`, '--key-file', key, '--out', `${folder}/out`]; // prettier-ignore
      const killed = await spawnDoudi(folder, [...words, ...WORDS, ...KEEP], {
        env: { DOUDI_FAILPOINT: 'pseudonymise-before-rename' },
      });
      expect(killed.signal).toBe('SIGKILL');
      expect(left().filter((name) => !name.startsWith('.'))).toEqual([]);
      const ended = await spawnDoudi(folder, [...words, ...WORDS, ...KEEP]);
      expect(ended.code).toBe(0);
      expect(left()).toEqual(['m.csv', 'roster-520102.csv', 'roster-520103.csv']);
      const all = [killed, ended].map(({ stdout, stderr }) => stdout + stderr).join('');
      for (const text of [all, ...Object.values(written(one))])
        for (const form of ['hex', 'base64', 'latin1'] as const)
          expect(text).not.toContain(Buffer.from(HEX, 'hex').toString(form));
    });
  });
});
