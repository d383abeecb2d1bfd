/**
 * `doudi pseudonymise` on a synthetic extract: rows per second and memory, measured from outside.
 * Options: --rows 10000000 [--keep]; with --keep names and telephones go into the counties' rosters.
 */
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { divisionsOf } from '../core/region.ts';
import { measure } from './measure.ts';

const BATCH = 10_000;
const HEADER =
  '身份证号,户号,县区代码,姓名,联系电话,险种,住院日期,出院日期,总费用,自付费用,病种,备注';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The n-th identity number: one place has 90 million, by date of birth and sequence. */
function identity(n: number): string {
  const born = new Date(Date.UTC(1930, 0, 1 + (Math.floor(n / 1000) % 30_000)));
  const day = born.toISOString().slice(0, 10).replaceAll('-', '');
  const first = `520102${day}${String(n % 1000).padStart(3, '0')}`;
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += weight * Number(first[index]);
  return first + '10X98765432'.charAt(sum % 11);
}

function row(n: number, counties: readonly string[]): string {
  const spent = 100 + (n % 90_000);
  const day = String(1 + (n % 28)).padStart(2, '0');
  return `${identity(n)},H${String(Math.floor(n / 3)).padStart(9, '0')},${counties[n % counties.length] ?? ''},王小${n % 100},138${String(n % 1e8).padStart(8, '0')},城乡居民,2025-10-${day},2025-10-${day},${spent}.50,${Math.floor(spent / 3)}.25,慢性病,"第${n % 7}次, 复查"`;
}

function* lines(rows: number): Generator<string> {
  const counties = divisionsOf('520000').counties.map(({ code }) => code);
  yield `${HEADER}\n`;
  for (let from = 0; from < rows; from += BATCH) {
    const length = Math.min(BATCH, rows - from);
    yield `${Array.from({ length }, (_, index) => row(from + index, counties)).join('\n')}\n`;
  }
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    keep: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows);
const folder = mkdtempSync(join(tmpdir(), 'doudi-pseudonymise-'));
try {
  const [key, source] = [join(folder, 'province.key'), join(folder, '2025-10.csv')];
  writeFileSync(key, randomBytes(32).toString('hex'), { mode: 0o400 });
  await pipeline(lines(rows), createWriteStream(source));
  const program = ['--import', 'tsx', 'cli/main.ts', 'pseudonymise', source, '--key-file', key];
  const columns = ['--column', '身份证号=person_id', '--household-column', '户号=household_id'];
  const others = values.keep ? ['--keep', 'name,phone'] : ['--drop', '姓名', '--drop', '联系电话'];
  const { seconds, cpu, peakBytes, stdout } = await measure(
    [...program, ...columns, ...others, '--json'],
    process.cwd(),
  );
  const done = (JSON.parse(stdout) as { rows: number }).rows;
  if (done !== rows) throw new Error(`${done} rows came out`);
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  process.stdout.write(
    `${rows} rows, ${megabytes(statSync(source).size)} · ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s · ${cpu.toFixed(1)} s of CPU · at most ${megabytes(peakBytes)} of memory\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
