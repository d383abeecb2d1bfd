/** The monthly lists: who is on them to the byte, versions exactly once, and nothing beyond the columns of the contract. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { settleLists } from '../../exchange/export.ts';
import { loadLists } from '../../exchange/index.ts';
import { openHome } from '../../core/home.ts';
import { openStore } from '../../store/store.ts';
import {
  CLOCK,
  CONFIG,
  doudi,
  parseCsv,
  PCDI,
  spawnDoudi,
  STANDARD,
  withHome as withProvince,
} from '../support/doudi.ts';
import { deliver, home as household, person } from '../support/inbox.ts';
import { FEW } from '../support/few-counties.ts';
import { madeOnce } from '../support/made-once.ts';
import { listsOracle } from '../support/lists-oracle/index.ts';
import { generate } from '../support/province.ts';
import { writeRandomProvince } from '../support/random-province.ts';

const M = '2025-10';
const BEFORE = '2025-09';
const [NANMING, YUNYAN] = ['520102', '520103'];
const COUNTIES = ['520102', '520103', '520201', '522301'];

const DIVISIONS = `code,name,level,parent
520000,贵州省,province,
520100,贵阳市,prefecture,520000
520200,六盘水市,prefecture,520000
522300,黔西南布依族苗族自治州,prefecture,520000
520102,南明区,county,520100
520103,云岩区,county,520100
520201,钟山区,county,520200
522301,兴义市,county,522300
`;

/** A home whose province has four counties: eighty-eight would only make more of the same files. */
function withHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  return withProvince(async (home) => {
    writeFileSync(join(home, 'divisions.csv'), DIVISIONS);
    return work(home);
  }, `${CONFIG}divisions: divisions.csv\n`);
}

const ASSISTANCE =
  'person_id,household_id,county,township,village,residence,programme,status,status_date,household_size,income_per_capita_year';
const MONITORED =
  'person_id,household_id,county,township,village,category,risk,causes,identified_month,household_size,income_per_capita_year';

interface Aid {
  who: number;
  programme: string;
  status?: string;
  since?: string;
  county?: string;
  at?: number;
  income?: string;
}

const aid = ({ who, programme, status, since, county, at, income }: Aid): string => {
  const place = county ?? NANMING;
  return [
    person(who),
    household(at ?? who),
    place,
    `${place}001`,
    `${place}001201`,
    'rural',
    programme,
    status ?? 'active',
    since ?? '2024-01-01',
    '3',
    income ?? '5000',
  ].join(',');
};

interface Risk {
  who: number;
  risk?: string;
  since?: string;
  county?: string;
  at?: number;
  income?: string;
  causes?: string;
}

const risk = ({ who, risk: state, since, county, at, income, causes }: Risk): string => {
  const place = county ?? NANMING;
  return [
    person(who),
    household(at ?? who),
    place,
    `${place}002`,
    '',
    'unstable',
    state ?? 'open',
    causes ?? 'illness',
    since ?? '2025-01',
    '2',
    income ?? '',
  ].join(',');
};

const sheet = (header: string, rows: readonly string[]): string =>
  `${[header, ...rows].join('\n')}\n`;

/** Delivers the two extracts of a month; null: no such file. */
function month(
  home: string,
  name: string,
  assistance: readonly string[] | null,
  monitored: readonly string[] | null,
): void {
  const inbox = join(home, 'inbox');
  if (assistance !== null)
    deliver(inbox, `civil-affairs/assistance/${name}.csv`, sheet(ASSISTANCE, assistance));
  if (monitored !== null)
    deliver(inbox, `rural-revitalization/monitored/${name}.csv`, sheet(MONITORED, monitored));
}

/** The manifest says which counties an extract speaks for. */
function onlyFor(home: string, path: string, counties: readonly string[]): void {
  deliver(join(home, 'inbox'), `${path}.manifest.json`, JSON.stringify({ counties }));
}

interface Report {
  month: string;
  changed: boolean;
  put_back: number;
  lists: {
    list: string;
    recipient: string;
    counties: number;
    rows: number;
    changed_files: number;
  }[];
  not_exported: { list: string; county: string; missing: string }[];
  damaged: { file: string; fault: string }[];
}

const run = (home: string, name = M): Promise<string> =>
  doudi(home, ['run', '--month', name, '--inbox', join(home, 'inbox'), '--json']);

/** A home whose small month was run, made once: each test has a copy. */
const smallAndRun = madeOnce((home) => {
  small(home);
  return run(home);
});

const lists = async (home: string, name = M): Promise<Report> =>
  JSON.parse(await doudi(home, ['lists', 'export', '--month', name, '--json'])) as Report;

