/** Display units in Grafana's terms. A unit is set per column, never for a panel that also contains codes. */
import type { ColumnType, FigureUnit } from './metric.ts';

/** `locale` groups digits and keeps all of them; `short` would show 3600 as 3.60 K. */
const UNITS: Readonly<Record<FigureUnit, string>> = {
  persons: 'locale',
  households: 'locale',
  warnings: 'locale',
  leads: 'locale',
  rows: 'locale',
  files: 'locale',
  versions: 'none',
  counties: 'none',
  lists: 'none',
  records: 'locale',
  months: 'none',
  days: 'none',
  hours: 'h',
  seconds: 's',
  bytes: 'bytes',
  share: 'percentunit',
};

/** Grafana's unit for a column; undefined if it has none. */
export function unitOf(column: ColumnType): string | undefined {
  switch (column.type) {
    case 'count':
    case 'number':
      return UNITS[column.unit];
    case 'ratio':
      return 'percentunit';
    case 'instant':
      return 'dateTimeAsIso';
    case 'flag':
      return 'bool_yes_no';
    case 'month':
    case 'text':
      return undefined;
  }
}
