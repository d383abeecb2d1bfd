/**
 * Where refusal and quarantine begin, versions, and what may be written in several ways; and no value of a person
 * anywhere. Every code of contracts.md section 4 is tried by the corpus (test/acceptance/corpus.test.ts).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withScratch } from '../../store/database.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { csv, deliver, ENROLMENT, home as household, person, pupils } from '../support/inbox.ts';
import { CONFIG, doudi, spawnDoudi, withHome } from '../support/doudi.ts';

const MONTH = '2026-10';
const FILE = `education/enrolment/${MONTH}.csv`;

type File = RunReport['files'][number];

async function ingest(home: string): Promise<RunReport> {
  return JSON.parse(
    await doudi(home, ['run', '--month', MONTH, '--inbox', join(home, 'inbox'), '--json']),
  ) as RunReport;
}

async function take(
  content: string | Buffer,
  path = FILE,
  config = CONFIG,
  manifest?: string,
): Promise<File> {
  return withHome(async (home) => {
    deliver(join(home, 'inbox'), path, content);
    if (manifest !== undefined)
      deliver(join(home, 'inbox'), path.replace(/\.csv$/, '.manifest.json'), manifest);
    const { files } = await ingest(home);
    const [file] = files;
    if (file === undefined) throw new Error('the run reports no file');
    return file;
  }, config);
}

describe('quarantined rows', () => {
  const row = (
    over: Partial<
      Record<
        'person_id' | 'county' | 'stage' | 'status' | 'aid_year' | 'out' | 'graduation',
        string
      >
    >,
  ): string => {
    const r = {
      person_id: person(99),
      county: '520102',
      stage: 'primary',
      status: 'enrolled',
      aid_year: '1',
      out: '2',
      graduation: '',
      ...over,
    };
    return [r.person_id, r.county, r.stage, r.status, r.aid_year, r.out, r.graduation].join(',');
  };
  it('duplicate: an identical row of a state extract counts once', async () => {
    const file = await take(csv(ENROLMENT, [...pupils(3), ...pupils(1), ...pupils(1)]));
    expect(file).toMatchObject({ outcome: 'loaded', rows: 3, quarantined: 2 });
    expect(file.reasons.map(({ code, line }) => [code, line])).toEqual([
      ['duplicate', 5],
      ['duplicate', 6],
    ]);
  });

  it('columns: a row with another number of fields, the lines around it stay right', async () => {
    const file = await take(
      csv(ENROLMENT, [
        ...pupils(25),
        `${person(98)},520102,primary`,
        ...pupils(20, 200),
        row({ status: 'gone' }),
      ]),
    );
    expect(file).toMatchObject({ outcome: 'loaded', rows: 45, quarantined: 2 });
    expect(file.reasons.map(({ code, line }) => [code, line])).toEqual([
      ['columns', 27],
      ['enum', 48],
    ]);
  });

  it('counts physical lines behind quoted line breaks', async () => {
    const header = 'person_id,household_id,county,relation';
    const good = Array.from(
      { length: 30 },
      (_, i) => `${person(i + 1)},${household(1)},520102,"子\n女"`,
    );
    const file = await take(
      csv(header, [...good, `${person(77)},x,520102,`]),
      `civil-affairs/members/${MONTH}.csv`,
    );
    expect(file).toMatchObject({ outcome: 'loaded', rows: 30, quarantined: 1 });
    expect(file.reasons[0]).toMatchObject({ code: 'format', column: 'household_id', line: 62 });
  });
});

describe('refused files', () => {
  const header = `${ENROLMENT},remark`;
  const remark = (text: string, n: number): string[] =>
    pupils(n, 500).map((line) => `${line},${text}`);
  it('two phones are chance, three are a leak', async () => {
    expect(
      await take(csv(header, [...remark('13800138000', 2), ...pupils(20).map((l) => `${l},`)])),
    ).toMatchObject({ outcome: 'loaded' });
  });
  it('exactly the limit of bad rows still loads', async () => {
    expect(
      await take(csv(ENROLMENT, [...pupils(19), `${person(90)},520102,primary,,,,`])),
    ).toMatchObject({ outcome: 'loaded', rows: 19, quarantined: 1 });
  });
  it('manifest: wrong digest, wrong count, no JSON; a right one loads', async () => {
    const content = csv(ENROLMENT, pupils(3));
    const digest = (name: string): string => createHash(name).update(content).digest('hex');
    const manifest = (m: unknown): Promise<File> => take(content, FILE, CONFIG, JSON.stringify(m));
    expect(
      await manifest({
        rows: 3,
        sha256: digest('sha256'),
        sm3: digest('sm3'),
        counties: ['520102'],
      }),
    ).toMatchObject({ outcome: 'loaded' });
    expect(await manifest({ sha256: digest('sm3') })).toMatchObject({ code: 'manifest' });
    expect(await manifest({ sm3: digest('sha256') })).toMatchObject({ code: 'manifest' });
    expect(await manifest({ rows: 4 })).toMatchObject({ code: 'manifest' });
    expect(await take(content, FILE, CONFIG, '{')).toMatchObject({ code: 'manifest' });
  });
  it('wrong-month: a name that is no month, and rows of a later month', async () => {
    expect(await take(csv(ENROLMENT, pupils(3)), 'education/enrolment/2026-13.csv')).toMatchObject({
      code: 'wrong-month',
    });
    const rows = Array.from({ length: 5 }, (_, i) => `${person(i)},520102,flood,2026-11-0${i + 1}`);
    expect(
      await take(
        csv('person_id,county,event,happened_on', rows),
        `emergency/affected/${MONTH}.csv`,
      ),
    ).toMatchObject({ code: 'wrong-month' });
  });
  it('too-large', async () => {
    expect(
      await take(csv(ENROLMENT, pupils(30)), FILE, `${CONFIG}limits: { file_bytes: 500 }\n`),
    ).toMatchObject({ code: 'too-large' });
  });
});

describe('versions', () => {
  it('skips the same bytes, takes other bytes as a new version, and a refused file leaves the month as it was', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      deliver(inbox, FILE, csv(ENROLMENT, pupils(3)));
      expect((await ingest(home)).files[0]).toMatchObject({ outcome: 'loaded', version: 1 });
      const again = await ingest(home);
      expect(again.files[0]).toMatchObject({ outcome: 'skipped', version: 1 });
      expect(again.changed).toBe(false);
      deliver(inbox, FILE, csv(ENROLMENT, pupils(4)));
      expect((await ingest(home)).files[0]).toMatchObject({
        outcome: 'loaded',
        version: 2,
        rows: 4,
      });
      deliver(inbox, FILE, 'x\n');
      const refused = await ingest(home);
      expect(refused.files[0]).toMatchObject({ outcome: 'refused' });
      expect((await ingest(home)).changed).toBe(false);
      expect(
        refused.sources.find(({ source }) => source === 'education/enrolment')?.stands_at,
      ).toBe(MONTH);
      expect(existsSync(join(home, `lake/education/enrolment/month=${MONTH}/v2.parquet`))).toBe(
        true,
      );
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });
  it('waits for a sign-off when nobody named the inbox by hand and there is no manifest', async () => {
    await withHome(async (home) => {
      deliver(join(home, 'drop'), FILE, csv(ENROLMENT, pupils(3)));
      const run = async (): Promise<RunReport> =>
        JSON.parse(await doudi(home, ['run', '--month', MONTH, '--json'])) as RunReport;
      expect((await run()).files[0]).toMatchObject({ outcome: 'waiting', version: null });
      deliver(join(home, 'drop'), FILE.replace('.csv', '.manifest.json'), '{"rows":3}');
      expect((await run()).files[0]).toMatchObject({ outcome: 'loaded', version: 1 });
    }, `${CONFIG}inbox: drop\n`);
  });
});

const dashed = (n: number): string =>
  person(n).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

describe('what may be written in several ways', () => {
  const rows = [
    `${person(1)},520102,小学,在读,500,120.5,2030-07`,
    `${person(2)},520103,高中,辍学,,99,203107`,
  ];
  const aliases = '人员编号,县区代码,学段,学籍状态,年资助金额,年自付金额,毕业年月';
  const plain = csv(aliases, rows);
  const gb = (text: string): Buffer =>
    execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text });
  it.each([
    ['UTF-8', (): Buffer => Buffer.from(plain)],
    ['GB18030 with BOM', (): Buffer => gb(`\uFEFF${plain}`)],
    ['CR', (): Buffer => Buffer.from(plain.replaceAll('\n', '\r'))],
    ['no final line feed', (): Buffer => Buffer.from(plain.trimEnd())],
    ['blank lines', (): Buffer => Buffer.from(plain.replaceAll('\n', '\n\n'))],
    ['quotes everywhere', (): Buffer => Buffer.from(plain.replaceAll(/[^,\n]+/g, '"$&"'))],
    ['blanks around values', (): Buffer => Buffer.from(plain.replaceAll(',', ' ,\u3000'))],
  ])('%s gives the same rows', async (_name, content) => {
    await withHome(async (home) => {
      deliver(join(home, 'inbox'), FILE, content());
      const report = await ingest(home);
      expect(report.files[0]).toMatchObject({ outcome: 'loaded', rows: 2, quarantined: 0 });
      const lake = join(home, `lake/education/enrolment/month=${MONTH}/v1.parquet`);
      const kept = await withScratch({}, (sql) =>
        sql.rows(
          `SELECT * EXCLUDE (line) FROM read_parquet('${lake}', hive_partitioning = false) ORDER BY person_id`,
        ),
      );
      expect(kept).toEqual([
        {
          person_id: dashed(1),
          county: '520102',
          stage: 'primary',
          status: 'enrolled',
          aid_year: '500.00',
          out_of_pocket_year: '120.50',
          graduation_month: '2030-07-01',
        },
        {
          person_id: dashed(2),
          county: '520103',
          stage: 'senior',
          status: 'dropout',
          aid_year: null,
          out_of_pocket_year: '99.00',
          graduation_month: '2031-07-01',
        },
      ]);
    });
  });
});

describe('privacy', () => {
  it('keeps every planted value out of reports, journal and logs', async () => {
    await withHome(async (home) => {
      const canaries = ['CANARY-7f3a', '520102198803121234', '张三丰'];
      const inbox = join(home, 'inbox');
      deliver(
        inbox,
        FILE,
        csv(ENROLMENT, [
          ...pupils(60),
          `${canaries[0] ?? ''},520102,${canaries[2] ?? ''},x,${canaries[1] ?? ''},,`,
        ]),
      );
      deliver(
        inbox,
        `emergency/affected/${MONTH}.csv`,
        csv('person_id,county,event,happened_on', [`${canaries[2] ?? ''},"${canaries[0] ?? ''}`]),
      );
      const ended = await spawnDoudi(home, ['run', '--month', MONTH, '--inbox', inbox, '--json'], {
        env: { DOUDI_LOG: 'trace' },
      });
      expect(ended.code).toBe(0);
      // Everything that the run left behind, byte by byte, but what was handed in.
      const left = readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(inbox))
        .map((entry) => join(entry.parentPath, entry.name));
      expect(left.length).toBeGreaterThan(4);
      for (const canary of canaries) {
        expect(ended.stdout).not.toContain(canary);
        expect(ended.stderr).not.toContain(canary);
        for (const file of left) expect(readFileSync(file).includes(canary)).toBe(false);
      }
    });
  });
});