const fileOf = (county: string, recipient: string, list: string, version = 1, name = M): string =>
  `exports/${name}/${county}/${recipient}/${list}-v${version}.csv`;

const read = (home: string, file: string): string => readFileSync(join(home, file), 'utf8');

const RECIPIENT: Record<string, string> = {
  'new-basic': 'rural-revitalization',
  'new-monitored': 'civil-affairs',
  'direct-marginal': 'rural-revitalization',
  'suspected-uncovered': 'civil-affairs',
  'full-education': 'education',
  'full-medical': 'medical-insurance',
};

/** A list's lines without the header. */
const linesOf = (home: string, list: string, county: string = NANMING, version = 1): string[] =>
  read(home, fileOf(county, RECIPIENT[list] ?? '', list, version))
    .trimEnd()
    .split('\n')
    .slice(1);

/** The persons on a list, as the numbers they were made from. */
const onList = (home: string, list: string, county: string = NANMING, version = 1): number[] =>
  linesOf(home, list, county, version).map((line) => parseInt(line.slice(0, 32), 16));

/** Every file below a folder, `path` and content; the names alone tell what is there. */
function tree(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

const digest = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text, 'utf8').digest('hex');

/** A month in which everything happens that a list tells apart. */
function small(home: string): void {
  month(
    home,
    BEFORE,
    [
      aid({ who: 1, programme: 'rural_dibao' }),
      aid({ who: 2, programme: 'rural_dibao', status: 'exited', since: '2025-08-01' }),
      aid({ who: 3, programme: 'orphan' }),
      aid({ who: 4, programme: 'rural_dibao', county: YUNYAN }),
      aid({ who: 5, programme: 'rural_dibao', status: 'applied' }),
      aid({ who: 6, programme: 'temporary_aid' }),
      aid({ who: 8, programme: 'marginal' }),
    ],
    [
      risk({ who: 17 }),
      risk({ who: 18, risk: 'eliminated' }),
      risk({ who: 20, county: YUNYAN }),
      risk({ who: 21, at: 1 }),
    ],
  );
  month(
    home,
    M,
    [
      // Handed in out of order, and the last one twice.
      aid({ who: 9, programme: 'tekun_dispersed', county: YUNYAN, since: '2025-10-09' }),
      aid({ who: 7, programme: 'rural_dibao', since: '2025-10-08' }),
      aid({ who: 7, programme: 'orphan', since: '2025-10-08' }),
      aid({ who: 1, programme: 'rural_dibao' }),
      aid({ who: 2, programme: 'rural_dibao', since: '2025-10-02' }),
      aid({ who: 3, programme: 'orphan' }),
      aid({ who: 3, programme: 'urban_dibao', since: '2025-10-03' }),
      aid({ who: 4, programme: 'rural_dibao', since: '2025-10-04' }),
      aid({ who: 5, programme: 'rural_dibao', status: 'grace', since: '2025-10-05' }),
      aid({ who: 6, programme: 'temporary_aid', since: '2025-10-06' }),
      aid({ who: 8, programme: 'rural_dibao', since: '2020-10-08' }),
      aid({ who: 10, programme: 'marginal', since: '2025-10-10' }),
      aid({ who: 11, programme: 'rural_dibao', status: 'refused' }),
      aid({ who: 12, programme: 'rigid_expenditure' }),
      aid({ who: 19, programme: 'temporary_aid', since: '2025-10-06' }),
      aid({ who: 7, programme: 'rural_dibao', since: '2025-10-08', income: '4000' }),
      aid({ who: 7, programme: 'rural_dibao', since: '2025-10-08', income: '4000' }),
    ],
    [
      risk({ who: 17, income: '7000.5' }),
      risk({ who: 18, causes: 'schooling;illness', income: '' }),
      risk({ who: 19, since: '2025-10' }),
      risk({ who: 20 }),
      risk({ who: 21, at: 1 }),
      risk({ who: 22, risk: 'eliminated', since: '2025-10' }),
      risk({ who: 8, since: '2025-10' }),
    ],
  );
}

const P = person;
const H = household;

