/** The whole file typed once, in the child's own database: the raw view, the plan of its columns, the table `draft`. */
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import type { Month } from '../../core/month.ts';
import { identifier, literal, type Sql } from '../../core/store/sql.ts';
import { compileContract, TRIMMED, type CompiledColumn } from './compile.ts';
import type { Contract } from './contract.ts';
import { suspectRow, type GateColumn } from './gate.ts';
import { layOut, type Layout } from './layout.ts';
import { rewriteCsv, type Prepared, type Rewritten } from './prepare.ts';
import { Refused } from './refused.ts';

const raw = (index: number): string => `c${index}`;

async function createRawView(
  sql: Sql,
  prepared: Prepared,
  rewritten: string | null,
): Promise<void> {
  const cells = prepared.header.map((_, index) => `${literal(raw(index))}: 'VARCHAR'`);
  const options = (columns: readonly string[], skip: number, newline: string): string =>
    `header = false, skip = ${skip}, auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true, ` +
    `null_padding = false, nullstr = '', max_line_size = 2097152, new_line = ${newline}, columns = {${columns.join(', ')}}`;
  const newline = prepared.newline === '\n' ? String.raw`'\n'` : String.raw`'\r\n'`;
  await sql.run(
    rewritten === null
      ? `CREATE OR REPLACE VIEW raw AS SELECT row_number() OVER () + 1 AS line, * FROM read_csv(${literal(prepared.path)}, ${options(cells, 1, newline)})`
      : `CREATE OR REPLACE VIEW raw AS SELECT CAST(line AS BIGINT) AS line, * EXCLUDE (line) FROM read_csv(${literal(rewritten)}, ${options([`'line': 'VARCHAR'`, ...cells], 0, String.raw`'\n'`)})`,
  );
}

export interface Plan {
  readonly columns: readonly CompiledColumn[];
  readonly gate: readonly GateColumn[];
  /** SELECT of line, raw text columns, typed columns and codes. */
  readonly typed: string;
}

function plan(
  contract: Contract,
  month: Month,
  layout: Layout,
  header: readonly string[],
  blanks: boolean,
): Plan {
  const columns = compileContract(contract, month, new Set(layout.positions.keys()));
  const used = new Map([...layout.positions].map(([name, index]) => [index, name] as const));
  const gate = header.map((title, index): GateColumn => {
    const name = used.get(index);
    const column = columns.find((candidate) => candidate.name === name);
    const clean = column === undefined || column.free ? null : `${identifier(column.name)} IS NULL`;
    return { raw: raw(index), name: title === '' ? `column ${index + 1}` : title, clean };
  });
  const trimmed = [...layout.positions].map(
    ([name, index]) =>
      `nullif(${blanks ? `trim(${raw(index)}, ${TRIMMED})` : raw(index)}, '') AS ${identifier(`t_${name}`)}`,
  );
  const values = columns.map(({ name, value }) => `${value} AS ${identifier(name)}`);
  return {
    columns,
    gate,
    typed: `SELECT *, ${values.join(', ')} FROM (SELECT *, ${trimmed.join(', ')} FROM raw)`,
  };
}

/** The contract's columns as a SQL list. */
export const columnList = (columns: readonly CompiledColumn[]): string =>
  columns.map(({ name }) => identifier(name)).join(', ');

/**
 * Types the whole file once into the temporary table `draft` (in the order of the file; it spills to the job's folder
 * when it is large) and returns the number of its rows.
 */
async function writeDraft(sql: Sql, { columns, gate, typed }: Plan): Promise<number> {
  const bad = columns.map(({ code }) => `(${code}) IS NOT NULL`).join(' OR ');
  const names = columnList(columns);
  await sql.run(`CREATE OR REPLACE TEMP TABLE draft AS
    SELECT line, ${names}, (${bad}) AS bad, ${suspectRow(gate)} AS suspect, hash(${names}) AS row_hash FROM (${typed})`);
  return countRows(sql, 'SELECT count(*)::INTEGER AS n FROM draft');
}

/** The one number `n` of a query. */
export async function countRows(sql: Sql, text: string): Promise<number> {
  const [row] = await sql.rows<{ n: number }>(text);
  return row?.n ?? 0;
}

/**
 * Reads the file the fast way; where that cannot be right, record by record.
 * @param folder where a rewritten copy may be put
 * @throws Refused with the code of the contract
 */
export async function readDraft(
  sql: Sql,
  contract: Contract,
  month: Month,
  folder: string,
  prepared: Prepared,
): Promise<{ plan: Plan; layout: Layout; careful: Rewritten | null }> {
  const layout = layOut(contract, prepared.header);
  const planned = (blanks: boolean): Plan => plan(contract, month, layout, prepared.header, blanks);
  const whole = planned(prepared.blanks);
  if (prepared.regular) {
    try {
      await createRawView(sql, prepared, null);
      if ((await writeDraft(sql, whole)) === prepared.lines)
        return { plan: whole, layout, careful: null };
    } catch (error) {
      if (error instanceof MonitorError && error.code !== 'database') throw error;
    }
  }
  const rewritten = join(folder, 'rewritten.csv');
  const careful = await rewriteCsv(prepared, rewritten);
  await createRawView(sql, prepared, rewritten);
  const trimmed = planned(true);
  const rows = await writeDraft(sql, trimmed);
  if (rows !== careful.records - careful.wrongCount) {
    throw new Refused(
      'unreadable',
      'the records of the file could not be counted twice with one result',
    );
  }
  return { plan: trimmed, layout, careful };
}
