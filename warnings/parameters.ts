/**
 * The parameter book: figures of policy as dated, local, cited data. A home's own values (doudi.yaml) win over the
 * shipped ones; among the rest the nearest region wins (county, prefecture, province, country), then the value made
 * for the very case over one made for all cases.
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
  type Unit,
} from '../core/parameter.ts';
import type { Divisions } from '../core/region.ts';
import { readYaml } from '../core/yaml.ts';
import { parameterFileSchema } from './schema.ts';

export interface ParameterDefinition {
  readonly name: string;
  readonly title: string;
  readonly title_en: string;
  readonly type: ParameterType;
  readonly unit: Unit;
  /** The cases that its values may differ by; null when there is one value for all. */
  readonly by: { readonly key: string; readonly cases: readonly string[] } | null;
}

export interface ParameterBook {
  readonly definitions: ReadonlyMap<string, ParameterDefinition>;
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
  if (value.unit !== definition.unit) return `its unit is ${definition.unit}, not ${value.unit}`;
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

function checkTier(
  values: readonly Parameter[],
  definitions: ReadonlyMap<string, ParameterDefinition>,
  where: string,
): void {
  values.forEach((value, index) => {
    const definition = definitions.get(value.name);
    if (definition === undefined) {
      throw new MonitorError('parameter', `${where}: there is no parameter '${value.name}'`, {
        fix: `did you mean '${closest(value.name, [...definitions.keys()])}'?`,
      });
    }
    const wrong = fault(value, definition);
    if (wrong !== null)
      throw new MonitorError(
        'parameter',
        `${where}: ${value.name} for ${value.region} from ${value.from}: ${wrong}`,
      );
    const twin = values
      .slice(0, index)
      .find((other) => other.name === value.name && overlaps(other, value));
    if (twin !== undefined) {
      throw new MonitorError(
        'parameter',
        `${where}: ${value.name} for ${value.region} has two values from ${value.from}`,
        {
          fix: 'end the older one the day before the newer begins',
        },
      );
    }
  });
}

/**
 * @param own values of the home's doudi.yaml
 * @throws MonitorError `parameter` with file, name, region and date of what is wrong
 */
export function loadParameters(own: readonly Parameter[]): ParameterBook {
  const definitions = new Map<string, ParameterDefinition>();
  const shipped: Parameter[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const result = parameterFileSchema.safeParse(
      readYaml(new URL(file, folder), `rules/parameters/${file}`, 'parameter'),
    );
    if (!result.success)
      throw new MonitorError(
        'parameter',
        `rules/parameters/${file}: ${z.prettifyError(result.error)}`,
      );
    const { values, by, ...rest } = result.data;
    if (`${rest.name}.yaml` !== file)
      throw new MonitorError('parameter', `rules/parameters/${file}: its name is '${rest.name}'`);
    definitions.set(rest.name, { ...rest, by: by ?? null });
    for (const [index, raw] of values.entries()) {
      const value = parameterSchema.safeParse({
        name: rest.name,
        unit: rest.unit,
        ...(raw as object),
      });
      if (!value.success)
        throw new MonitorError(
          'parameter',
          `rules/parameters/${file}, value ${index + 1}: ${z.prettifyError(value.error)}`,
        );
      shipped.push(value.data);
    }
  }
  checkTier(shipped, definitions, 'rules/parameters');
  checkTier(own, definitions, 'doudi.yaml');
  return { definitions, tiers: [own, shipped] };
}

/**
 * The value in force on a day for a county and case, with its citation.
 * @param day `YYYY-MM-DD`
 */
export function lookUp(
  book: ParameterBook,
  divisions: Divisions,
  name: string,
  county: string,
  day: string,
  cases: Cases,
): Parameter | null {
  for (const tier of book.tiers) {
    const inForce = tier.filter(
      (value) => value.name === name && value.from <= day && (value.to === null || day <= value.to),
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