describe('the lists of a month', () => {
  it('hold whom the contract says, to the byte', async () => {
    await withHome(async (home) => {
      await smallAndRun(home);
      const report = await lists(home);
      expect(report).toMatchObject({ month: M, changed: true, not_exported: [], damaged: [] });
      expect(read(home, fileOf(NANMING, 'rural-revitalization', 'new-basic'))).toBe(
        `person_id,household_id,township,village,programme,status_date
${P(2)},${H(2)},520102001,520102001201,rural_dibao,2025-10-02
${P(5)},${H(5)},520102001,520102001201,rural_dibao,2025-10-05
${P(7)},${H(7)},520102001,520102001201,orphan,2025-10-08
${P(7)},${H(7)},520102001,520102001201,rural_dibao,2025-10-08
${P(8)},${H(8)},520102001,520102001201,rural_dibao,2020-10-08
`,
      );
      expect(read(home, fileOf(YUNYAN, 'rural-revitalization', 'new-basic'))).toBe(
        `person_id,household_id,township,village,programme,status_date
${P(9)},${H(9)},520103001,520103001201,tekun_dispersed,2025-10-09
`,
      );
      expect(read(home, fileOf(NANMING, 'civil-affairs', 'new-monitored'))).toBe(
        `person_id,household_id,township,village,category,causes,identified_month
${P(8)},${H(8)},520102002,,unstable,illness,2025-10
${P(18)},${H(18)},520102002,,unstable,illness;schooling,2025-01
${P(19)},${H(19)},520102002,,unstable,illness,2025-10
`,
      );
      const full = `person_id,township,programme,status_date
${P(1)},520102001,rural_dibao,2024-01-01
${P(2)},520102001,rural_dibao,2025-10-02
${P(3)},520102001,orphan,2024-01-01
${P(3)},520102001,urban_dibao,2025-10-03
${P(4)},520102001,rural_dibao,2025-10-04
${P(5)},520102001,rural_dibao,2025-10-05
${P(7)},520102001,orphan,2025-10-08
${P(7)},520102001,rural_dibao,2025-10-08
${P(8)},520102001,rural_dibao,2020-10-08
${P(10)},520102001,marginal,2025-10-10
`;
      for (const [list, recipient] of [
        ['full-education', 'education'],
        ['full-employment', 'human-resources'],
        ['full-housing', 'housing'],
        ['full-emergency', 'emergency'],
        ['full-medical', 'medical-insurance'],
      ] as const)
        expect(read(home, fileOf(NANMING, recipient, list))).toBe(full);
      for (const bureau of ['civil-affairs', 'rural-revitalization'])
        expect(read(home, fileOf(NANMING, bureau, 'direct-marginal'))).toBe(
          `person_id,household_id,township,category,identified_month
${P(17)},${H(17)},520102002,unstable,2025-01
${P(18)},${H(18)},520102002,unstable,2025-01
${P(19)},${H(19)},520102002,unstable,2025-10
${P(20)},${H(20)},520102002,unstable,2025-01
`,
        );
      // 19 has temporary aid and 8 dibao; 21 shares the home, and the income, of 1 but is in no programme.
      expect(read(home, fileOf(NANMING, 'civil-affairs', 'suspected-uncovered'))).toBe(
        `person_id,household_id,township,category,income,reason
${P(17)},${H(17)},520102002,unstable,7000.50,
${P(18)},${H(18)},520102002,unstable,,
${P(20)},${H(20)},520102002,unstable,,
${P(21)},${H(1)},520102002,unstable,5000.00,
`,
      );
      // A county in which nothing happened answers with a header: a zero report.
      expect(read(home, fileOf('520201', 'education', 'full-education'))).toBe(
        'person_id,township,programme,status_date\n',
      );
      expect(report.lists.map(({ list }) => list)).toHaveLength(10);
      for (const { counties, changed_files } of report.lists)
        expect([counties, changed_files]).toEqual([COUNTIES.length, COUNTIES.length]);
      expect(tree(join(home, 'exports')).size).toBe(10 * COUNTIES.length * 2);
    });
  });

  it('say in a manifest what they are, and its digests are those of the file', async () => {
    await withHome(async (home) => {
      await smallAndRun(home);
      await lists(home);
      const file = fileOf(NANMING, 'rural-revitalization', 'new-basic');
      const text = read(home, file);
      expect(JSON.parse(read(home, file.replace('.csv', '.manifest.json')))).toEqual({
        list: 'new-basic',
        title: '新增基本生活救助对象名单',
        kind: 'new',
        month: M,
        county: NANMING,
        county_name: '南明区',
        from: 'civil-affairs',
        to: 'rural-revitalization',
        version: 1,
        rows: 5,
        columns: ['person_id', 'household_id', 'township', 'village', 'programme', 'status_date'],
        sha256: digest('sha256', text),
        sm3: digest('sm3', text),
        clause: { doc: '黔民发〔2023〕2号', clause: '二（三）三', requirement: 'R48' },
        purpose: '作为乡村振兴部门开展防止返贫监测的线索。',
        replaces: null,
        added: 5,
        removed: 0,
        changed: 0,
        produced_at: '2026-11-05T09:00:00+08:00',
      });
      for (const [name, content] of tree(join(home, 'exports'))) {
        if (!name.endsWith('.manifest.json')) continue;
        const list = read(home, join('exports', name.replace('.manifest.json', '.csv')));
        const manifest = JSON.parse(content) as { sha256: string; sm3: string; rows: number };
        expect(manifest).toMatchObject({
          sha256: digest('sha256', list),
          sm3: digest('sm3', list),
          rows: list.trimEnd().split('\n').length - 1,
        });
      }
    });
  });

  it('go by the date of the row where the month before is missing', async () => {
    await withHome(async (home) => {
      const [rows, open] = [
        [
          aid({ who: 1, programme: 'rural_dibao', since: '2025-10-01' }),
          aid({ who: 2, programme: 'rural_dibao', since: '2025-09-30' }),
          aid({ who: 3, programme: 'orphan', since: '2025-10-31' }),
        ],
        [
          risk({ who: 11, since: '2025-10' }),
          risk({ who: 12, since: '2025-09' }),
          risk({ who: 13, since: '2024-10' }),
        ],
      ];
      month(home, M, rows, open);
      await run(home);
      await lists(home);
      expect(onList(home, 'new-basic')).toEqual([1, 3]);
      expect(onList(home, 'new-monitored')).toEqual([11]);
    });
  });

  it('go by the date in a county that the month before leaves out, and by the month elsewhere', async () => {
    await withHome(async (home) => {
      month(
        home,
        BEFORE,
        [aid({ who: 1, programme: 'rural_dibao' })],
        [risk({ who: 11 }), risk({ who: 12 })],
      );
      onlyFor(home, `civil-affairs/assistance/${BEFORE}`, [NANMING]);
      onlyFor(home, `rural-revitalization/monitored/${BEFORE}`, [NANMING]);
      month(
        home,
        M,
        [
          // Known the month before in the other county: not new, whatever the date.
          aid({ who: 1, programme: 'rural_dibao', county: YUNYAN, since: '2025-10-01' }),
          aid({ who: 2, programme: 'rural_dibao', since: '2020-01-01' }),
          aid({ who: 3, programme: 'rural_dibao', county: YUNYAN, since: '2025-10-03' }),
          aid({ who: 4, programme: 'rural_dibao', county: YUNYAN, since: '2025-09-03' }),
        ],
        [
          risk({ who: 11, county: YUNYAN, since: '2025-10' }),
          risk({ who: 12 }),
          risk({ who: 13, since: '2019-01' }),
          risk({ who: 14, county: YUNYAN, since: '2025-10' }),
          risk({ who: 15, county: YUNYAN, since: '2025-08' }),
        ],
      );
      await run(home);
      await lists(home);
      expect(onList(home, 'new-basic')).toEqual([2]);
      expect(onList(home, 'new-basic', YUNYAN)).toEqual([3]);
      expect(onList(home, 'new-monitored')).toEqual([13]);
      expect(onList(home, 'new-monitored', YUNYAN)).toEqual([14]);
    });
  });

  it('are not made where a dataset is missing, and the report says where', async () => {
    await withHome(async (home) => {
      month(home, M, [aid({ who: 1, programme: 'rural_dibao' })], [risk({ who: 11 })]);
      onlyFor(
        home,
        `rural-revitalization/monitored/${M}`,
        COUNTIES.filter((county) => county !== YUNYAN),
      );
      await run(home);
      const report = await lists(home);
      const missing = `rural-revitalization/monitored ${M}`;
      expect(report.not_exported).toEqual(
        ['direct-marginal', 'new-monitored', 'suspected-uncovered'].map((list) => ({
          list,
          county: YUNYAN,
          missing,
        })),
      );
      expect(existsSync(join(home, fileOf(YUNYAN, 'civil-affairs', 'new-monitored')))).toBe(false);
      expect(existsSync(join(home, fileOf(YUNYAN, 'education', 'full-education')))).toBe(true);
      expect(onList(home, 'suspected-uncovered')).toEqual([11]);
    });
  });

  it('of a month without a whole dataset leave out all lists that need it', async () => {
    await withHome(async (home) => {
      month(home, M, null, [risk({ who: 11 })]);
      await run(home);
      const report = await lists(home);
      const made = new Set(
        report.lists.filter(({ counties }) => counties > 0).map(({ list }) => list),
      );
      expect([...made]).toEqual(['new-monitored']);
      expect(report.not_exported).toHaveLength(8 * COUNTIES.length);
      expect(report.not_exported[0]).toEqual({
        list: 'direct-marginal',
        county: COUNTIES[0],
        missing: `civil-affairs/assistance ${M}`,
      });
      expect(
        [...tree(join(home, 'exports')).keys()].every((n) => n.includes('new-monitored')),
      ).toBe(true);
    });
  });

  it('name direct recognition no longer when its clause has ended', async () => {
    await withHome(async (home) => {
      month(home, '2026-01', [], [risk({ who: 11 })]);
      await run(home, '2026-01');
      await lists(home, '2026-01');
      const file = fileOf(NANMING, 'civil-affairs', 'direct-marginal', 1, '2026-01');
      expect(read(home, file).trimEnd().split('\n')).toHaveLength(1);
    });
  });
});

