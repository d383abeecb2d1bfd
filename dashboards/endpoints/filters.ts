/**
 * Applies a dashboard's ad-hoc filters to an answer's rows. An unknown operator or column is refused, never
 * skipped.
 */
import { z } from 'zod';
import { usageError } from '../../core/errors.ts';
import type { FigureCell } from '../shared/protect.ts';
import type { QueryResult } from '../shared/registry.ts';

export const filterSchema = z.object({ key: z.string(), operator: z.string(), value: z.string() });
export type Filter = z.infer<typeof filterSchema>;

type Test = (cell: FigureCell, value: string) => boolean;

const compared =
  (test: (a: number, b: number) => boolean): Test =>
  (cell, value) =>
    typeof cell === 'number' && value.trim() !== '' && test(cell, Number(value));

const OPERATORS: Readonly<Record<string, Test>> = {
  '=': (cell, value) => String(cell ?? '') === value,
  '!=': (cell, value) => String(cell ?? '') !== value,
  '<': compared((a, b) => a < b),
  '<=': compared((a, b) => a <= b),
  '>': compared((a, b) => a > b),
  '>=': compared((a, b) => a >= b),
};

/** @throws MonitorError `usage` */
export function filtered(answer: QueryResult, filters: readonly Filter[]): QueryResult {
  let { rows } = answer;
  for (const { key, operator, value } of filters) {
    const test = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (test === undefined)
      throw usageError(
        'a filter has an unknown operator',
        `one of ${Object.keys(OPERATORS).join(' ')}`,
      );
    if (!answer.columns.some(({ name }) => name === key))
      throw usageError(`a filter names a column that ${answer.metric.name} does not have`);
    rows = rows.filter((row) => test(row[key] ?? null, value));
  }
  return { ...answer, rows };
}
