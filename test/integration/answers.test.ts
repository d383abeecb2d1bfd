/** What a department is told about its files: text, JSON and a copy of the bad rows, without anybody in it. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema, reportSchema, type Report } from '../../exchange/answers/report.ts';
import { doudi, ROOT, spawnDoudi, withHome } from '../support/doudi.ts';
import { partsOf, readTable } from '../support/formats/read-sheet.ts';
import { textParquet } from '../support/formats/typed.ts';
import { workbook } from '../support/formats/workbook.ts';
import { csv, deliver, ENROLMENT, person, pupils } from '../support/inbox.ts';

const MONTH = '2026-10';
const FOLDER = 'education/enrolment';

const reportsIn = (home: string): string[] => {
  const root = join(home, 'reports');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
};
const bytesOf = (home: string, path: string): Buffer => readFileSync(join(home, 'reports', path));
const reportOf = (home: string, name: string): Report =>
  reportSchema.parse(JSON.parse(bytesOf(home, `${FOLDER}/${name}.json`).toString('utf8')));
const run = (home: string): Promise<string> =>
  doudi(home, ['run', '--month', MONTH, '--inbox', join(home, 'inbox'), '--json']);

/** Among so many good pupils that the file is taken in. */
const among = (...bad: readonly string[]): string[] => [...pupils(120), ...bad];