const journal = (home: string): string => read(home, 'journal.jsonl');

const verified = async (home: string): Promise<string> => {
  const result = JSON.parse(await doudi(home, ['verify', '--json'])) as {
    faults: string[];
    state: string;
  };
  expect(result.faults).toEqual([]);
  return result.state;
};

describe('versions of a list', () => {
  it('go out once: the second export changes nothing and says so', async () => {
    await withHome(async (home) => {
      await smallAndRun(home);
      await lists(home);
      const [before, files] = [journal(home), tree(join(home, 'exports'))];
      const again = await lists(home);
      expect(again).toMatchObject({ changed: false, put_back: 0, damaged: [] });
      expect(again.lists.every(({ changed_files }) => changed_files === 0)).toBe(true);
      expect(again.lists.every(({ counties }) => counties === COUNTIES.length)).toBe(true);
      expect(journal(home)).toBe(before);
      expect(tree(join(home, 'exports'))).toEqual(files);
      await verified(home);
    });
  });

  it('after a correction count on, leave the old ones alone and count the difference', async () => {
    await withHome(async (home) => {
      const rows = [1, 2, 3, 4].map((who) => aid({ who, programme: 'rural_dibao' }));
      month(home, M, rows, []);
      await run(home);
      await lists(home);
      const first = tree(join(home, 'exports'));
      // 1 is gone, 2 reads otherwise, 3 stays and is in a second programme, 5 and 6 are new.
      month(
        home,
        M,
        [
          aid({ who: 2, programme: 'rural_dibao', since: '2024-02-02' }),
          aid({ who: 3, programme: 'rural_dibao' }),
          aid({ who: 3, programme: 'orphan' }),
          aid({ who: 4, programme: 'rural_dibao' }),
          aid({ who: 5, programme: 'marginal' }),
          aid({ who: 6, programme: 'marginal' }),
        ],
        null,
      );
      await run(home);
      const report = await lists(home);
      const full = report.lists.filter(({ list }) => list.startsWith('full-'));
      expect(full.map(({ changed_files, rows: n }) => [changed_files, n])).toEqual(
        Array.from({ length: 5 }, () => [1, 6]),
      );
      const second = tree(join(home, 'exports'));
      for (const [name, content] of first) expect(second.get(name)).toBe(content);
      expect(second.size).toBe(first.size + 5 * 2);
      const file = fileOf(NANMING, 'education', 'full-education', 2);
      expect(JSON.parse(read(home, file.replace('.csv', '.manifest.json')))).toMatchObject({
        version: 2,
        replaces: 1,
        rows: 6,
        added: 3,
        removed: 1,
        changed: 1,
        sha256: digest('sha256', read(home, file)),
      });
      expect(await lists(home)).toMatchObject({ changed: false });
      await verified(home);
    });
  });

  it('compare well from and to an empty list', async () => {
    await withHome(async (home) => {
      const counts = (version: number): unknown => {
        const file = fileOf(NANMING, 'education', 'full-education', version);
        const manifest = JSON.parse(read(home, file.replace('.csv', '.manifest.json'))) as Record<
          string,
          number
        >;
        return [manifest['rows'], manifest['added'], manifest['removed'], manifest['changed']];
      };
      const some = [1, 2].map((who) => aid({ who, programme: 'orphan' }));
      for (const rows of [[], some, [aid({ who: 9, programme: 'rigid_expenditure' })]]) {
        month(home, M, rows, null);
        await run(home);
        await lists(home);
      }
      expect([1, 2, 3].map(counts)).toEqual([
        [0, 0, 0, 0],
        [2, 2, 0, 0],
        [0, 0, 2, 0],
      ]);
    });
  });

  interface Undisturbed {
    readonly files: Map<string, string>;
    readonly state: string;
    readonly records: number;
  }
  const records = (home: string): number => journal(home).split('\n').length;
  let undisturbed: Undisturbed;
  beforeAll(async () => {
    undisturbed = await withHome(async (home) => {
      await smallAndRun(home);
      await lists(home);
      return {
        files: tree(join(home, 'exports')),
        state: await verified(home),
        records: records(home),
      };
    });
  });

  it.each([
    'lists-after-stage',
    'decision-after-settle',
    'journal-before-append',
    'journal-after-append',
    'ledger-before-commit',
    'lists-after-record',
    'lists-after-move',
    'lists-after-move:20',
  ])('killed at %s end as the undisturbed export', async (point) => {
    await withHome(async (home) => {
      await smallAndRun(home);
      const words = ['lists', 'export', '--month', M, '--json'];
      const killed = await spawnDoudi(home, words, { env: { DOUDI_FAILPOINT: point } });
      expect(killed.signal).toBe('SIGKILL');
      expect((await lists(home)).changed).toBe(true);
      expect(tree(join(home, 'exports'))).toEqual(undisturbed.files);
      expect(await verified(home)).toBe(undisturbed.state);
      expect(records(home)).toBe(undisturbed.records);
      expect(await lists(home)).toMatchObject({ changed: false });
    });
  });

  it('interrupted before a correction still go out as they were noted', async () => {
    await withHome(async (home) => {
      month(home, M, [aid({ who: 1, programme: 'orphan' })], []);
      await run(home);
      const words = ['lists', 'export', '--month', M];
      await spawnDoudi(home, words, { env: { DOUDI_FAILPOINT: 'lists-after-record' } });
      month(home, M, [aid({ who: 2, programme: 'orphan' })], null);
      await run(home);
      await lists(home);
      expect(onList(home, 'full-education')).toEqual([1]);
      expect(onList(home, 'full-education', NANMING, 2)).toEqual([2]);
      await verified(home);
    });
  });

  it('left behind by a killed export are put into place at a start too', async () => {
    await withHome(async (home) => {
      await smallAndRun(home);
      const words = ['lists', 'export', '--month', M];
      await spawnDoudi(home, words, { env: { DOUDI_FAILPOINT: 'lists-after-record' } });
      expect(existsSync(join(home, fileOf(NANMING, 'education', 'full-education')))).toBe(false);
      const store = await openStore(openHome(home), CLOCK);
      try {
        expect(await settleLists(store)).toEqual({ moved: 10 * COUNTIES.length, lost: [] });
        expect(await settleLists(store)).toEqual({ moved: 0, lost: [] });
      } finally {
        await store.close();
      }
      expect(onList(home, 'new-basic')).toEqual([2, 5, 7, 7, 8]);
      expect(readdirSync(join(home, 'exports/.staging'))).toEqual([]);
      expect(await lists(home)).toMatchObject({ changed: false });
    });
  });

  it('that somebody deleted are made again; what cannot be is named', async () => {
    await withHome(async (home) => {
      month(home, M, [aid({ who: 1, programme: 'orphan' })], [risk({ who: 11 })]);
      await run(home);
      await lists(home);
      month(home, M, [aid({ who: 2, programme: 'orphan' })], null);
      await run(home);
      await lists(home);
      const files = tree(join(home, 'exports'));
      const [old, newest] = [1, 2].map((v) => fileOf(NANMING, 'education', 'full-education', v));
      const before = journal(home);
      rmSync(join(home, newest ?? ''));
      rmSync(
        join(home, fileOf(YUNYAN, 'housing', 'full-housing').replace('.csv', '.manifest.json')),
      );
      expect(await lists(home)).toMatchObject({ changed: true, put_back: 2, damaged: [] });
      expect(tree(join(home, 'exports'))).toEqual(files);
      rmSync(join(home, old ?? ''));
      appendFileSync(join(home, newest ?? ''), 'x\n');
      expect(await lists(home)).toMatchObject({
        changed: false,
        damaged: [
          { file: old, fault: 'missing' },
          { file: newest, fault: 'altered' },
        ],
      });
      expect(journal(home)).toBe(before);
    });
  });
});

