/**
 * The parameter book: figures of policy as dated, local, cited data. A home's own values (doudi.yaml) override the
 * shipped ones; then the nearest region wins (county, prefecture, province, country), then a value for the specific
 * case over one for all cases.
 */
import { readdirSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { MonitorError } from '../core/errors.ts';
import {
  parameterSchema,
  valueFault,
  type Parameter,
  type ParameterType,
  type PlacedParameter,
  type Unit,
} from '../core/parameter.ts';
import { isKnownRegion, type Divisions } from '../core/region.ts';
import { faultsOf } from '../core/schema-faults.ts';
import { openYaml } from '../core/yaml.ts';
import type { FigureName } from './figure-names.ts';
import { parameterFileSchema } from './schema.ts';

export interface ParameterDefinition {
  readonly name: string;
  readonly title: string;
  readonly title_en: string;
  readonly type: ParameterType;
  readonly unit: Unit;
  /** The cases with separate values; null when one value applies to all. */
  readonly by: { readonly key: string; readonly cases: readonly string[] } | null;
}

type Definitions = ReadonlyMap<string, ParameterDefinition>;

export interface ParameterBook {
  readonly definitions: Definitions;
  /** Values of the home first, then the shipped ones. */
  readonly tiers: readonly (readonly Parameter[])[];
}

export type Cases = Readonly<Record<string, string>>;

const folder = new URL('../rules/parameters/', import.meta.url);

function overlaps(a: Parameter, b: Parameter): boolean {
  const sameCase =
    JSON.stringify(Object.entries(a.where ?? {}).sort()) ===
    JSON.stringify(Object.entries(b.where ?? {}).sort());
  return (
    a.region === b.region &&
    sameCase &&
    a.from <= (b.to ?? '9999-12-31') &&
    b.from <= (a.to ?? '9999-12-31')
  );
}

/** Names what is wrong with one value, or null. */
function fault(value: Parameter, definition: ParameterDefinition): string | null {
  if (value.unit !== definition.unit) return `it is in ${definition.unit}, not in ${value.unit}`;
  const uncited = [value.doc, value.clause].every((text) => /^[\p{P}\s]*$/u.test(text));
  if (uncited) return 'it needs a citation: doc and clause';
  const wrong = valueFault(value.value, definition.type, definition.unit);
  if (wrong !== null) return wrong;
  if (value.to !== null && value.to < value.from) return 'it ends before it begins';
  for (const [key, wanted] of Object.entries(value.where ?? {})) {
    if (definition.by?.key !== key) return `it does not differ by '${key}'`;
    if (!definition.by.cases.includes(wanted))
      return `'${wanted}' is no ${key}; known: ${definition.by.cases.join(', ')}`;
  }
  return null;
}

/** A figure with its source position, or one made by code. A position is looked up only for a message. */
type ParameterEntry = Parameter & { readonly place?: PlacedParameter['place'] | (() => string) };

const placeOf = (place: ParameterEntry['place'] = 'doudi.yaml'): string =>
  typeof place === 'string' ? place : place();

/** @returns the values without their source positions, which are not part of their meaning */
function checkTier(
  values: readonly ParameterEntry[],
  definitions: Definitions,
  knows: (region: string) => boolean,
): Parameter[] {
  return values.map((entry, index) => {
    const { place, ...value } = entry;
    const stop = (message: string, fix?: string): MonitorError =>
      new MonitorError(
        'parameter',
        `${placeOf(place)}: ${message}`,
        fix === undefined ? {} : { fix },
      );
    const definition = definitions.get(value.name);
    if (definition === undefined)
      throw stop(
        `there is no parameter '${value.name}'`,
        `did you mean '${closest(value.name, [...definitions.keys()])}'?`,
      );
    const wrong = fault(value, definition);
    if (wrong !== null)
      throw stop(`${value.name} for ${value.region} from ${value.from}: ${wrong}`);
    if (!knows(value.region))
      throw stop(
        `${value.name}: there is no region ${value.region}`,
        'the 6-digit code of a county, prefecture or province that the divisions know, "000000" for the country',
      );
    const twin = values
      .slice(0, index)
      .find((other) => other.name === value.name && overlaps(other, value));
    if (twin !== undefined)
      throw stop(
        `${value.name} for ${value.region} has two values from ${value.from}; the other: ${placeOf(twin.place)}`,
        'end the older one the day before the newer begins',
      );
    return value;
  });
}

const FILE_KEYS = Object.keys(parameterFileSchema.shape);
const VALUE_KEYS = Object.keys(parameterSchema.shape);

/** One shipped file: the parameter, and its values with their lines. */
function readParameterFile(path: URL, name: string): [ParameterDefinition, ParameterEntry[]] {
  const file = openYaml(path, name, 'parameter');
  const stop = (
    error: z.ZodError,
    keys: readonly string[],
    under: readonly PropertyKey[],
  ): never => {
    const issues = error.issues.map((issue) => ({ ...issue, path: [...under, ...issue.path] }));
    throw new MonitorError(
      'parameter',
      `${name}, ${faultsOf(new z.ZodError(issues), file, () => keys).join('; ')}`,
    );
  };
  const result = parameterFileSchema.safeParse(file.value);
  if (!result.success) return stop(result.error, FILE_KEYS, []);
  const { values, by, ...rest } = result.data;
  if (!name.endsWith(`/${rest.name}.yaml`))
    throw new MonitorError(
      'parameter',
      `${name}, line ${file.lineAt(['name'])}: its name is '${rest.name}'`,
    );
  const placed = values.map((raw, index): ParameterEntry => {
    const value = parameterSchema.safeParse({
      name: rest.name,
      unit: rest.unit,
      ...(raw as object),
    });
    if (!value.success) return stop(value.error, VALUE_KEYS, ['values', index]);
    return { ...value.data, place: () => `${name}, line ${file.lineAt(['values', index])}` };
  });
  return [{ ...rest, by: by ?? null }, placed];
}

interface ShippedFigures {
  readonly definitions: Definitions;
  readonly values: readonly Parameter[];
}

function readShipped(): ShippedFigures {
  const read = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => readParameterFile(new URL(file, folder), `rules/parameters/${file}`));
  const definitions = new Map(read.map(([definition]) => [definition.name, definition]));
  const placed = read.flatMap(([, values]) => values);
  return { definitions, values: checkTier(placed, definitions, (region) => isKnownRegion(region)) };
}

