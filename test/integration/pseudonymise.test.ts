/** Numbers into ids, at the department that holds the key: the same as OpenSSL's, or nothing at all. */
import { execFileSync } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../../files/extract/identifiers.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { doudi, parseCsv, spawnDoudi, withFolder, withHome } from '../support/doudi.ts';
import { byOpenssl, HEX, lines, number, numberOf, withCase } from '../support/pseudonymise.ts';

const MONTH = '2025-10';

describe('doudi pseudonymise', () => {
  it('makes of 20 numbers what OpenSSL makes of them', async () => {
    await withCase(async ({ run, rows }) => {
      const numbers = Array.from({ length: 20 }, () => number(randomInt(1_000_000)));
      await run(lines('身份证号,金额', ...numbers.map((n) => `${n},1`)), '--column', '身份证号');
      expect(rows().map((row) => row['身份证号'])).toEqual(numbers.map((n) => byOpenssl(HEX, n)));
    });
  });

  it('sees through how a number is typed, leaves the rest as it is, and is reproducible', async () => {
    await withCase(async ({ run, rows, left, folder }) => {
      const id = numberOf('52010219900101123');
      const source = lines(
        '身份证号,备注,被赡养人编号',
        `${id.slice(0, 6)} ${id.slice(6).toLowerCase()},"说 ""好"", 是",${number(7)}`,
        `"${id}","两\n行",`,
        `,空,${number(7)}`,
      );
      const result = await run(
        source,
        ...['--column', '身份证号=person_id', '--column', '被赡养人编号=supporter_of'],
      );
      const text = readFileSync(join(folder, 'out/m.csv'), 'utf8');
      const [a, b] = [byOpenssl(HEX, id), byOpenssl(HEX, number(7))];
      expect(text).toBe(
        `person_id,备注,supporter_of\n${a},"说 ""好"", 是",${b}\n${a},"两\n行",\n,空,${b}\n`,
      );
      expect(result).toMatchObject({ rows: 3, bad: 0, without_id: 1, rosters: [] });
      expect(result.sha256).toBe(createHash('sha256').update(text).digest('hex'));
      expect(result.key_check).toMatch(/^[0-9a-f]{8}$/);
      expect(statSync(join(folder, 'out/m.csv')).mode & 0o777).toBe(0o600);
      expect(left()).toEqual(['m.csv']);
      expect(rows()[0]?.['person_id']).toBe(a);
    });
  });

  it('reads UTF-8 with a mark and GB18030, and writes UTF-8', async () => {
    const text = lines('身份证号,姓名,事由', `${number(1)},欧阳𠮷,住院`, `${number(2)},李四,失业`);
    const gb = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text });
    const expected = lines(
      '身份证号,事由',
      `${byOpenssl(HEX, number(1))},住院`,
      `${byOpenssl(HEX, number(2))},失业`,
    );
    for (const content of [text, `\uFEFF${text}`, gb, text.replaceAll('\n', '\r\n')]) {
      await withCase(async ({ run, folder }) => {
        await run(content, '--column', '身份证号', '--keep', '姓名');
        expect(readFileSync(join(folder, 'out/m.csv'), 'utf8')).toBe(expected);
        expect(readFileSync(join(folder, 'out/roster.csv'), 'utf8')).toContain('欧阳𠮷');
      });
    }
    await withCase(async ({ run, left }) => {
      const broken = Buffer.from(text);
      broken[text.length] = 0xff;
      await expect(run(broken, '--column', '身份证号', '--keep', '姓名')).rejects.toMatchObject({
        code: 'encoding',
      });
      expect(left()).toEqual([]);
    });
  });

  it('gives a household number its id, the householder’s number the householder’s', async () => {
    await withCase(async ({ run, rows }) => {
      await run(
        lines('person_id,household_id', `${number(1)},ｈ-1 `, `${number(2)}, ${number(1)}`),
        ...['--column', 'person_id', '--household-column', 'household_id'],
      );
      expect(rows().map((row) => row['household_id'])).toEqual([
        byOpenssl(HEX, 'H-1'),
        byOpenssl(HEX, number(1)),
      ]);
      expect(rows()[1]?.['household_id']).toBe(rows()[0]?.['person_id']);
    });
  });

  it('writes nothing when a number is wrong, and says line and column but no number', async () => {
    const wrong = `${number(3).slice(0, 17)}${number(3).endsWith('1') ? '2' : '1'}`;
    const source = lines(
      '身份证号,金额',
      `${number(1)},1`,
      `${wrong},2`,
      `"${number(1)}","1\n2"`,
      `520102900101123,3`,
      `${number(4)},4,5`,
    );
    await withCase(async ({ folder, key, left, run }) => {
      writeFileSync(join(folder, 'm.csv'), source);
      const words = [
        'pseudonymise',
        `${folder}/m.csv`,
        '--key-file',
        key,
        '--out',
        `${folder}/out`,
      ];
      const ended = await spawnDoudi(folder, [...words, '--column', '身份证号']);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain("line 3, column '身份证号': the check digit is wrong");
      expect(ended.stderr).toContain("line 6, column '身份证号': an old number of 15 digits");
      expect(ended.stderr).toContain('line 7: has another number of fields');
      expect(ended.stderr).toContain('3 rows are refused and nothing was written');
      for (const secret of [wrong, '520102900101123', HEX])
        expect(ended.stderr).not.toContain(secret);
      expect(left()).toEqual([]);
      const result = await run(source, '--column', '身份证号', '--skip-bad');
      expect(result).toMatchObject({ rows: 2, bad: 3 });
      expect(left()).toEqual(['m.csv']);
    });
  });

  it('stops at columns that identify people and were not spoken of', async () => {
    await withCase(async ({ run, left }) => {
      const source = lines('身份证号,姓名,开户银行', `${number(1)},王五,农行`);
      await expect(run(source, '--column', '身份证号')).rejects.toMatchObject({
        code: 'columns',
        message: expect.stringContaining('姓名, 开户银行') as unknown,
      });
      expect(left()).toEqual([]);
      await run(source, '--column', '身份证号', '--keep', 'name', '--drop', '开户银行');
      expect(left()).toEqual(['m.csv', 'roster.csv']);
    });
  });

  it('refuses a result in which an identifier is left', async () => {
    const phones = [1, 2, 3].map((n) => `${number(n)},打1380013800${n}找他`);
    for (const [source, where] of [
      [
        lines('身份证号,备注', `${number(1)},`, `${number(2)},儿子${number(3)}`),
        "line 3, column '备注'",
      ],
      [lines('身份证号,备注', ...phones), "line 4, column '备注'"],
      [lines(number(1), number(2)), 'line 1, the header'],
    ] as const) {
      await withCase(async ({ run, left }) => {
        const refused = run(source, '--column', '身份证号');
        await expect(refused).rejects.toMatchObject({
          code: 'identifiers',
          message: expect.stringContaining(where) as unknown,
        });
        await refused.catch((error: unknown) => {
          expect(findIdentifiers(String(error)).size).toBe(0);
        });
        expect(left()).toEqual([]);
      });
    }
  });

  it('writes a roster for each county and keeps its columns out of the result', async () => {
    await withCase(async ({ run, left, folder }) => {
      const source = lines(
        '身份证号,户号,县区代码,姓名,家庭住址,手机',
        `${number(1)},A1,520102,王五,"某街1号, 2单元",13800138001`,
        `${number(2)},A1,520103,赵六,某街2号,13800138002`,
        `${number(3)},A2,520102,孙七,某街3号,13800138003`,
        `,A2,520102,无号,某街3号,`,
      );
      const words = ['--column', '身份证号=person_id', '--household-column', '户号=household_id'];
      const result = await run(source, ...words, '--keep', 'name,address,phone');
      expect(left()).toEqual(['m.csv', 'roster-520102.csv', 'roster-520103.csv']);
      expect(result.rosters.map((file) => file.slice(-10))).toEqual(['520102.csv', '520103.csv']);
      expect(readFileSync(join(folder, 'out/m.csv'), 'utf8')).not.toMatch(/王五|某街|138001/);
      const [a, h, c, h2] = [number(1), 'A1', number(3), 'A2'].map((n) => byOpenssl(HEX, n));
      expect(readFileSync(join(folder, 'out/roster-520102.csv'), 'utf8')).toBe(
        `person_id,household_id,name,address,phone\n${a},${h},王五,"某街1号, 2单元",13800138001\n${c},${h2},孙七,某街3号,13800138003\n`,
      );
      expect(statSync(join(folder, 'out/roster-520102.csv')).mode & 0o777).toBe(0o600);
    });
    await withCase(async ({ run, left }) => {
      const source = lines('身份证号,county,姓名', `${number(1)},../../x,王五`);
      await expect(run(source, '--column', '身份证号', '--keep', '姓名')).rejects.toMatchObject({
        code: 'rows',
      });
      expect(left()).toEqual([]);
    });
  });

  it('makes what the intake takes', async () => {
    await withHome(async (home) => {
      const [key, source] = [join(home, 'province.key'), join(home, `${MONTH}.csv`)];
      writeFileSync(key, HEX, { mode: 0o400 });
      const header = '学生身份证号,姓名,county,stage,status,aid_year,out_of_pocket_year';
      const rows = Array.from(
        { length: 50 },
        (_, n) => `${number(n)},王五,520102,junior,dropout,,`,
      );
      writeFileSync(source, lines(header, ...rows));
      await doudi(home, [
        ...[
          'pseudonymise',
          source,
          '--key-file',
          key,
          '--out',
          `${home}/inbox/education/enrolment`,
        ],
        ...['--column', '学生身份证号=person_id', '--drop', '姓名'],
      ]);
      const words = ['run', '--month', MONTH, '--inbox', `${home}/inbox`, '--json'];
      const { files } = JSON.parse(await doudi(home, words)) as RunReport;
      expect(files).toMatchObject([{ outcome: 'loaded', rows: 50, quarantined: 0 }]);
      const leads = parseCsv(await doudi(home, ['leads', '--month', MONTH]));
      expect(new Set(leads.map((lead) => lead['person_id']))).toContain(byOpenssl(HEX, number(0)));
    });
  });

  it('overwrites nothing: neither an earlier result nor the source', async () => {
    await withCase(async ({ run, folder, key }) => {
      const source = lines('身份证号,金额', `${number(1)},1`);
      await run(source, '--column', '身份证号');
      await expect(run(source, '--column', '身份证号')).rejects.toMatchObject({ code: 'exists' });
      const words = ['pseudonymise', `${folder}/m.csv`, '--key-file', key, '--column', '身份证号'];
      await expect(doudi(folder, [...words, '--out', folder])).rejects.toMatchObject({
        code: 'exists',
      });
      expect(readFileSync(`${folder}/m.csv`, 'utf8')).toBe(source);
      await doudi(folder, words);
      expect(existsSync(`${folder}/pseudonymised/m.csv`)).toBe(true);
    });
  });

  it('killed before the end leaves no result, and the next one cleans up after it', async () => {
    await withCase(async ({ run, left, folder, key }) => {
      const rows = Array.from({ length: 500 }, (_, n) => `${number(n)},王五`);
      const source = lines('身份证号,姓名', ...rows);
      writeFileSync(`${folder}/m.csv`, source);
      const words = [
        'pseudonymise',
        `${folder}/m.csv`,
        '--key-file',
        key,
        '--out',
        `${folder}/out`,
      ];
      const killed = await spawnDoudi(
        folder,
        [...words, '--column', '身份证号', '--keep', '姓名'],
        { env: { DOUDI_FAILPOINT: 'pseudonymise-before-rename' } },
      );
      expect(killed.signal).toBe('SIGKILL');
      expect(left().filter((name) => !name.startsWith('.'))).toEqual([]);
      await run(source, '--column', '身份证号', '--keep', '姓名');
      expect(left()).toEqual(['m.csv', 'roster.csv']);
    });
  });

  it('says where the quoting breaks and quotes nothing', async () => {
    await withCase(async ({ run, left }) => {
      const source = lines('身份证号,姓名', `${number(1)},王五`, `${number(2)},王"五`);
      await expect(run(source, '--column', '身份证号', '--drop', '姓名')).rejects.toMatchObject({
        code: 'csv',
        message: 'line 3: the quoting breaks',
      });
      expect(left()).toEqual([]);
    });
  });
});