describe('doudi lists export', () => {
  it('needs the month to have been run, and says so', async () => {
    await withHome(async (home) => {
      await expect(lists(home)).rejects.toMatchObject({
        code: 'not-run',
        fix: `doudi run --month ${M}`,
      });
      await smallAndRun(home);
      // A correction that was taken in by a run that died: this month's warnings do not know it yet.
      month(home, M, [aid({ who: 1, programme: 'orphan' })], null);
      const killed = await spawnDoudi(home, ['run', '--month', M, '--inbox', join(home, 'inbox')], {
        env: { DOUDI_FAILPOINT: 'ledger-after-commit' },
      });
      expect(killed.signal).toBe('SIGKILL');
      await expect(lists(home)).rejects.toMatchObject({ code: 'not-run' });
      // The run of a later month evaluates this one again.
      month(home, '2025-11', [], []);
      await run(home, '2025-11');
      await lists(home);
      expect(onList(home, 'full-education')).toEqual([1]);
    });
  });

  it('makes deleted work files again', async () => {
    await withHome(async (home) => {
      await smallAndRun(home);
      rmSync(join(home, 'work'), { recursive: true });
      await lists(home);
      expect(linesOf(home, 'suspected-uncovered')[0]).toBe(
        `${P(17)},${H(17)},520102002,unstable,7000.50,`,
      );
    });
  });

  it.each([
    [[], 'usage'],
    [['import', '--month', M], 'usage'],
    [['export'], 'usage'],
    [['export', '--month', '2025-13'], 'usage'],
    [['export', 'twice', '--month', M], 'usage'],
  ])('refuses %j as wrong usage', async (words, code) => {
    await withHome(async (home) => {
      await expect(doudi(home, ['lists', ...words])).rejects.toMatchObject({ code, exitCode: 2 });
    });
  });

  it('shows people what went out and what did not', async () => {
    await withHome(async (home) => {
      month(home, M, [aid({ who: 1, programme: 'orphan' })], null);
      await run(home);
      const text = await doudi(home, ['lists', 'export', '--month', M]);
      expect(text).toMatch(/full-education +education +1 +4 +4/);
      expect(text).toContain(
        `not exported in 4 counties · new-monitored: rural-revitalization/monitored ${M} is missing`,
      );
      expect(text).toContain(`exports/${M}/`);
    });
  });
});

