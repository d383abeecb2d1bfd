/**
 * A contract compiled to SQL over the raw text of a file: for each column a typed value, and a code for a bad
 * cell. Text is matched against its pattern before casting: a cast alone turns 1.239 into 1.24.
 */
import { lastDay, type Month } from '../../core/month.ts';
import { identifier, literal } from '../../store/sql.ts';
import { BOOLEAN_LABELS, factsOf, YEARS, type Kind } from './columns.ts';
import type { Contract } from './contract.ts';

/** Blanks trimmed around a value: space, tab, CR, no-break and full-width space. */
export const TRIMMED = literal(' \t\r\n\u00a0\u3000');

export interface CompiledColumn {
  readonly name: string;
  /** SQL type in the lake. */
  readonly sqlType: string;
  /** Typed value of the trimmed text; NULL when empty or bad. */
  readonly value: string;
  /** Code of a quarantined row, or NULL. */
  readonly code: string;
  /** True when an accepted free text may contain an identifier. */
  readonly free: boolean;
}

function labelCase(text: string, labels: Readonly<Record<string, string>>): string {
  const arms = Object.entries(labels).map(
    ([label, value]) => `WHEN ${literal(label)} THEN ${literal(value)}`,
  );
  return `CASE ${text} ${arms.join(' ')} END`;
}

const isoDate = (text: string): string =>
  `TRY_CAST(CASE WHEN length(${text}) = 8 THEN substr(${text}, 1, 4) || '-' || substr(${text}, 5, 2) || '-' || substr(${text}, 7, 2) ELSE ${text} END AS DATE)`;

const matches = (text: string, pattern: string): string =>
  `regexp_full_match(${text}, ${literal(pattern)})`;

const DATE_PATTERN = '[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}';
const YEAR_BOUNDS = `BETWEEN DATE '${YEARS.first}-01-01' AND DATE '${YEARS.last}-12-31'`;

interface Pieces {
  readonly sqlType: string;
  readonly value: string;
  /** Code if the text is not empty and the value is NULL. */
  readonly otherwise: string;
}