describe('the key', () => {
  it('is made once, for its owner only, and the same in hex and base64', async () => {
    await withCase(async ({ folder, run }) => {
      const file = join(folder, 'new.key');
      const said = JSON.parse(
        await doudi(folder, ['pseudonymise', '--new-key', file, '--json']),
      ) as { key_check: string };
      expect(statSync(file).mode & 0o777).toBe(0o400);
      const hex = readFileSync(file, 'utf8').trim();
      expect(hex).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify(said)).not.toContain(hex);
      await expect(doudi(folder, ['pseudonymise', '--new-key', file])).rejects.toMatchObject({
        code: 'key',
      });
      expect(readFileSync(file, 'utf8').trim()).toBe(hex);
      const base64 = join(folder, 'base64.key');
      writeFileSync(base64, Buffer.from(hex, 'hex').toString('base64'), { mode: 0o600 });
      const result = await run(
        lines('身份证号', number(1)),
        ...['--column', '身份证号', '--key-file', base64],
      );
      expect(result.key_check).toBe(said.key_check);
    });
  });

  it.each([
    ['that others may read', 0o440, HEX, 'others may read'],
    ['that is too short', 0o400, HEX.slice(2), 'not a key'],
    ['that is a text', 0o400, 'a pass phrase that somebody thought of', 'not a key'],
    ['that is empty', 0o400, '', 'not a key'],
  ])('%s is refused and not quoted', async (_what, mode, content, words) => {
    await withFolder(async (folder) => {
      const [key, source] = [join(folder, 'k'), join(folder, 'm.csv')];
      writeFileSync(key, content);
      chmodSync(key, mode);
      writeFileSync(source, lines('身份证号', number(1)));
      const ended = await spawnDoudi(folder, [
        ...['pseudonymise', source, '--key-file', key, '--column', '身份证号'],
      ]);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(words);
      if (content !== '') expect(ended.stderr).not.toContain(content);
      expect(readdirSync(folder).sort()).toEqual(['k', 'm.csv']);
    });
  });

  it('is judged by the file that a link leads to', async () => {
    await withCase(async ({ folder, run }) => {
      const [open, link] = [join(folder, 'open'), join(folder, 'link')];
      writeFileSync(open, HEX);
      chmodSync(open, 0o644);
      symlinkSync(open, link);
      const words = ['--column', '身份证号', '--key-file', link];
      await expect(run(lines('身份证号', number(1)), ...words)).rejects.toMatchObject({
        code: 'key',
      });
    });
  });

  it('is an option that takes a file only; wrong words end with 2', async () => {
    await withFolder(async (folder) => {
      writeFileSync(join(folder, 'm.csv'), lines('身份证号', number(1)));
      for (const words of [
        ['pseudonymise'],
        ['pseudonymise', `${folder}/m.csv`, '--column', '身份证号'],
        ['pseudonymise', `${folder}/m.csv`, '--key-file', 'k'],
        ['pseudonymise', `${folder}/m.csv`, '--key', HEX, '--column', '身份证号'],
      ])
        expect((await spawnDoudi(folder, words)).code).toBe(2);
    });
  });
});