describe('free text on a list', () => {
  const REASONS: readonly (readonly [string, string])[] = [
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    [' =1', `' =1`],
    ['\uFEFF=1', `'\uFEFF=1`],
    ['"=1', `"'""=1"`],
    ['＝1', `'＝1`],
    ['＋1', `'＋1`],
    ['－1', `'－1`],
    ['＠1', `'＠1`],
    ['收入超标，见黔民发〔2023〕2号', '收入超标，见黔民发〔2023〕2号'],
    ['a,b', '"a,b"'],
    ['身份证52010219900101123X，电话13800001111', '身份证［号码略］，电话［号码略］'],
    ['５２０１０２１９９００１０１１２３４', '［号码略］'],
  ];

  it('is no formula and no number of a person, and a lead’s answer is the next version', async () => {
    await withHome(async (home) => {
      const homes = REASONS.map((_, i) => 100 + i);
      month(
        home,
        M,
        [],
        homes.map((who) => risk({ who })),
      );
      await run(home);
      await lists(home);
      const leads = parseCsv(await doudi(home, ['leads', '--month', M]));
      for (const [index, [reason]] of REASONS.entries()) {
        const lead = leads.find(({ household_id }) => household_id === household(100 + index));
        // A value that begins with a hyphen must be tied to its option.
        await doudi(home, [
          'leads',
          'close',
          lead?.['lead_id'] ?? '',
          '--outcome',
          'unfounded',
          `--reason=${reason}`,
          '--month',
          M,
        ]);
      }
      expect(await lists(home)).toMatchObject({ changed: true });
      expect(
        read(home, fileOf(NANMING, 'civil-affairs', 'suspected-uncovered', 2))
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split('unstable,,')[1]),
      ).toEqual(REASONS.map(([, cell]) => cell));
    });
  });

  it('is the newest answer’s, and empty when that answer was help', async () => {
    await withHome(async (home) => {
      month(home, M, [], [risk({ who: 1 }), risk({ who: 2 })]);
      await run(home);
      const leads = parseCsv(await doudi(home, ['leads', '--month', M]));
      for (const [who, outcome] of [
        [1, 'not_eligible'],
        [2, 'assisted'],
      ] as const) {
        const lead = leads.find(({ household_id }) => household_id === household(who));
        const words = ['--outcome', outcome, '--reason', '收入已达标', '--clause', '二（一）'];
        await doudi(home, ['leads', 'close', lead?.['lead_id'] ?? '', ...words]);
      }
      await lists(home);
      expect(linesOf(home, 'suspected-uncovered').map((line) => line.split(',')[5])).toEqual([
        '收入已达标',
        '',
      ]);
    });
  });
});

