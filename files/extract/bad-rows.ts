/**
 * A copy of a file's bad rows for the department that sent it: line, reasons, and the original cells of the
 * contract's columns, without identifiers. Columns outside the contract are not copied: they may hold names.
 */
import { MonitorError } from '../../core/errors.ts';
import { identifier, literal, type Sql } from '../../store/sql.ts';
import { factsOf, type Kind } from './columns.ts';
import type { Contract } from './contract.ts';
import type { ExtractDraft } from './draft.ts';
import { findIdentifiers, suspicious } from './identifiers.ts';
import { cutCell, guardCell, HIDDEN } from './shown.ts';

/** A file with more bad rows than this has one systematic fault. */
export const COPIED = 50_000;

export interface BadRows {
  /** Columns of the copy in the order of the file: the contract's name (`c_<name>` in the copy), the file's title. */
  readonly columns: readonly { readonly name: string; readonly title: string }[];
  readonly copied: number;
}

interface Copied {
  readonly name: string;
  readonly title: string;
  readonly raw: string;
  readonly type: Kind;
}

function columnsOf(contract: Contract, { plan, layout }: ExtractDraft): Copied[] {
  return [...layout.positions]
    .sort(([, a], [, b]) => a - b)
    .flatMap(([name, index]) => {
      const [gate, column] = [plan.gate[index], contract.row.shape[name]];
      return gate === undefined || column === undefined
        ? []
        : [{ name, title: gate.name, raw: gate.raw, type: factsOf(column).type }];
    });
}

const cellOf = ({ name }: Copied): string => identifier(`c_${name}`);

/** Blanks every cell with an identifier; after the gate there are a handful at most. */
async function hideIdentifiers(sql: Sql, columns: readonly Copied[]): Promise<void> {
  for (const column of columns) {
    const cell = cellOf(column);
    const found: number[] = [];
    const suspects = `SELECT line, ${cell} AS cell FROM copied WHERE ${cell} IS NOT NULL AND ${suspicious(cell)}`;
    for await (const page of sql.stream<{ line: string; cell: string }>(suspects))
      for (const row of page) if (findIdentifiers(row.cell).size > 0) found.push(Number(row.line));
    if (found.length > 0)
      await sql.run(
        `UPDATE copied SET ${cell} = ${literal(HIDDEN)} WHERE line IN (SELECT unnest([${found.join(', ')}]::BIGINT[]))`,
      );
  }
}

/** Which findings exist, besides lines with a wrong number of fields. */
export interface Found {
  /** The table `bad_cell` of reasons.ts exists. */
  readonly cells: boolean;
  /** The table `twin` of reasons.ts exists. */
  readonly twins: boolean;
}

/**
 * @param out Parquet of `line`, `reasons` (name of the column, code; in the contract's order) and one text per column
 * @throws MonitorError `disk-full`, `machine`: the file is not to blame
 */
export async function copyBadRows(
  sql: Sql,
  contract: Contract,
  draft: ExtractDraft,
  { cells, twins }: Found,
  out: string,
): Promise<BadRows> {
  const columns = columnsOf(contract, draft);
  const ragged = draft.wrong.map(({ line }) => line).join(', ');
  const parts = [
    `SELECT unnest([${ragged}]::BIGINT[]) AS line, '' AS name, 'columns' AS code, 0 AS position`,
    ...(cells ? ['SELECT line, name, code, position FROM bad_cell'] : []),
    ...(twins ? [`SELECT line, '', 'duplicate', 0 FROM twin`] : []),
  ];
  const guarded = columns.map((one) => `${guardCell(one.type, one.raw)} AS ${cellOf(one)}`);
  const cut = columns.map((one) => `${cutCell(one.type, cellOf(one))} AS ${cellOf(one)}`);
  try {
    await sql.run(`CREATE OR REPLACE TEMP TABLE fault AS
      SELECT line, list({'name': name, 'code': code} ORDER BY position) AS reasons
      FROM (${parts.join(' UNION ALL ')}) GROUP BY line ORDER BY line LIMIT ${COPIED}`);
    await sql.run(`CREATE OR REPLACE TEMP TABLE copied AS
      SELECT fault.line AS line, fault.reasons AS reasons, ${guarded.join(', ')}
      FROM fault LEFT JOIN raw ON fault.line = raw.line`);
    await hideIdentifiers(sql, columns);
    await sql.run(`COPY (SELECT line, reasons, ${cut.join(', ')} FROM copied ORDER BY line)
      TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`);
    const [row] = await sql.rows<{ n: number }>('SELECT count(*)::INTEGER AS n FROM copied');
    return {
      columns: columns.map(({ name, title }) => ({ name, title })),
      copied: row?.n ?? 0,
    };
  } catch (error) {
    if (error instanceof MonitorError && ['disk-full', 'engine'].includes(error.code)) throw error;
    const message = 'the copy of the bad rows could not be written';
    throw new MonitorError('machine', message, { severity: 'retry', cause: error });
  }
}
