/**
 * What the rest of the program may do with a database connection.
 * The driver itself is known in `database.ts` and nowhere else.
 */
export interface Sql {
  /** Runs one or more statements and discards their results. */
  run(text: string): Promise<void>;
  /**
   * Runs one SELECT and returns its rows as plain objects in JSON form: 64-bit integers, decimals, dates and
   * ids arrive as strings, 32-bit integers as numbers, lists as arrays.
   */
  rows<T = Record<string, unknown>>(text: string): Promise<T[]>;
  /** The same for large results: yields pages of rows and never holds all of them in memory. */
  stream<T = Record<string, unknown>>(text: string): AsyncIterable<T[]>;
}

/** A quoted SQL identifier: the only way to put a name into a statement. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A quoted SQL string literal: the only way to put a text value into a statement. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A quoted literal, or NULL. */
export function nullable(value: string | null | undefined): string {
  return value === null || value === undefined ? 'NULL' : literal(value);
}

/** A Parquet file as a relation. A folder named `month=…` in its path must not become a column. */
export function parquet(path: string): string {
  return `read_parquet(${literal(path)}, hive_partitioning = false)`;
}

/** An id column (stored as UUID) as its 32 hex digits. */
export function hexOf(column: string): string {
  return `replace(${column}::VARCHAR, '-', '')`;
}

/** Condition that a column holds one of these texts; false for an empty list. */
export function among(column: string, values: Iterable<string>): string {
  const given = [...values];
  return given.length === 0 ? 'false' : `${column} IN (${given.map(literal).join(', ')})`;
}

/**
 * Rows of texts as a relation with one column `cells`, a list whose first element is `cells[1]`. Parsing a
 * thousand rows of VALUES is six times as slow.
 */
export function textRows(rows: readonly (readonly string[])[]): string {
  return `(SELECT unnest(${literal(JSON.stringify(rows))}::JSON::VARCHAR[][]) AS cells)`;
}

/** A list of texts as a SQL list. */
export function textList(values: readonly string[]): string {
  return `[${values.map(literal).join(', ')}]::VARCHAR[]`;
}