const PARAMETERS = [
  { name: 'dibao-standard', where: { residence: 'rural' }, value: STANDARD.rural },
  { name: 'dibao-standard', where: { residence: 'urban' }, value: STANDARD.urban },
  { name: 'disposable-income', value: PCDI },
].map((parameter) => ({ region: '520000', from: '2023-01-01', ...parameter }));

/** Every file of the month and every gap is the oracle's. @returns the rows of all lists */
async function agree(
  home: string,
  inbox: string,
  name: string,
  counties: readonly string[],
): Promise<number> {
  const expected = listsOracle({
    inbox,
    month: name,
    province: '520000',
    parameters: PARAMETERS,
    counties,
  });
  const report = await lists(home, name);
  const gap = (g: Report['not_exported'][number]): string => `${g.list} ${g.county} ${g.missing}`;
  expect(report.not_exported.map(gap).sort()).toEqual([...expected.notExported].sort());
  const found = new Map(
    [...tree(join(home, 'exports', name))]
      .filter(([path]) => path.endsWith('-v1.csv'))
      .map(([path, text]) => [path.replace('-v1.csv', ''), text]),
  );
  expect([...found.keys()].sort()).toEqual([...expected.files.keys()].sort());
  const wrong = [...expected.files].filter(([path, text]) => found.get(path) !== text);
  expect(wrong.slice(0, 3).map(([path, text]) => [path, found.get(path), text])).toEqual([]);
  return report.lists.reduce((sum, { rows }) => sum + rows, 0);
}

