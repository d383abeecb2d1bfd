/**
 * Departments send late, in any order, twice, and correct or take back what they sent: what stands in the end depends on
 * what was sent last and on nothing else, and what was said before can still be asked for. `DOUDI_ORDERS` raises the
 * number of random orders for a long suite.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '../../core/clock.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { CONFIG, doudi, parseCsv, spawnDoudi, withFolder, withHome } from '../support/doudi.ts';
import { withFewCounties } from '../support/few-counties.ts';
import { generate } from '../support/province.ts';
import { standing, verified, withStore } from '../support/state.ts';

const ORDERS = Number(process.env['DOUDI_ORDERS'] ?? 1);
const MONTHS = ['2025-08', '2025-09', '2025-10'] as const;
const [FIRST, , LAST] = MONTHS;

/** The same sequence for the same seed (Park and Miller). */
function* numbers(seed: number): Generator<number, never> {
  for (let x = (seed * 48271) % 2147483647; ; x = (x * 48271) % 2147483647) yield x / 2147483647;
}

interface Sent {
  readonly path: string;
  readonly content: string;
}

const root = join(process.env['TMPDIR'] ?? '/tmp', `doudi-versions-${process.pid}`);
/** Each extract as it was sent first, and those that were corrected later. */
const first: Sent[] = [];
const corrected: Sent[] = [];

/** A later delivery that changes what the rules say: the first half of the rows is gone. */
function correct({ path, content }: Sent): Sent {
  const [header = '', ...rows] = content.trimEnd().split('\n');
  return { path, content: `${[header, ...rows.slice(Math.ceil(rows.length / 2))].join('\n')}\n` };
}

function withTrialSettings(home: string): void {
  writeFileSync(join(home, 'doudi.yaml'), CONFIG);
  withFewCounties(home);
}

