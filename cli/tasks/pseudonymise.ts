import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadContracts } from '../../connectors/index.ts';
import { factsOf } from '../../files/extract/columns.ts';
import { findIdentifiers } from '../../files/extract/identifiers.ts';
import { MonitorError, usageError } from '../../core/errors.ts';
import { keyCheck, makeKey, readKey } from '../../pseudonym/key.ts';
import { pseudonymise, type Result } from '../../pseudonym/pseudonymise.ts';
import { isWorkbook, resultName } from '../../pseudonym/source.ts';
import { path, text, type Invocation } from '../command.ts';
import { requireText } from '../require.ts';

const PROGRESS_MS = 2_000;

function many(invocation: Invocation, name: string): string[] {
  const value = invocation.values[name];
  const list = Array.isArray(value) ? (value as readonly (string | boolean)[]) : [value];
  return list.filter((one): one is string => typeof one === 'string' && one !== '');
}

const commas = (list: readonly string[]): string[] =>
  list.flatMap((one) => one.split(/[,，]/).map((word) => word.trim())).filter((w) => w !== '');

/** `--column A B` reads as FILE, then A and then B; with two lists of columns that would be guesswork. */
function columnsOf(invocation: Invocation, further: readonly string[]): string[] {
  const named = many(invocation, 'column');
  if (named.length === 0)
    throw usageError('--column is missing', 'e.g. --column 身份证号=person_id');
  if (further.length > 0 && many(invocation, 'household-column').length > 0)
    throw usageError('more than one FILE', 'write --column or --household-column before each name');
  return [...named, ...further];
}

async function newKey(invocation: Invocation, name: string): Promise<void> {
  const check = keyCheck(makeKey(resolve(invocation.cwd, name)));
  const words = `a new key, check ${check}: make a second copy and lock it away: if the key is lost, all ids are lost\n`;
  await invocation.out(
    invocation.json ? `${JSON.stringify({ file: name, key_check: check }, null, 2)}\n` : words,
  );
}

function progress(tell: (line: string) => void): (rows: number) => void {
  let next = Date.now() + PROGRESS_MS;
  return (rows) => {
    // Check the clock only occasionally: rows are faster than it.
    if (rows % 4096 !== 0 || Date.now() < next) return;
    next = Date.now() + PROGRESS_MS;
    tell(`  ${rows} rows\n`);
  };
}

/** Contract columns that take a month rather than a day, by header. */
async function monthHeaders(): Promise<ReadonlySet<string>> {
  const columns = [...(await loadContracts()).values()].flatMap(({ row }) =>
    Object.entries(row.shape),
  );
  return new Set(
    columns.flatMap(([name, column]) => {
      const { type, aliases } = factsOf(column);
      return type.kind === 'month' && !type.orDate ? [name, ...aliases] : [];
    }),
  );
}

/** @throws MonitorError `usage` */
function sheetOf(invocation: Invocation, source: string): number | null {
  const word = text(invocation, 'sheet');
  if (word === undefined) return null;
  if (!isWorkbook(source)) throw usageError('--sheet is for workbooks', 'leave it out');
  if (!/^[1-9]\d{0,3}$/.test(word))
    throw usageError('--sheet is not the number of a tab', 'e.g. --sheet 2');
  return Number(word);
}

async function report(invocation: Invocation, result: Result, check: string): Promise<void> {
  for (const { line, column, reason } of result.faults)
    invocation.tell(`  line ${line}${column === '' ? '' : `, column '${column}'`}: ${reason}\n`);
  const { file, rows, bad, without_id, left_behind, rosters, sha256, sm3 } = result;
  if (left_behind.length > 0)
    invocation.tell(
      `  identity numbers outside the table on sheet ${left_behind.join(', ')} are ignored: none of those people is in the result\n`,
    );
  if (invocation.json)
    await invocation.out(`${JSON.stringify({ ...result, key_check: check }, null, 2)}\n`);
  else if (file !== null)
    await invocation.out(
      `${[
        `${rows} rows, ${bad} left out, ${without_id} without an id → ${file}`,
        `sha256 ${sha256 ?? ''}`,
        `sm3 ${sm3 ?? ''}`,
        `key check ${check}`,
        ...rosters.map((roster) => `for the county only, never to be handed in: ${roster}`),
      ].join('\n')}\n`,
    );
}

export async function run(invocation: Invocation): Promise<void> {
  const fresh = text(invocation, 'new-key');
  if (fresh !== undefined) return newKey(invocation, fresh);
  const [file, ...further] = invocation.positionals;
  if (file === undefined)
    throw usageError('the FILE is missing', 'doudi pseudonymise FILE --key-file K --column NAME');
  const columns = columnsOf(invocation, further);
  const key = readKey(resolve(invocation.cwd, requireText(invocation, 'key-file', 'province.key')));
  const source = resolve(invocation.cwd, file);
  if (!existsSync(source) || !statSync(source).isFile())
    throw new MonitorError('file', `file ${file} does not exist`, { fix: 'check the path' });
  const out = path(invocation, 'out') ?? join(dirname(source), 'pseudonymised');
  const target = join(out, resultName(source));
  if (existsSync(target))
    throw new MonitorError('exists', `${target} is there already`, {
      fix: 'move it away, or name another folder with --out',
    });
  const months = await monthHeaders();
  const result = await pseudonymise({
    source,
    out,
    key,
    columns,
    households: many(invocation, 'household-column'),
    keep: commas(many(invocation, 'keep')),
    drop: commas(many(invocation, 'drop')),
    skipBad: invocation.values['skip-bad'] === true,
    sheet: sheetOf(invocation, source),
    detect: findIdentifiers,
    isMonth: (header) => months.has(header.trim()),
    onProgress: progress(invocation.tell),
  });
  await report(invocation, result, keyCheck(key));
  if (result.file === null)
    throw new MonitorError('rows', `${result.bad} rows are refused and nothing was written`, {
      fix: 'correct the lines named; --skip-bad leaves such rows out and counts them',
    });
}
