/** How what was typed is read: options, verbs, help and what is said of a mistake. Nothing here opens a home. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Command, Invocation, Verb } from '../../cli/command.ts';
import { readCall } from '../../cli/execute.ts';
import { option, repeated, required } from '../../cli/options.ts';
import { readWords } from '../../cli/words.ts';
import { OUTCOMES } from '../../cases/lead/outcome.ts';
import { PROGRAM, ROOT } from '../support/doudi.ts';

const nothing = (): Promise<void> => Promise.resolve();

const single: Command = {
  name: 'note',
  summary: 'notes something',
  words: ['<lead>', '[more...]'],
  options: [
    required('--month <YYYY-MM>', 'the month', '2026-10'),
    option('--key-file <K>', 'a key'),
    option('--skip-bad', 'skips'),
    repeated('--column <NAME>', 'a column'),
  ],
  run: nothing,
};

const show: Verb = {
  summary: 'shows',
  options: [option('--county <C>', 'a county')],
  run: nothing,
};
const retry: Verb = { summary: 'tries again', words: ['[lead]'], run: nothing };
const withUsual: Command = { name: 'many', summary: 'many', usual: 'show', verbs: { show, retry } };
const withoutUsual: Command = { name: 'many', summary: 'many', verbs: { show, retry } };

type Read = Pick<Invocation, 'values' | 'positionals'> & { readonly verb: Verb };

function read(command: Command, ...words: string[]): Read {
  const found = readWords(command, words);
  if ('help' in found) throw new Error('a page of help');
  return found;
}

function helpFor(command: Command, ...words: string[]): string {
  const found = readWords(command, words);
  return 'help' in found ? found.help : '';
}

function told(command: Command, ...words: string[]): unknown {
  try {
    read(command, ...words);
  } catch (error) {
    return error;
  }
  return null;
}

const M = ['--month', '2026-10'];

describe('options', () => {
  it('are read by their own names, wherever they stand', () => {
    const { values, positionals } = read(
      single,
      ...['--json', 'L1', '--key-file', 'k', '--column', 'a', 'L2', '--column=b', ...M],
    );
    expect(values).toMatchObject({
      json: true,
      'key-file': 'k',
      column: ['a', 'b'],
      month: '2026-10',
    });
    expect(values['skip-bad']).toBeUndefined();
    expect(positionals).toEqual(['L1', 'L2']);
  });

  it('take a negative number, a dash and a month for a value', () => {
    expect(read(single, 'L', '--month', '-5').values['month']).toBe('-5');
    expect(read(single, 'L', '--month', '-2026-10').values['month']).toBe('-2026-10');
    expect(read(single, 'L', ...M, '--key-file', '-').values['key-file']).toBe('-');
    expect(read(single, ...M, '--', '--month').positionals).toEqual(['--month']);
  });

  it.each([
    [
      'unknown',
      ['L', '--mnth', '2026-10', ...M],
      "unknown option '--mnth'",
      /did you mean --month\?.*usage: doudi note/,
    ],
    [
      'unknown and like nothing',
      ['L', '--zzzzzz', ...M],
      "unknown option '--zzzzzz'",
      /^usage: doudi note <lead>/,
    ],
    ['without its value at the end', ['L', '--month'], '--month needs a value', /usage/],
    [
      'without its value before another',
      ['L', '--month', '--json'],
      '--month needs a value',
      undefined,
    ],
    [
      'a list without its value',
      ['L', ...M, '--column', '--skip-bad'],
      '--column needs a value',
      undefined,
    ],
    ['missing', ['L'], '--month is missing', /^e\.g\. --month 2026-10$/],
    ['empty', ['L', '--month', ''], '--month is missing', /^e\.g\. --month 2026-10$/],
    [
      'a switch with a value',
      ['L', ...M, '--skip-bad=yes'],
      "unknown option '--skip-bad=yes'",
      /usage/,
    ],
    ['the word missing', M, 'the lead is missing', /usage: doudi note <lead>/],
  ])('%s: one line and what to do', (_name, words, message, fix) => {
    const error = told(single, ...words);
    expect(error).toMatchObject({ code: 'usage', exitCode: 2, message });
    if (fix !== undefined) expect((error as { fix?: string }).fix).toMatch(fix);
  });
});

describe('verbs', () => {
  it('are the first word, the usual one when there is none', () => {
    expect(read(withUsual).verb).toBe(show);
    expect(read(withUsual, '--county', '520102').values['county']).toBe('520102');
    expect(read(withUsual, 'show', '--county', '520102').verb).toBe(show);
    expect(read(withUsual, 'retry', 'L1').positionals).toEqual(['L1']);
  });

  it('take what every command takes before them and after', () => {
    for (const words of [
      ['--home', 'h', '--json', 'retry', 'L'],
      ['retry', 'L', '--home', 'h', '--json'],
    ])
      expect(read(withUsual, ...words)).toMatchObject({
        verb: retry,
        values: { home: 'h', json: true },
        positionals: ['L'],
      });
  });

  it.each([
    [withUsual, ['nonsense'], "doudi many knows no 'nonsense'", 'one of show, retry'],
    [withoutUsual, ['nonsense'], "doudi many knows no 'nonsense'", 'one of show, retry'],
    [withoutUsual, [], 'doudi many needs to know what to do', 'one of show, retry'],
    [withoutUsual, ['--json'], 'doudi many needs to know what to do', 'one of show, retry'],
    [
      withUsual,
      ['retry', 'a', 'b'],
      "doudi many retry knows no 'b'",
      'usage: doudi many retry [lead] [options]',
    ],
    [withUsual, ['retry', '--county', 'x'], "unknown option '--county'", undefined],
  ])('%#: a word too many is told', (command, words, message, fix) => {
    const error = told(command, ...words);
    expect(error).toMatchObject({ code: 'usage', exitCode: 2, message });
    if (fix !== undefined) expect(error).toMatchObject({ fix });
  });
});

describe('help', () => {
  it('of a verb or a command names what it takes', () => {
    const page = helpFor(single, '--help');
    expect(page).toContain('Usage: doudi note <lead> [more...] --month <YYYY-MM> [options]');
    for (const flags of ['--key-file <K>', '--skip-bad', '--home <DIR>', '--json'])
      expect(page).toContain(flags);
    expect(helpFor(withUsual, '--help')).toMatch(/show .*when no verb is named/);
    expect(helpFor(withUsual, 'retry', '--help')).toContain('Usage: doudi many retry [lead]');
  });

  it('is the same by every way to ask for it', async () => {
    const page = async (...words: string[]) => (await readCall(words, {})).text;
    expect(await page('help', 'leads', 'close')).toBe(await page('leads', 'close', '--help'));
    expect(await page('help', 'leads')).toBe(await page('leads', '--help'));
    expect(await page()).toBe(await page('help'));
    expect(await page('--help')).toBe(await page('help'));
    await expect(page('help', 'laeds')).rejects.toMatchObject({
      exitCode: 2,
      fix: expect.stringContaining("did you mean 'leads'") as string,
    });
  });

  it('lists every file of cli/commands, and every one of them has a page', async () => {
    const names = readdirSync(join(ROOT, 'cli/commands')).map((file) => file.replace(/\.ts$/, ''));
    const all = (await readCall([], {})).text ?? '';
    for (const name of names) {
      expect(all).toMatch(new RegExp(`^ +${name} +\\S`, 'm'));
      expect((await readCall([name, '--help'], {})).text).toContain(`Usage: doudi ${name}`);
    }
  });

  it('of `leads close` names the outcomes that there are', async () => {
    const page = (await readCall(['leads', 'close', '--help'], {})).text ?? '';
    for (const outcome of Object.keys(OUTCOMES)) expect(page).toContain(outcome);
  });

  it('and wrong usage load no database', async () => {
    // The process says at its end which modules it has loaded natively.
    const probe = `process.on('exit', () => {
      const native = process.report.getReport().sharedObjects.filter((path) => path.includes('duckdb'));
      process.stderr.write('native ' + native.length + '\\n');
    });`;
    const main = join(
      ROOT,
      PROGRAM.at(-1)?.includes('dist') === true ? 'dist/cli/main.js' : 'cli/main.ts',
    );
    for (const words of [['help'], ['leads', '--help'], ['run', '--mnth']]) {
      const args = [
        '--import',
        'tsx',
        '--import',
        `data:text/javascript,${encodeURIComponent(probe)}`,
      ];
      const { stderr } = await promisify(execFile)(process.execPath, [...args, main, ...words], {
        cwd: ROOT,
      }).catch((error: unknown) => error as { stderr: string });
      expect(stderr).toMatch(/native 0\n$/);
    }
  });
});

describe('a call', () => {
  it('knows its home and whether it stays here', async () => {
    expect(await readCall(['verify'], {})).toMatchObject({
      home: 'data',
      local: false,
      text: null,
    });
    expect(await readCall(['verify'], { DOUDI_HOME: '/h' })).toMatchObject({ home: '/h' });
    expect(await readCall(['serve', '--home', '/x'], { DOUDI_HOME: '/h' })).toMatchObject({
      home: '/x',
      local: true,
    });
    expect(await readCall(['accounts', '--home', '/x', 'list', '--json'], {})).toMatchObject({
      home: '/x',
    });
  });
});