beforeAll(async () => {
  mkdirSync(root, { recursive: true });
  withTrialSettings(root);
  const inbox = await generate(root, { persons: 1200, months: `${FIRST}..${LAST}`, seed: 5 });
  for (const path of readdirSync(inbox, { recursive: true, encoding: 'utf8' }).sort())
    if (/^[a-z-]+\/[a-z-]+\/\d{4}-\d{2}\.csv$/.test(path))
      first.push({ path, content: readFileSync(join(inbox, path), 'utf8') });
  for (const wanted of [
    `medical-insurance/settlements/${FIRST}.csv`,
    `civil-affairs/assistance/${LAST}.csv`,
    `disabled-federation/certificates/${FIRST}.csv`,
    `cross-check/facts/2025-09.csv`,
  ])
    corrected.push(...first.filter(({ path }) => path === wanted).map(correct));
  expect(corrected).toHaveLength(4);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The correction of one dataset. */
function of(dataset: string): Sent {
  const sent = corrected.find(({ path }) => path.startsWith(dataset));
  if (sent === undefined) throw new Error(`nothing of ${dataset} is corrected`);
  return sent;
}

function send(inbox: string, { path, content }: Sent): void {
  mkdirSync(dirname(join(inbox, path)), { recursive: true });
  writeFileSync(join(inbox, path), content);
}

async function run(
  home: string,
  month: string,
  at = '2026-11-05T09:00:00+08:00',
): Promise<RunReport> {
  const words = ['run', '--month', month, '--inbox', join(home, 'inbox'), '--json'];
  return JSON.parse(await doudi(home, words, fixedClock(at))) as RunReport;
}

let made: string | null = null;

/** A home with the months run in their order on what was sent first: made once, and copied after that. */
async function inOrder(home: string): Promise<void> {
  if (made !== null) {
    cpSync(made, home, { recursive: true });
    return;
  }
  withTrialSettings(home);
  for (const sent of first) send(join(home, 'inbox'), sent);
  for (const month of MONTHS) await run(home, month, '2025-11-05T09:00:00+08:00');
  const kept = join(root, 'in-order');
  cpSync(home, kept, { recursive: true });
  made = kept;
}

/** How often each month was identified anew. */
const evaluations = (home: string): Promise<Record<string, number>> =>
  withStore(home, async ({ sql }) => {
    const rows = await sql.rows<{ month: string; n: number }>(
      "SELECT month, count(*)::INTEGER AS n FROM step_record WHERE step = 'identify' GROUP BY month ORDER BY month",
    );
    return Object.fromEntries(rows.map(({ month, n }) => [month, n]));
  });

describe('deliveries', () => {
  it(
    `out of order, doubled and corrected, in ${ORDERS} random orders, end in one state`,
    { timeout: 240_000 + ORDERS * 120_000 },
    async () => {
      await withFolder(async (calm) => {
        await inOrder(calm);
        for (const sent of corrected) send(join(calm, 'inbox'), sent);
        await run(calm, LAST);
        const expected = await standing(calm);
        for (let seed = 1; seed <= ORDERS; seed += 1)
          await withHome(async (home) => {
            const random = numbers(seed);
            const pick = (n: number): number => Math.floor(random.next().value * n);
            const shuffled = <T>(list: readonly T[]): T[] =>
              list
                .map((one) => ({ one, key: random.next().value }))
                .sort((a, b) => a.key - b.key)
                .map(({ one }) => one);
            // A correction follows what it corrects; anything may come twice.
            const deliveries = [
              ...shuffled([...first, ...first.slice(0, 8)]),
              ...shuffled(corrected),
            ];
            const pieces = 3;
            const inbox = join(home, 'inbox');
            mkdirSync(inbox);
            for (let piece = 0; piece < pieces; piece += 1) {
              const size = Math.ceil(deliveries.length / pieces);
              for (const sent of deliveries.slice(piece * size, (piece + 1) * size)) {
                // What was corrected already does not come back by an old copy.
                const later = corrected.find(({ path }) => path === sent.path);
                if (
                  later !== undefined &&
                  later !== sent &&
                  deliveries.indexOf(later) < deliveries.indexOf(sent)
                )
                  continue;
                send(inbox, sent);
              }
              await run(home, MONTHS[pick(MONTHS.length)] ?? LAST);
            }
            for (const month of shuffled(MONTHS)) await run(home, month);
            const { tables } = await standing(home);
            expect(tables, `order ${seed}`).toEqual(expected.tables);
            expect((await run(home, LAST)).changed).toBe(false);
            await verified(home);
            // The long suite takes most of an hour.
            if (ORDERS > 5) process.stderr.write(`order ${seed} of ${ORDERS} ended alike\n`);
          });
      });
    },
  );
});

describe('a correction', () => {
  it(
    'is followed by the months that read it and by no other, and says what it changed',
    { timeout: 240_000 },
    async () => {
      await withFolder(async (home) => {
        await inOrder(home);
        const inbox = join(home, 'inbox');
        expect(await evaluations(home)).toEqual({ '2025-08': 1, '2025-09': 1, '2025-10': 1 });

        // The certificates of a month are read by it and, as those before, by the next.
        send(inbox, of('disabled-federation/certificates'));
        const second = await run(home, LAST);
        expect(await evaluations(home)).toEqual({ '2025-08': 2, '2025-09': 2, '2025-10': 1 });
        expect(second.corrections.map(({ month }) => month)).toEqual(['2025-08', '2025-09']);
        expect(second.corrections[0]?.because).toEqual([
          { source: 'disabled-federation/certificates', month: FIRST, from: 1, to: 2 },
        ]);
        expect(second.corrections[0]?.warnings.lost).toBeGreaterThan(0);

        // Bills count for twelve months.
        send(inbox, of('medical-insurance/settlements'));
        expect((await run(home, FIRST)).corrections.map(({ month }) => month)).toEqual([...MONTHS]);
        expect(await evaluations(home)).toEqual({ '2025-08': 3, '2025-09': 3, '2025-10': 2 });

        const listed = parseCsv(await doudi(home, ['corrections', '--month', FIRST]));
        const kinds = new Set(listed.map(({ change, kind }) => `${change ?? ''} ${kind ?? ''}`));
        expect(kinds).toContain('lost warning');
        expect(kinds).toContain('lost lead');
        expect(new Set(listed.map(({ because }) => because))).toEqual(
          new Set([
            'disabled-federation/certificates 2025-08 v1→v2',
            'medical-insurance/settlements 2025-08 v1→v2',
          ]),
        );
        const counted = JSON.parse(
          await doudi(home, ['corrections', '--month', FIRST, '--json']),
        ) as { warnings: { gained: number; lost: number }; leads: { lost: number } }[];
        expect(counted).toHaveLength(2);
        const rows = (change: string, kind: string): number =>
          listed.filter((row) => row['change'] === change && row['kind'] === kind).length;
        expect(counted.reduce((sum, one) => sum + one.warnings.lost, 0)).toBe(
          rows('lost', 'warning'),
        );
        expect(counted.reduce((sum, one) => sum + one.leads.lost, 0)).toBe(rows('lost', 'lead'));
        await verified(home);
      });
    },
  );

  it('killed at any decision ends as the undisturbed one', { timeout: 400_000 }, async () => {
    await withFolder(async (calm) => {
      await inOrder(calm);
      for (const sent of corrected) send(join(calm, 'inbox'), sent);
      await withFolder(async (undisturbed) => {
        cpSync(calm, undisturbed, { recursive: true });
        const before = await withStore(undisturbed, (store) =>
          Promise.resolve(store.records.length),
        );
        await run(undisturbed, LAST);
        const expected = await standing(undisturbed);
        const decisions = await withStore(undisturbed, (store) =>
          Promise.resolve(store.records.length - before),
        );
        expect(decisions).toBeGreaterThan(10);
        const points = Number(process.env['DOUDI_KILLS'] ?? 3);
        for (let n = 1; n <= points; n += 1)
          await withFolder(async (home) => {
            cpSync(calm, home, { recursive: true });
            const visit = 1 + Math.floor(((n - 0.5) / points) * decisions);
            const killed = await spawnDoudi(
              home,
              ['run', '--month', LAST, '--inbox', join(home, 'inbox')],
              { env: { DOUDI_FAILPOINT: `journal-after-append:${visit}` } },
            );
            expect(killed.signal).toBe('SIGKILL');
            await run(home, LAST);
            expect((await standing(home)).tables, `killed at decision ${visit}`).toEqual(
              expected.tables,
            );
            await verified(home);
          });
      });
    });
  });
});

describe('--as-of', () => {
  it(
    'before a correction equals the answer given then, and changes nothing',
    { timeout: 240_000 },
    async () => {
      await withFolder(async (home) => {
        withTrialSettings(home);
        const inbox = join(home, 'inbox');
        for (const sent of first) send(inbox, sent);
        for (const month of MONTHS) await run(home, month, '2025-11-05T09:00:00+08:00');
        const ask = (command: string, ...more: string[]): Promise<string> =>
          doudi(home, [command, '--month', LAST, ...more]);
        const then = [await ask('warnings'), await ask('leads')];
        const answered = await run(home, LAST, '2025-11-06T09:00:00+08:00');

        for (const sent of corrected) send(inbox, sent);
        await run(home, LAST, '2025-11-20T09:00:00+08:00');
        const now = [await ask('warnings'), await ask('leads')];
        expect(now).not.toEqual(then);
        const state = await verified(home);

        const before = ['--as-of', '2025-11-19'];
        expect([await ask('warnings', ...before), await ask('leads', ...before)]).toEqual(then);
        const after = ['--as-of', '2025-11-20T09:00:00+08:00'];
        expect([await ask('warnings', ...after), await ask('leads', ...after)]).toEqual(now);
        const again = JSON.parse(await ask('run', '--json', ...before)) as RunReport;
        expect(again).toMatchObject({ warnings: answered.warnings, changed: false });

        // A month that was not run then is worked out on what was known.
        const early = JSON.parse(
          await ask('run', '--json', '--as-of', '2025-11-05T08:00:00+08:00').catch(
            (error: unknown) => JSON.stringify({ error: (error as { code: string }).code }),
          ),
        ) as unknown;
        expect(early).toEqual({ error: 'as-of' });
        await expect(ask('warnings', '--as-of', '20 November')).rejects.toThrow('is not a date');
        await expect(ask('run', '--inbox', inbox, ...before)).rejects.toThrow('takes nothing in');
        expect(await verified(home)).toBe(state);
        expect(readdirSync(join(home, 'tmp')).filter((name) => name.startsWith('as-of'))).toEqual(
          [],
        );
      });
    },
  );
});

describe('a withdrawn file', () => {
  const withdrawal = (version: number, ...more: string[]): string[] => [
    'withdraw',
    '--source',
    'civil-affairs/assistance',
    '--month',
    LAST,
    '--version',
    String(version),
    '--reason',
    'sent by mistake',
    '--json',
    ...more,
  ];

  it(
    'no longer counts: the version before it does, or none, and it can be taken back',
    { timeout: 240_000 },
    async () => {
      await withFolder(async (home) => {
        await inOrder(home);
        const original = await standing(home);
        send(join(home, 'inbox'), of('civil-affairs'));
        await run(home, LAST);
        const second = await standing(home);
        expect(second.tables['warning']).not.toBe(original.tables['warning']);

        expect(JSON.parse(await doudi(home, withdrawal(2)))).toMatchObject({
          changed: true,
          corrected: [LAST],
        });
        expect((await standing(home)).tables).toEqual(original.tables);
        expect(JSON.parse(await doudi(home, withdrawal(2)))).toMatchObject({
          changed: false,
          corrected: [],
        });
        // The file still lies in the inbox; that does not bring it back.
        expect((await run(home, LAST)).changed).toBe(false);
        expect((await standing(home)).tables).toEqual(original.tables);

        await doudi(home, withdrawal(2, '--undo'));
        expect((await standing(home)).tables).toEqual(second.tables);

        await doudi(home, withdrawal(2));
        await doudi(home, withdrawal(1));
        const report = await run(home, LAST);
        expect(report.warnings).not.toHaveProperty('DIS-02');
        expect(
          report.not_evaluated.some(
            ({ rule, missing }) =>
              rule === 'DIS-02' && missing === `civil-affairs/assistance ${LAST}`,
          ),
        ).toBe(true);
        await expect(doudi(home, withdrawal(7))).rejects.toThrow('there is no version 7');
        await verified(home);
      });
    },
  );

  it(
    'is taken back by the department’s own manifest, which must name its bytes',
    { timeout: 240_000 },
    async () => {
      await withFolder(async (home) => {
        await inOrder(home);
        const inbox = join(home, 'inbox');
        const path = `education/enrolment/${LAST}`;
        const bytes = readFileSync(join(inbox, `${path}.csv`));
        const manifest = (content: object): void => {
          writeFileSync(join(inbox, `${path}.manifest.json`), JSON.stringify(content));
        };
        const outcome = async (): Promise<unknown> =>
          (await run(home, LAST)).files.find(
            ({ agency, month }) => agency === 'education' && month === LAST,
          );
        manifest({ withdrawn: true });
        expect(await outcome()).toMatchObject({ outcome: 'refused', code: 'manifest' });
        manifest({ withdrawn: true, sha256: createHash('sha256').update(bytes).digest('hex') });
        expect(await outcome()).toMatchObject({ outcome: 'withdrawn', version: 1 });
        const stands = (await run(home, LAST)).sources.find(
          ({ source }) => source === 'education/enrolment',
        );
        expect(stands?.stands_at).toBe('2025-09');
        // A tidy department removes the file as well.
        rmSync(join(inbox, `${path}.csv`));
        expect(await outcome()).toMatchObject({ outcome: 'withdrawn', version: 1 });
        expect((await run(home, LAST)).changed).toBe(false);
        await verified(home);
      });
    },
  );
});
