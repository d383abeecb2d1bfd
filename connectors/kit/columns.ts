/**
 * The kinds of columns that contracts are written in. Each is a zod type that reads the trimmed text of one cell
 * into its canonical text, with the facts that the SQL compiler needs kept in a registry beside it.
 * The bounds are of form, not of policy: they catch a wrong unit or a shifted column.
 */
import { z } from 'zod';
import { lastDay, type Month } from '../../core/month.ts';

export type Code = 'missing' | 'format' | 'enum' | 'range' | 'county';

export type Kind =
  | { readonly kind: 'id' }
  | { readonly kind: 'county' }
  | { readonly kind: 'place'; readonly digits: 9 | 12 }
  | {
      readonly kind: 'choice';
      readonly labels: Readonly<Record<string, string>>;
      readonly many: boolean;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'money'; readonly signed: boolean }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'date'; readonly withinMonth: boolean }
  | { readonly kind: 'month'; readonly ofFile: boolean; readonly orDate: boolean }
  | { readonly kind: 'text'; readonly max: number; readonly pattern: string | null };

export interface ColumnFacts {
  readonly type: Kind;
  /** Chinese headers accepted beside the contract's name. */
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** What would be accepted, for the report to the department. */
  readonly accepts: string;
}

const registry = z.registry<ColumnFacts>();

export type Column = z.ZodType<unknown, string | null>;

export function factsOf(column: Column): ColumnFacts {
  const facts = registry.get(column);
  if (facts === undefined)
    throw new Error('a contract column must be made by connectors/kit/columns.ts');
  return facts;
}

interface Options {
  readonly aliases?: readonly string[];
  readonly required?: boolean;
}

function column(type: Kind, accepts: string, options: Options): Column {
  const required = options.required ?? false;
  const schema: Column = z.custom<string | null>(
    (cell) => (cell === null ? !required : typeof cell === 'string'),
    { error: accepts },
  );
  registry.add(schema, { type, aliases: options.aliases ?? [], required, accepts });
  return schema;
}

export const id = (aliases: readonly string[], required = true): Column =>
  column({ kind: 'id' }, '32 lower-case hex digits (HMAC-SM3 pseudonym)', { aliases, required });

export const county = (): Column =>
  column({ kind: 'county' }, '6-digit code of a county of the province', {
    aliases: ['县区代码', '区县代码', '县级行政区划代码', '县'],
    required: true,
  });

export const township = (required = true): Column =>
  column({ kind: 'place', digits: 9 }, '9-digit township code', {
    aliases: ['乡镇代码', '乡镇街道代码', '乡镇'],
    required,
  });

export const village = (required = false): Column =>
  column({ kind: 'place', digits: 12 }, '12-digit village code', {
    aliases: ['村代码', '村居代码', '村'],
    required,
  });

/** @param labels each accepted label (Chinese or code) → canonical value; the canonical values are accepted too. */
export function choice(
  values: Readonly<Record<string, readonly string[]>>,
  options: Options & { readonly many?: boolean } = {},
): Column {
  const labels = Object.fromEntries(
    Object.entries(values).flatMap(([value, names]) =>
      [value, ...names].map((name) => [name, value] as const),
    ),
  );
  const many = options.many ?? false;
  return column(
    { kind: 'choice', labels, many },
    `${many ? 'any of, joined by ;: ' : ''}${Object.keys(values).join(', ')}`,
    options,
  );
}

export const boolean = (options: Options = {}): Column =>
  column({ kind: 'boolean' }, 'true/false, 1/0, 是/否 or Y/N', options);

export const money = (options: Options & { readonly signed?: boolean } = {}): Column =>
  column(
    { kind: 'money', signed: options.signed ?? false },
    `yuan with at most two decimals${options.signed === true ? ' (negative: a reversal)' : ', not negative'}`,
    options,
  );

export const integer = (min: number, max: number, options: Options = {}): Column =>
  column({ kind: 'integer', min, max }, `a whole number from ${min} to ${max}`, options);

/** @param options.withinMonth the date may not lie after the end of the file's month */
export const date = (options: Options & { readonly withinMonth?: boolean } = {}): Column =>
  column(
    { kind: 'date', withinMonth: options.withinMonth ?? false },
    `a date YYYY-MM-DD or YYYYMMDD${options.withinMonth === true ? ', not after the end of the file’s month' : ''}`,
    options,
  );

/**
 * @param options.ofFile the month must be the one the file describes
 * @param options.orDate a date is accepted too and read as its month
 */
export const month = (
  options: Options & { readonly ofFile?: boolean; readonly orDate?: boolean } = {},
): Column =>
  column(
    { kind: 'month', ofFile: options.ofFile ?? false, orDate: options.orDate ?? false },
    `a month YYYY-MM or YYYYMM${options.ofFile === true ? ', the one in the file name' : ''}${options.orDate === true ? ', or a date' : ''}`,
    options,
  );

export const text = (max: number, options: Options & { readonly pattern?: string } = {}): Column =>
  column(
    { kind: 'text', max, pattern: options.pattern ?? null },
    `text of at most ${max} characters`,
    options,
  );

const TRUE = ['true', '1', '是', 'y'];
const FALSE = ['false', '0', '否', 'n'];
export const BOOLEAN_LABELS = { true: TRUE, false: FALSE } as const;

/** Dates outside these years are slips of the pen, not facts. */
export const YEARS = { first: 1900, last: 2100 } as const;

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
 * Reads one cell as the SQL of the parse child does; the plain reference that the property tests hold it to.
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
      if (TRUE.includes(lower)) return { value: 'true' };
      return FALSE.includes(lower) ? { value: 'false' } : { code: 'format' };
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