describe('the answer to a file with bad rows', () => {
  const header = `家庭住址,${ENROLMENT}`.replace('stage', '学段').split(',');
  const cells = (lines: readonly string[]): string[][] =>
    lines.map((line) => [`贵阳市某路 ${line.length} 号`, ...line.split(',')]);
  const rows = cells([
    ...pupils(70),
    `${person(901)},110101,primary,gone,1.239,2,2030-07`,
    ...pupils(50, 200),
    ...pupils(1),
    `${person(903)},520102,,enrolled,-1,2,2031-13`,
  ]);

  it('is the same three files for CSV, XLSX and Parquet, with every reason of every row', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      const text = csv(
        header.join(','),
        rows.map((row) => row.join(',')),
      );
      deliver(inbox, `${FOLDER}/2026-08.csv`, text);
      deliver(inbox, `${FOLDER}/2026-09.xlsx`, workbook([{ rows: [header, ...rows] }]));
      deliver(inbox, `${FOLDER}/2026-10.parquet`, await textParquet({ header, rows }));
      await run(home);
      const names = ['2026-08-v1', '2026-09-v1', '2026-10-v1'];
      expect(reportsIn(home)).toEqual(
        names.flatMap((name) => ['json', 'txt', 'xlsx'].map((kind) => `${FOLDER}/${name}.${kind}`)),
      );
      for (const name of names) {
        // Lines are those of the file: a Parquet file has no header line, and its rows count as if it had.
        expect(reportOf(home, name)).toMatchObject({
          outcome: 'accepted',
          version: 1,
          code: null,
          records: 123,
          rows: 120,
          quarantined: 3,
          copied: 3,
          ignored_columns: ['家庭住址'],
          reason_counts: { county: 1, duplicate: 1, enum: 1, format: 2, missing: 1, range: 1 },
          received_at: '2026-11-05T09:00:00+08:00',
        });
        const table = await readTable(bytesOf(home, `${FOLDER}/${name}.xlsx`));
        expect(table.title).toMatch(
          /^教育 学籍（education\/enrolment） 2026-\d\d · 问题行共 3 行，全部列出/,
        );
        expect(table.header).toEqual(['行号', '原因', '可接受的内容', ...header.slice(1)]);
        expect(table.rows).toEqual([
          {
            行号: '72',
            原因: '县区代码（county）：不是本省的县级代码（county）；学籍状态（status）：不在可选值内（enum）；本学年资助金额（aid_year）：格式不符（format）',
            可接受的内容: expect.stringContaining('enrolled（在读）') as string,
            person_id: person(901),
            county: '110101',
            学段: 'primary',
            status: 'gone',
            aid_year: '1.239',
            out_of_pocket_year: '2',
            graduation_month: '2030-07',
          },
          expect.objectContaining({ 行号: '123', 原因: '与前面的行完全相同（duplicate）' }),
          expect.objectContaining({
            行号: '124',
            原因: '学段（stage）：必填项为空（missing）；本学年资助金额（aid_year）：超出允许范围（range）；毕业年月（graduation_month）：格式不符（format）',
            学段: '',
            aid_year: '-1',
            graduation_month: '2031-13',
          }),
        ]);
      }
      const said = bytesOf(home, `${FOLDER}/2026-08-v1.txt`).toString('utf8');
      expect(said).toContain('文件共 123 行，入库 120 行，有问题 3 行（2.44 %）');
      expect(said).toContain('第 72 行 · 县区代码（county） · 不是本省的县级代码（county）');
      expect(said).toContain('可接受：下列之一：enrolled（在读）');
      expect(said).toContain('以同样的文件名报送本月的完整文件');
      expect(await doudi(home, ['report', '--month', MONTH])).toContain(
        bytesOf(home, `${FOLDER}/2026-10-v1.txt`).toString('utf8'),
      );

      // A second run writes nothing anew.
      const times = (): number[] =>
        reportsIn(home).map((path) => statSync(join(home, 'reports', path)).mtimeMs);
      const before = times();
      await run(home);
      expect(times()).toEqual(before);
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('says of a file without a bad row that it was taken in whole', async () => {
    await withHome(async (home) => {
      deliver(join(home, 'inbox'), `${FOLDER}/${MONTH}.csv`, csv(ENROLMENT, pupils(3)));
      await run(home);
      expect(reportsIn(home)).toEqual([`${FOLDER}/${MONTH}-v1.json`, `${FOLDER}/${MONTH}-v1.txt`]);
      expect(bytesOf(home, `${FOLDER}/${MONTH}-v1.txt`).toString('utf8')).toContain(
        '全部行均已入库',
      );
    });
  });
});

describe('nobody is in the answer', () => {
  it('hides identifiers, what is no pseudonym, and what has no business in a number', async () => {
    await withHome(async (home) => {
      const row = (over: Partial<Record<'id' | 'county' | 'status' | 'aid' | 'month', string>>) =>
        [
          over.id ?? person(99),
          over.county ?? '520102',
          'primary',
          over.status ?? 'enrolled',
          over.aid ?? '1',
          '2',
          over.month ?? '2030-07',
        ].join(',');
      const content = csv(
        ENROLMENT,
        among(
          row({ id: '520102800101123' }),
          row({ id: '张三' }),
          row({ id: 'AABBCCDDEEFF00112233445566778899' }),
          row({ status: '联系人 13912345678' }),
          row({ status: '旧证 520102800101123' }),
          row({ aid: '李四四', month: '520102 1990 0101 1234' }),
          row({ status: '=HYPERLINK("http://x")'.replaceAll('"', "'"), aid: '-5' }),
        ),
      );
      deliver(join(home, 'inbox'), `${FOLDER}/${MONTH}.csv`, content);
      const config = `province: "520000"\nlimits: { bad_row_share: 0.2 }\n`;
      writeFileSync(join(home, 'doudi.yaml'), config);
      await run(home);
      const { rows } = await readTable(bytesOf(home, `${FOLDER}/${MONTH}-v1.xlsx`));
      const hidden = '（已隐去）';
      expect(rows.map((one) => one['person_id'])).toEqual([
        hidden,
        hidden,
        'AABBCCDDEEFF00112233445566778899',
        person(99),
        person(99),
        person(99),
        person(99),
      ]);
      expect(rows.slice(3).map((one) => one['status'])).toEqual([
        hidden,
        hidden,
        'enrolled',
        "'=HYPERLINK('http://x')",
      ]);
      expect(rows[5]).toMatchObject({ aid_year: hidden, graduation_month: hidden });
      expect(rows[6]).toMatchObject({ aid_year: '-5' });
      const all = await Promise.all(
        reportsIn(home).map(async (path) =>
          path.endsWith('.xlsx')
            ? [...(await partsOf(bytesOf(home, path))).values()].join('\n')
            : bytesOf(home, path).toString('utf8'),
        ),
      );
      for (const canary of ['520102800101123', '13912345678', '张三', '李四四', '1990'])
        expect(all.join('\n')).not.toContain(canary);
    });
  });

  it('has no copy of a file that was refused for identifiers or for its month', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      const numbered = `${person(5)},520102,primary,52010219900101123X,1,2,2030-07`;
      const identity = Array.from({ length: 11 }, (_, n) =>
        numbered.replace('123X', `123${n === 10 ? 'X' : String(n)}`),
      );
      deliver(inbox, `${FOLDER}/2026-09.csv`, csv(ENROLMENT, among(...identity)));
      deliver(
        inbox,
        `${FOLDER}/2026-10.csv`,
        csv(ENROLMENT, [...pupils(10), `${person(77)},520102,primary,gone,1,2,`]),
      );
      await run(home);
      const names = reportsIn(home).map((path) => path.replace(/[0-9a-f]{8}\./, '*.'));
      expect(names).toEqual([
        `${FOLDER}/2026-09-refused-*.json`,
        `${FOLDER}/2026-09-refused-*.txt`,
        `${FOLDER}/2026-10-refused-*.json`,
        `${FOLDER}/2026-10-refused-*.txt`,
        `${FOLDER}/2026-10-refused-*.xlsx`,
      ]);
      const [september = '', october = ''] = reportsIn(home).filter((path) => path.endsWith('txt'));
      expect(bytesOf(home, september).toString('utf8')).toMatch(
        /拒收：含有身份证号（identity-number）[^]*已拒收且未保留/,
      );
      expect(bytesOf(home, october).toString('utf8')).toMatch(
        /拒收：问题行过多（too-many-bad-rows）\n行数： +文件共 11 行，有问题 1 行（9\.09 %），整个文件不入库/,
      );
      const { rows } = await readTable(bytesOf(home, october.replace(/txt$/, 'xlsx')));
      expect(rows).toEqual([expect.objectContaining({ 行号: '12', status: 'gone' })]);

      const trend = JSON.parse(
        await doudi(home, ['quality', '--months', '2026-09..2026-10', '--json']),
      ) as unknown;
      expect(trend).toEqual([
        expect.objectContaining({ month: '2026-09', versions: 0, rows: null, refused: 1 }),
        expect.objectContaining({ refusal_codes: ['too-many-bad-rows'], share: null }),
      ]);
    });
  });
});