/** Read once per process: what is shipped does not change while it runs, and `serve` opens the book again and again. */
let shippedFigures: ShippedFigures | undefined;

/**
 * @param own values of the home's doudi.yaml
 * @param divisions the home's own divisions file, whose regions are known besides the shipped ones
 * @throws MonitorError `parameter` with file and line of the fault, and what was probably meant
 */
export function loadParameters(own: readonly ParameterEntry[], divisions?: string): ParameterBook {
  shippedFigures ??= readShipped();
  const { definitions, values } = shippedFigures;
  const knows = (region: string): boolean => isKnownRegion(region, divisions);
  return { definitions, tiers: [checkTier(own, definitions, knows), values] };
}

const indexes = new WeakMap<readonly Parameter[], ReadonlyMap<string, readonly Parameter[]>>();

function indexOf(tier: readonly Parameter[]): ReadonlyMap<string, readonly Parameter[]> {
  const index = new Map<string, Parameter[]>();
  for (const value of tier) {
    const same = index.get(value.name);
    if (same === undefined) index.set(value.name, [value]);
    else same.push(value);
  }
  return index;
}

/** A tier's values of one name. Cached: a month looks up each name in every county, a hundred thousand times in all. */
function valuesOf(tier: readonly Parameter[], name: string): readonly Parameter[] {
  let index = indexes.get(tier);
  if (index === undefined) {
    index = indexOf(tier);
    indexes.set(tier, index);
  }
  return index.get(name) ?? [];
}

/**
 * The value in force on a day for a county and case, with its citation.
 * @param figure its definition, or a name that code may look up
 * @param day `YYYY-MM-DD`
 */
export function lookUp(
  book: ParameterBook,
  divisions: Divisions,
  figure: ParameterDefinition | FigureName,
  county: string,
  day: string,
  cases: Cases,
): Parameter | null {
  const name = typeof figure === 'string' ? figure : figure.name;
  for (const tier of book.tiers) {
    const inForce = valuesOf(tier, name).filter(
      (value) => value.from <= day && (value.to === null || day <= value.to),
    );
    for (const region of divisions.lineage(county)) {
      const here = inForce.filter((value) => value.region === region);
      const made = here.find(
        (value) =>
          value.where !== undefined &&
          Object.entries(value.where).every(([key, wanted]) => cases[key] === wanted),
      );
      const found =
        made ??
        here.find((value) => value.where === undefined || Object.keys(value.where).length === 0);
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** Every case of a parameter; one empty case when it has none. */
export function casesOf(definition: ParameterDefinition): Cases[] {
  const { by } = definition;
  return by === null ? [{}] : by.cases.map((value) => ({ [by.key]: value }));
}

/** Name of a parameter's column, e.g. `dibao-standard|residence=rural`. */
export function caseName(name: string, cases: Cases): string {
  return [name, ...Object.entries(cases).map(([key, value]) => `${key}=${value}`)].join('|');
}

/** `lookUp` for a column's name as `caseName` writes it. */
export function lookUpCase(
  book: ParameterBook,
  divisions: Divisions,
  column: string,
  county: string,
  day: string,
): Parameter | null {
  const [name = '', ...cases] = column.split('|');
  const where = Object.fromEntries(cases.map((one) => one.split('=') as [string, string]));
  const definition = book.definitions.get(name);
  return definition === undefined ? null : lookUp(book, divisions, definition, county, day, where);
}
