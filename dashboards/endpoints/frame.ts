/** Encodes an answer as a Grafana data frame: typed fields with names, units and the text for masked values. */
import type { ColumnType } from '../shared/metric.ts';
import { MASKED, type FigureCell, type Row } from '../shared/protect.ts';
import type { QueryResult } from '../shared/registry.ts';
import { unitOf } from '../shared/units.ts';

export interface FrameField {
  readonly name: string;
  readonly type: 'time' | 'string' | 'number';
  readonly values: readonly FigureCell[];
  readonly config: Readonly<Record<string, string>>;
}

export interface DataFrame {
  readonly refId: string;
  readonly name: string;
  /** Notices are shown in the panel's corner. */
  readonly meta?: {
    readonly notices: readonly { readonly severity: 'info'; readonly text: string }[];
  };
  readonly fields: readonly FrameField[];
}

/** Untyped columns are guessed from their first value, and a code would lose its zeros, so the type is always given. */
export function fieldType({ type }: ColumnType): FrameField['type'] {
  if (type === 'instant') return 'time';
  return type === 'text' || type === 'month' ? 'string' : 'number';
}

const isMasked = (row: Row, name: string): boolean =>
  String(row[MASKED] ?? '')
    .split(' ')
    .includes(name);

/** Only if every missing value is a masked one: a missing value must not read as a small one. */
function noValue({ rows, least }: QueryResult, name: string): Record<string, string> {
  const missing = rows.filter((row) => (row[name] ?? null) === null);
  const masked = missing.length > 0 && missing.every((row) => isMasked(row, name));
  return masked ? { noValue: `<${least}` } : {};
}

export function frameOf(answer: QueryResult, refId: string): DataFrame {
  const { metric, columns, rows, notice } = answer;
  return {
    refId,
    name: metric.title,
    ...(notice === null ? {} : { meta: { notices: [{ severity: 'info', text: notice }] } }),
    fields: columns.map(({ name, column }) => {
      const unit = unitOf(column);
      return {
        name,
        type: fieldType(column),
        values: rows.map((row) => row[name] ?? null),
        config: {
          displayName: column.title,
          ...(unit === undefined ? {} : { unit }),
          ...noValue(answer, name),
        },
      };
    }),
  };
}