describe('the trend', () => {
  it('has the newest version, its codes, and the days until the first one', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      const path = `${FOLDER}/${MONTH}.csv`;
      deliver(inbox, path, csv(ENROLMENT, among(`${person(901)},520102,x,y,1,2,`)));
      await run(home);
      deliver(inbox, path, csv(ENROLMENT, among(`${person(901)},520102,,gone,1,2,`, ...pupils(1))));
      await run(home);
      expect(JSON.parse(await doudi(home, ['quality', '--months', MONTH, '--json']))).toEqual([
        {
          agency: 'education',
          dataset: 'enrolment',
          month: MONTH,
          versions: 2,
          rows: 120,
          quarantined: 2,
          share: 2 / 122,
          refused: 0,
          codes: [
            { code: 'duplicate', n: 1 },
            { code: 'enum', n: 1 },
            { code: 'missing', n: 1 },
          ],
          refusal_codes: [],
          days_after_month: 5,
        },
      ]);
      expect(await doudi(home, ['quality', '--months', MONTH])).toMatch(
        /education\/enrolment +2026-10 +2 +120 +2 +1\.64 % +0 +5 +duplicate 1, enum 1, missing 1/,
      );
    });
  });
});

describe('a run that is killed', () => {
  it.each(['report-after-settle', 'reports-before-text'])(
    'at %s leaves no file without its report',
    async (point) => {
      await withHome(async (home) => {
        const inbox = join(home, 'inbox');
        const bad = `${person(901)},520102,primary,gone,1,2,2030-07`;
        deliver(inbox, `${FOLDER}/${MONTH}.csv`, csv(ENROLMENT, among(bad)));
        const words = ['run', '--month', MONTH, '--inbox', inbox, '--json'];
        const killed = await spawnDoudi(home, words, { env: { DOUDI_FAILPOINT: point } });
        expect(killed.signal).toBe('SIGKILL');
        const copy = bytesOf(home, `${FOLDER}/${MONTH}-v1.xlsx`);
        await run(home);
        expect(reportsIn(home)).toEqual(
          ['json', 'txt', 'xlsx'].map((kind) => `${FOLDER}/${MONTH}-v1.${kind}`),
        );
        expect(bytesOf(home, `${FOLDER}/${MONTH}-v1.xlsx`).equals(copy)).toBe(true);
      });
    },
  );
});

it('the published JSON Schema is that of the reports', () => {
  const published = readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8');
  expect(JSON.parse(published)).toEqual(reportJsonSchema());
});
