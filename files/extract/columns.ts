/**
 * The kinds of columns that contracts are written in. Each is a zod type that reads the trimmed text of one cell
 * into its canonical text, and the facts that the SQL compiler needs are kept in a registry.
 * The bounds check form, not policy: they catch a wrong unit or a shifted column.
 */
import { z } from 'zod';

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
  /** Description of accepted values, for the report to the department. */
  readonly accepts: string;
}

const registry = z.registry<ColumnFacts>();

export type Column = z.ZodType<unknown, string | null>;

export function factsOf(column: Column): ColumnFacts {
  const facts = registry.get(column);
  if (facts === undefined)
    throw new Error('a contract column must be made by files/extract/columns.ts');
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

export const BOOLEAN_LABELS = {
  true: ['true', '1', '是', 'y'],
  false: ['false', '0', '否', 'n'],
} as const;

/** Dates outside these years are typing errors. */
export const YEARS = { first: 1900, last: 2100 } as const;