function pieces(type: Kind, text: string, month: Month): Pieces {
  switch (type.kind) {
    case 'id':
      return {
        sqlType: 'UUID',
        value: `CASE WHEN ${matches(text, '[0-9a-f]{32}')} THEN TRY_CAST(${text} AS UUID) END`,
        otherwise: `'format'`,
      };
    case 'county':
      return {
        sqlType: 'VARCHAR',
        value: `TRY_CAST(${text} AS county_code)::VARCHAR`,
        otherwise: `CASE WHEN ${matches(text, '[0-9]{6}')} THEN 'county' ELSE 'format' END`,
      };
    case 'place':
      return {
        sqlType: 'VARCHAR',
        value: `CASE WHEN ${matches(text, `[0-9]{${type.digits}}`)} THEN ${text} END`,
        otherwise: `'format'`,
      };
    case 'choice':
      if (!type.many)
        return { sqlType: 'VARCHAR', value: labelCase(text, type.labels), otherwise: `'enum'` };
      return {
        sqlType: 'VARCHAR[]',
        value: `list_kinds(list_transform(list_filter(list_transform(string_split(replace(${text}, '；', ';'), ';'), lambda p: trim(p, ${TRIMMED})), lambda p: p <> ''), lambda p: coalesce(${labelCase('p', type.labels)}, '?')))`,
        otherwise: `'enum'`,
      };
    case 'boolean': {
      const list = (labels: readonly string[]): string => labels.map(literal).join(', ');
      return {
        sqlType: 'BOOLEAN',
        value: `CASE WHEN lower(${text}) IN (${list(BOOLEAN_LABELS.true)}) THEN true WHEN lower(${text}) IN (${list(BOOLEAN_LABELS.false)}) THEN false END`,
        otherwise: `'format'`,
      };
    }
    case 'money': {
      const pattern = type.signed
        ? '-?[0-9]{1,10}(\\.[0-9]{1,2})?'
        : '[0-9]{1,10}(\\.[0-9]{1,2})?|-0{1,10}(\\.0{1,2})?';
      return {
        sqlType: 'DECIMAL(14,2)',
        value: `CASE WHEN ${matches(text, pattern)} THEN TRY_CAST(${text} AS DECIMAL(14,2)) END`,
        otherwise: `CASE WHEN ${matches(text, '-?[0-9]+(\\.[0-9]{1,2})?')} THEN 'range' ELSE 'format' END`,
      };
    }
    case 'integer':
      return {
        sqlType: 'INTEGER',
        value: `CASE WHEN ${matches(text, '-?[0-9]+')} AND TRY_CAST(${text} AS INTEGER) BETWEEN ${type.min} AND ${type.max} THEN TRY_CAST(${text} AS INTEGER) END`,
        otherwise: `CASE WHEN ${matches(text, '-?[0-9]+')} THEN 'range' ELSE 'format' END`,
      };
    case 'date': {
      const read = `CASE WHEN ${matches(text, DATE_PATTERN)} THEN ${isoDate(text)} END`;
      const bound = `${YEAR_BOUNDS}${type.withinMonth ? ` AND ${read} <= DATE '${lastDay(month)}'` : ''}`;
      return {
        sqlType: 'DATE',
        value: `CASE WHEN ${read} ${bound} THEN ${read} END`,
        otherwise: `CASE WHEN ${read} IS NULL THEN 'format' ELSE 'range' END`,
      };
    }
    case 'month': {
      const plain = `CASE WHEN ${matches(text, '[0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4}(0[1-9]|1[0-2])')} THEN TRY_CAST(substr(${text}, 1, 4) || '-' || right(${text}, 2) || '-01' AS DATE) END`;
      const read = type.orDate
        ? `coalesce(${plain}, CASE WHEN ${matches(text, DATE_PATTERN)} THEN date_trunc('month', ${isoDate(text)})::DATE END)`
        : plain;
      const bound = `${YEAR_BOUNDS}${type.ofFile ? ` AND ${read} = DATE '${month}-01'` : ''}`;
      return {
        sqlType: 'DATE',
        value: `CASE WHEN ${read} ${bound} THEN ${read} END`,
        otherwise: `CASE WHEN ${read} IS NULL THEN 'format' ELSE 'range' END`,
      };
    }
    case 'text': {
      const fits = `length(${text}) <= ${type.max}`;
      const shaped = type.pattern === null ? fits : `${fits} AND ${matches(text, type.pattern)}`;
      return {
        sqlType: 'VARCHAR',
        value: `CASE WHEN ${shaped} THEN ${text} END`,
        otherwise: `CASE WHEN ${fits} THEN 'format' ELSE 'range' END`,
      };
    }
  }
}

/** Statements that the compiled expressions rely on. */
export function prelude(counties: readonly string[]): string {
  return `CREATE TYPE county_code AS ENUM (${counties.map(literal).join(', ')});
    CREATE MACRO list_kinds(kinds) AS CASE WHEN list_contains(kinds, '?') THEN NULL ELSE list_sort(list_distinct(kinds)) END`;
}

/**
 * @param present contract columns in the file; an absent optional one is NULL in the lake
 * @returns one entry per contract column, reading the trimmed text `t_<name>`
 */
export function compileContract(
  contract: Contract,
  month: Month,
  present: ReadonlySet<string>,
): CompiledColumn[] {
  return Object.entries(contract.row.shape).map(([name, column]) => {
    const { type, required } = factsOf(column);
    const text = present.has(name) ? identifier(`t_${name}`) : 'NULL::VARCHAR';
    const { sqlType, value, otherwise } = pieces(type, text, month);
    return {
      name,
      sqlType,
      value: present.has(name) ? `(${value})` : `NULL::${sqlType}`,
      code: present.has(name)
        ? `CASE WHEN ${text} IS NULL THEN ${required ? `'missing'` : 'NULL'} WHEN ${identifier(name)} IS NULL THEN ${otherwise} END`
        : 'NULL::VARCHAR',
      free: type.kind === 'text',
    };
  });
}

/** Column names and SQL types of a contract's lake files, the source line first. */
export function lakeSchema(contract: Contract, month: Month): { name: string; type: string }[] {
  const all = new Set(Object.keys(contract.row.shape));
  return [
    { name: 'line', type: 'BIGINT' },
    ...compileContract(contract, month, all).map(({ name, sqlType }) => ({ name, type: sqlType })),
  ];
}