describe('an independent reading of the contract agrees', () => {
  it('on a generated province, and nothing but the columns of the lists leaves it', async () => {
    await withProvince(async (home) => {
      const inbox = await generate(home, { persons: 3000, months: '2025-09..2025-10', seed: 11 });
      for (const name of [BEFORE, M]) {
        await run(home, name);
        expect(await agree(home, inbox, name, FEW)).toBeGreaterThan(300);
      }
      const headers = new Map((await loadLists()).map(({ id, columns }) => [id, columns]));
      for (const [path, text] of tree(join(home, 'exports'))) {
        if (!path.endsWith('.csv')) continue;
        const id = /([a-z-]+)-v\d+\.csv$/.exec(path)?.[1] ?? '';
        expect(text.slice(0, text.indexOf('\n'))).toBe(
          Object.keys(headers.get(id) ?? {}).join(','),
        );
        // No identity number, card or telephone: outside the ids no run of digits is longer than a village's code.
        expect(text.replace(/\b[0-9a-f]{32}\b/g, '')).not.toMatch(/\d{13}|\b1[3-9]\d{9}\b/);
      }
      await verified(home);
    });
  });

  it.each([
    { seed: 21, months: ['2025-09', '2025-10'] },
    { seed: 22, months: ['2025-12', '2026-01'] },
    { seed: 23, months: ['2025-10'] },
    // The county that an extract leaves out moves with the seed: assistance and monitored, at M and before.
    { seed: 11, months: ['2025-09', '2025-10'], manifests: true },
    { seed: 13, months: ['2025-09', '2025-10'], manifests: true },
    { seed: 10, months: ['2025-09', '2025-10'], manifests: true },
    { seed: 12, months: ['2025-09', '2025-10'], manifests: true },
    { seed: 24, months: ['2025-09', '2025-10'], missing: ['civil-affairs/assistance/2025-09'] },
  ])(
    'on the random province of seed $seed, $months',
    async ({ seed, months, manifests, missing }) => {
      await withHome(async (home) => {
        const inbox = join(home, 'inbox');
        writeRandomProvince({
          dir: inbox,
          seed,
          homes: 250,
          months,
          counties: COUNTIES,
          standard: STANDARD,
          pcdi: PCDI,
          manifests,
          missing,
        });
        const name = months.at(-1) ?? '';
        await run(home, name);
        expect(await agree(home, inbox, name, COUNTIES)).toBeGreaterThan(300);
      });
    },
  );
});

describe('every list', async () => {
  const all = await loadLists();

  it('of the contract is there', () => {
    expect(all.map(({ id }) => id)).toEqual([
      'direct-marginal',
      'full-education',
      'full-emergency',
      'full-employment',
      'full-housing',
      'full-medical',
      'new-basic',
      'new-monitored',
      'suspected-uncovered',
    ]);
  });

  it.each(all)('$id is whole', (list) => {
    const columns = Object.keys(list.columns);
    expect(columns[0]).toBe('person_id');
    expect(list.columns['person_id']).toBe('id');
    expect(columns.every((name) => /^[a-z_]+$/.test(name))).toBe(true);
    expect(list.title).toMatch(/\p{Script=Han}/u);
    expect(list.purpose).toMatch(/^\p{Script=Han}[^。]*。$/u);
    expect(list.recipients.length).toBeGreaterThan(0);
    expect(new Set(list.recipients).size).toBe(list.recipients.length);
    expect(list.recipients).not.toContain(list.from);
    expect(list.clause.doc).not.toBe('');
    expect(list.clause.clause).not.toBe('');
    expect(list.clause.requirement).toMatch(/^R\d+$/);
    expect(list.needs.length).toBeGreaterThan(0);
    expect(list.needs.every((source) => /^[a-z-]+\/[a-z-]+$/.test(source))).toBe(true);
  });
});
