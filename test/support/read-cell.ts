/** The plain reference of how one cell of an extract is read; the property tests hold the compiled SQL to it. */
import { BOOLEAN_LABELS, factsOf, YEARS, type Column } from '../../files/extract/columns.ts';
import { lastDay, type Month } from '../../core/month.ts';

type Code = 'missing' | 'format' | 'enum' | 'range' | 'county';

function plainDate(text: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (match === null || (text.length !== 8 && text.length !== 10)) return null;
  const [year, number, day] = [text.slice(0, 4), match[2] ?? '', match[3] ?? ''];
  if (number < '01' || number > '12') return null;
  const end = lastDay(`${year}-${number}` as Month);
  const value = `${year}-${number}-${day}`;
  return day >= '01' && value <= end ? value : null;
}

/**
 * Reads one cell as the SQL of the parse child does.
 * @param cell trimmed text; null when empty
 * @returns the canonical text, or the code of a quarantined row
 */
export function readCell(
  column: Column,
  cell: string | null,
  context: { readonly month: Month; readonly counties: ReadonlySet<string> },
): { readonly value: string | null } | { readonly code: Code } {
  const { type, required } = factsOf(column);
  if (cell === null) return required ? { code: 'missing' } : { value: null };
  switch (type.kind) {
    case 'id':
      return /^[0-9a-f]{32}$/.test(cell) ? { value: cell } : { code: 'format' };
    case 'county':
      if (!/^[0-9]{6}$/.test(cell)) return { code: 'format' };
      return context.counties.has(cell) ? { value: cell } : { code: 'county' };
    case 'place':
      return new RegExp(`^[0-9]{${type.digits}}$`).test(cell)
        ? { value: cell }
        : { code: 'format' };
    case 'choice': {
      if (!type.many) {
        const value = Object.hasOwn(type.labels, cell) ? type.labels[cell] : undefined;
        return value === undefined ? { code: 'enum' } : { value };
      }
      const parts = cell
        .split(/[;；]/)
        .map((part) => part.trim())
        .filter((part) => part !== '');
      const values = parts.map((part) =>
        Object.hasOwn(type.labels, part) ? type.labels[part] : undefined,
      );
      if (values.includes(undefined)) return { code: 'enum' };
      return { value: [...new Set(values)].sort().join(';') };
    }
    case 'boolean': {
      const lower = cell.toLowerCase();
      const labels: Record<'true' | 'false', readonly string[]> = BOOLEAN_LABELS;
      if (labels.true.includes(lower)) return { value: 'true' };
      return labels.false.includes(lower) ? { value: 'false' } : { code: 'format' };
    }
    case 'money': {
      if (!/^-?[0-9]+(\.[0-9]{1,2})?$/.test(cell)) return { code: 'format' };
      const negative = cell.startsWith('-') && /[1-9]/.test(cell);
      if ((negative && !type.signed) || !/^-?[0-9]{1,10}(\.|$)/.test(cell))
        return { code: 'range' };
      const [whole = '', cents = ''] = cell.replace('-', '').split('.');
      return {
        value: `${negative ? '-' : ''}${whole.replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`,
      };
    }
    case 'integer': {
      if (!/^-?[0-9]+$/.test(cell)) return { code: 'format' };
      const value = Number(cell);
      return value >= type.min && value <= type.max ? { value: String(value) } : { code: 'range' };
    }
    case 'date': {
      const value = plainDate(cell);
      if (value === null) return { code: 'format' };
      const year = Number(value.slice(0, 4));
      if (year < YEARS.first || year > YEARS.last) return { code: 'range' };
      return type.withinMonth && value > lastDay(context.month) ? { code: 'range' } : { value };
    }
    case 'month': {
      const match = /^(\d{4})-?(0[1-9]|1[0-2])$/.exec(cell);
      const day = type.orDate && match === null ? plainDate(cell) : null;
      if (match === null && day === null) return { code: 'format' };
      const value = day?.slice(0, 7) ?? `${match?.[1] ?? ''}-${match?.[2] ?? ''}`;
      const year = Number(value.slice(0, 4));
      if (year < YEARS.first || year > YEARS.last) return { code: 'range' };
      return type.ofFile && value !== context.month ? { code: 'range' } : { value };
    }
    case 'text':
      if ([...cell].length > type.max) return { code: 'range' };
      return type.pattern !== null && !new RegExp(`^(?:${type.pattern})$`).test(cell)
        ? { code: 'format' }
        : { value: cell };
  }
}
