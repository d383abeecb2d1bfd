/** Why rows are rejected: code, line, column and what would be accepted; never a value. */
import type { RowReason } from '../../store/records.ts';
import { literal, type Sql } from '../../store/sql.ts';
import { factsOf } from './columns.ts';
import type { Contract } from './contract.ts';
import { columnList, type ExtractDraft, type ReadPlan } from './draft.ts';

/** The first hundred reasons are listed, all are counted (contracts.md section 4). */
export const LISTED = 100;

/** By line, up to the listed number. */
export const byLine = (list: readonly RowReason[]): RowReason[] =>
  [...list].sort((a, b) => a.line - b.line).slice(0, LISTED);

function message(code: string, column: string): string {
  switch (code) {
    case 'missing':
      return `${column} is empty`;
    case 'format':
      return `${column} has another form`;
    case 'enum':
      return `${column} is not one of the listed values`;
    case 'range':
      return `${column} lies outside what is possible`;
    case 'county':
      return `${column} is not a county of the province`;
    default:
      return 'the row is already in the file';
  }
}

/** The file reader's note about the cell, if any. */
const explain = (note: string | undefined, code: string, column: string): string =>
  note === undefined || code !== 'format' ? message(code, column) : `${column} ${note}`;

/** Every bad cell of `draft`'s file; `late` is the number of rows dated after the file's month. */
export async function collectReasons(
  sql: Sql,
  contract: Contract,
  { plan: whole, layout, notes }: ExtractDraft,
): Promise<{ reasons: RowReason[]; counts: Record<string, number>; late: number }> {
  const codes = whole.columns
    .map(({ name, code }, index) => `{'c': ${literal(name)}, 'i': ${index}, 'k': ${code}}`)
    .join(', ');
  await sql.run(`CREATE OR REPLACE TEMP TABLE bad_cell AS
    SELECT line, cell.c AS name, cell.i AS position, cell.k AS code
    FROM (SELECT line, unnest(list_filter([${codes}], lambda x: x.k IS NOT NULL)) AS cell FROM (${whole.typed}))`);
  const listed = await sql.rows<{ line: string; name: string; code: string }>(
    `SELECT line, name, code FROM bad_cell ORDER BY line, position LIMIT ${LISTED}`,
  );
  const counted = await sql.rows<{ code: string; n: number }>(
    'SELECT code, count(*)::INTEGER AS n FROM bad_cell GROUP BY code ORDER BY code',
  );
  const bound = Object.entries(contract.row.shape).flatMap(([name, column]) => {
    const { type } = factsOf(column);
    return (type.kind === 'date' && type.withinMonth) || (type.kind === 'month' && type.ofFile)
      ? [literal(name)]
      : [];
  });
  const [late] =
    bound.length === 0
      ? []
      : await sql.rows<{ n: number }>(
          `SELECT count(DISTINCT line)::INTEGER AS n FROM bad_cell WHERE code = 'range' AND name IN (${bound.join(', ')})`,
        );
  return {
    reasons: listed.map(({ line, name, code }) => ({
      code,
      line: Number(line),
      column: name,
      message: explain(notes.of(Number(line), layout.positions.get(name)), code, name),
      accepts: factsOf(contract.row.shape[name] as never).accepts,
    })),
    counts: Object.fromEntries(counted.map(({ code, n }) => [code, n])),
    late: late?.n ?? 0,
  };
}

/** Later copies of identical rows in a state extract: only the first is kept (contracts.md section 1). */
export async function findTwins(sql: Sql, { columns }: ReadPlan): Promise<RowReason[]> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE twin AS
    SELECT line FROM (
      SELECT line, row_number() OVER (PARTITION BY ${columnList(columns)} ORDER BY line) AS copy
      FROM draft SEMI JOIN (SELECT row_hash FROM draft WHERE NOT bad GROUP BY row_hash HAVING count(*) > 1) USING (row_hash)
      WHERE NOT bad) WHERE copy > 1`);
  return (
    await sql.rows<{ line: string }>(`SELECT line FROM twin ORDER BY line LIMIT ${LISTED}`)
  ).map(({ line }) => ({
    code: 'duplicate',
    line: Number(line),
    column: '',
    message: message('duplicate', ''),
    accepts: 'each row once',
  }));
}
