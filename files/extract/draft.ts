/** The whole file typed once, in the child's own database: the raw view, the plan of its columns, the table `draft`. */
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import type { Month } from '../../core/month.ts';
import { identifier, literal, type Sql } from '../../store/sql.ts';
import { Refused } from '../../core/refused.ts';
import { compileContract, TRIMMED, type CompiledColumn } from './compile.ts';
import type { Contract } from './contract.ts';
import { suspectRow, type GateColumn, type Stray } from './gate.ts';
import { layOut, type Layout } from './layout.ts';
import { REWRITTEN, Notes } from './markers.ts';
import { rewriteCsv, type Prepared, type Rewritten } from './prepare.ts';
import { lineRelation, type Table } from './table.ts';

const raw = (index: number): string => `c${index}`;

/** The lines of a regular CSV, numbered in order. */
function csvRelation(prepared: Prepared): string {
  const cells = prepared.header.map((_, index) => `${literal(raw(index))}: 'VARCHAR'`);
  const newline = prepared.newline === '\n' ? String.raw`'\n'` : String.raw`'\r\n'`;
  return (
    `SELECT row_number() OVER () + 1 AS line, * FROM read_csv(${literal(prepared.path)}, header = false, skip = 1, ` +
    `auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true, null_padding = false, ` +
    `nullstr = '', max_line_size = 2097152, new_line = ${newline}, columns = {${cells.join(', ')}})`
  );
}

const createRawView = (sql: Sql, relation: string): Promise<void> =>
  sql.run(`CREATE OR REPLACE VIEW raw AS ${relation}`);

export interface ReadPlan {
  readonly columns: readonly CompiledColumn[];
  readonly gate: readonly GateColumn[];
  /** SELECT of line, raw text columns, typed columns and codes. */
  readonly typed: string;
}

/** What is known about a file once every cell has been typed. */
export interface ExtractDraft {
  readonly plan: ReadPlan;
  readonly layout: Layout;
  readonly width: number;
  /** Identifiers seen outside the table. */
  readonly stray: readonly Stray[];
  /** Lines whose number of fields differs from the header's. */
  readonly wrong: Rewritten['wrong'];
  readonly wrongCount: number;
  readonly notes: Notes;
}

/** Which texts the file's cells may contain. */
interface Cells {
  /** Any cell may have blanks around it. */
  readonly blanks: boolean;
  /** Any cell may carry a marker (markers.ts). */
  readonly withMarkers: boolean;
}

/** A marked cell is a `format` fault, whatever its column would make of the text. */
function refuseMarked(column: CompiledColumn): CompiledColumn {
  const marked = `starts_with(${identifier(`t_${column.name}`)}, ${literal(REWRITTEN)})`;
  return {
    ...column,
    value: `CASE WHEN ${marked} THEN NULL ELSE ${column.value} END`,
    code: `CASE WHEN ${marked} THEN 'format' ELSE ${column.code} END`,
  };
}

function plan(
  contract: Contract,
  month: Month,
  layout: Layout,
  header: readonly string[],
  { blanks, withMarkers }: Cells,
): ReadPlan {
  const present = new Set(layout.positions.keys());
  const compiled = compileContract(contract, month, present);
  const columns = withMarkers
    ? compiled.map((column) => (present.has(column.name) ? refuseMarked(column) : column))
    : compiled;
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
 * Types the whole file once into the temporary table `draft` (in file order; spills to the job's folder when large) and
 * returns the number of its rows.
 */
async function writeDraft(sql: Sql, { columns, gate, typed }: ReadPlan): Promise<number> {
  const bad = columns.map(({ code }) => `(${code}) IS NOT NULL`).join(' OR ');
  const names = columnList(columns);
  await sql.run(`CREATE OR REPLACE TEMP TABLE draft AS
    SELECT line, ${names}, (${bad}) AS bad, ${suspectRow(gate)} AS suspect, hash(${names}) AS row_hash FROM (${typed})`);
  return countRows(sql, 'SELECT count(*)::INTEGER AS n FROM draft');
}

/** The single number `n` of a query. */
export async function countRows(sql: Sql, text: string): Promise<number> {
  const [row] = await sql.rows<{ n: number }>(text);
  return row?.n ?? 0;
}

/**
 * Reads a CSV the fast way, or record by record where that could be wrong.
 * @param folder where a rewritten copy may be written
 * @throws Refused with the code of the contract
 */
export async function draftCsv(
  sql: Sql,
  contract: Contract,
  month: Month,
  folder: string,
  prepared: Prepared,
): Promise<ExtractDraft> {
  const { header } = prepared;
  const layout = layOut(contract, header);
  const planned = (blanks: boolean): ReadPlan =>
    plan(contract, month, layout, header, { blanks, withMarkers: false });
  const draft = { layout, width: header.length, notes: new Notes() };
  const whole = planned(prepared.blanks);
  if (prepared.regular) {
    try {
      await createRawView(sql, csvRelation(prepared));
      if ((await writeDraft(sql, whole)) === prepared.lines)
        return { ...draft, plan: whole, stray: [], wrong: [], wrongCount: 0 };
    } catch (error) {
      if (error instanceof MonitorError && error.code !== 'database') throw error;
    }
  }
  const rewritten = join(folder, 'rewritten.csv');
  const { records, found, wrong, wrongCount } = await rewriteCsv(prepared, rewritten);
  await createRawView(sql, lineRelation(rewritten, header.length));
  const trimmed = planned(true);
  checkCount(await writeDraft(sql, trimmed), records - wrongCount);
  return { ...draft, plan: trimmed, stray: found, wrong, wrongCount };
}

/**
 * The same for a table that is not CSV.
 * @throws Refused with the code of the contract
 */
export async function draftTable(
  sql: Sql,
  contract: Contract,
  month: Month,
  { header, relation, rows, stray, notes }: Table,
): Promise<ExtractDraft> {
  const layout = layOut(contract, header);
  const whole = plan(contract, month, layout, header, { blanks: true, withMarkers: true });
  await createRawView(sql, relation);
  checkCount(await writeDraft(sql, whole), rows);
  return { plan: whole, layout, width: header.length, stray, wrong: [], wrongCount: 0, notes };
}

/** Checks that no row was lost. @throws Refused `unreadable` */
function checkCount(read: number, expected: number): void {
  if (read !== expected)
    throw new Refused(
      'unreadable',
      'the records of the file could not be counted twice with one result',
    );
}
