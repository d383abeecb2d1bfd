/** A rule that finds nobody or far from its usual number raises an alarm, and the month's lists wait for a sign-off. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alarm } from '../../warnings/alarms.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { CONFIG, doudi } from '../support/doudi.ts';
import { csv, deliver, ENROLMENT, person } from '../support/inbox.ts';

const home = mkdtempSync(join(tmpdir(), 'doudi-alarms-'));

/** Runs a month in which so many pupils have left school (EDU-02). */
async function run(month: string, dropouts: number, pupils = 40): Promise<RunReport> {
  const rows = Array.from(
    { length: pupils },
    (_, n) => `${person(n + 1)},520102,junior,${n < dropouts ? 'dropout' : 'enrolled'},,,`,
  );
  const inbox = join(home, 'inbox');
  deliver(inbox, `education/enrolment/${month}.csv`, csv(ENROLMENT, rows));
  return JSON.parse(
    await doudi(home, ['run', '--month', month, '--inbox', inbox, '--json']),
  ) as RunReport;
}

const lists = (month: string): Promise<string> =>
  doudi(home, ['lists', 'export', '--month', month, '--json']);

beforeAll(() => {
  writeFileSync(join(home, 'doudi.yaml'), CONFIG);
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('a rule far from its usual number', () => {
  it('is no alarm without three months to compare with', async () => {
    for (const [month, dropouts] of [
      ['2025-05', 6],
      ['2025-06', 5],
      ['2025-07', 0],
    ] as const)
      expect((await run(month, dropouts)).alarms).toEqual([]);
  });
  it('is none at exactly three times the usual, and one above it', async () => {
    expect((await run('2025-08', 5)).alarms).toEqual([]);
    // 6, 5, 0 and 5 before: the median is 5.
    expect((await run('2025-09', 15)).alarms).toEqual([]);
    expect((await run('2025-09', 16)).alarms).toEqual([
      { rule: 'EDU-02', hits: 16, usual: 5, kind: 'many' },
    ]);
  });
  it('that finds nobody holds the lists back until the month is signed off', async () => {
    const { alarms, rule_set } = await run('2025-10', 0);
    expect(alarms).toEqual([{ rule: 'EDU-02', hits: 0, usual: 5, kind: 'none' }]);
    expect(rule_set).toMatch(/^[0-9a-f]{64}$/);
    await expect(lists('2025-10')).rejects.toMatchObject({ code: 'alarm' });
    await expect(lists('2025-10')).rejects.toThrow(/EDU-02 found 0, usually 5/);
    const signed = await doudi(home, [
      'sign-off',
      '--month',
      '2025-10',
      '--by',
      'county',
      '--note',
      'pupils came back',
      '--json',
    ]);
    expect((JSON.parse(signed) as { alarms: Alarm[] }).alarms).toEqual(alarms);
    expect((JSON.parse(await lists('2025-10')) as { month: string }).month).toBe('2025-10');
    // The run still says so; it is the lists that no longer wait.
    expect((await run('2025-10', 0)).alarms).toEqual(alarms);
  });
  it('is asked for again when another alarm has come since', async () => {
    await run('2025-10', 40);
    await expect(lists('2025-10')).rejects.toThrow(/EDU-02 found 40, usually 5/);
  });
  it('stays signed off in a ledger that is made again from the journal', async () => {
    // The same bytes as before would be skipped: one pupil less.
    await run('2025-10', 0, 39);
    await doudi(home, ['rebuild']);
    expect((JSON.parse(await lists('2025-10')) as { month: string }).month).toBe('2025-10');
  });
  it('cannot be signed off for a month that was not run, or without a name and a reason', async () => {
    const words = ['sign-off', '--month', '2024-01', '--by', 'county', '--note', 'x'];
    await expect(doudi(home, words)).rejects.toMatchObject({ code: 'not-run' });
    await expect(doudi(home, words.slice(0, 3))).rejects.toMatchObject({ code: 'usage' });
  });
});
