import { fen } from './values.ts';
import type { Parameter } from './types.ts';

// What the contract says is shipped for Guizhou; what a home adds wins over it.
const guizhou = (
  name: string,
  where: Record<string, string>,
  to: string | null,
  value: number | boolean,
): Parameter => ({ name, where, region: '520000', from: '0001-01-01', to, value });

/** The defaults of docs/catalogue.md, the same in the whole country. */
const everywhere = (name: string, value: number, from = '0001-01-01', to?: string): Parameter => ({
  name,
  region: '000000',
  from,
  to: to ?? null,
  value,
});

const SHIPPED: readonly Parameter[] = [
  everywhere('adult-age', 18),
  everywhere('elderly-age', 60),
  everywhere('advanced-age', 80),
  everywhere('contributions-stopped-months', 3),
  everywhere('look-ahead-months', 2),
  everywhere('income-left-share', 0.7),
  everywhere('monitoring-line', 7300, '2023-01-01', '2023-12-31'),
  everywhere('monitoring-line', 7500, '2024-01-01'),
  guizhou('grace-period', { reason: 'state_employment' }, null, 3),
  guizhou('grace-period', { reason: 'flexible_employment' }, null, 6),
  guizhou('grace-period', { reason: 'other' }, null, 6),
  guizhou('review-interval', {}, null, 12),
  guizhou('direct-recognition', {}, '2025-12-31', true),
];

/** 520102 lies in 520102, 520100 and 520000: the more digits stand, the nearer. */
function nearness(region: string, county: string): number {
  const stem = region.replace(/(00)+$/, '');
  return county.startsWith(stem) ? stem.length : -1;
}

function best(
  parameters: readonly Parameter[],
  name: string,
  county: string,
  facts: Readonly<Record<string, string>>,
  day: string,
): Parameter | undefined {
  // DECISION: nearest region first, then the more particular `where`, then the latest `from`,
  // then the later entry.
  const rank = (parameter: Parameter): [number, number, string] => [
    nearness(parameter.region, county),
    Object.keys(parameter.where ?? {}).length,
    parameter.from,
  ];
  const fits = (parameter: Parameter): boolean =>
    parameter.name === name &&
    nearness(parameter.region, county) >= 0 &&
    parameter.from <= day &&
    (parameter.to ?? '9999-12-31') >= day &&
    Object.entries(parameter.where ?? {}).every(([key, value]) => facts[key] === value);
  let found: Parameter | undefined;
  for (const parameter of parameters.filter(fits)) {
    if (found === undefined) found = parameter;
    else {
      const [region, where, from] = rank(parameter);
      const [foundRegion, foundWhere, foundFrom] = rank(found);
      const order =
        region - foundRegion ||
        where - foundWhere ||
        (from === foundFrom ? 0 : from > foundFrom ? 1 : -1);
      if (order >= 0) found = parameter;
    }
  }
  return found;
}

export type Lookup = (
  name: string,
  county: string,
  facts?: Readonly<Record<string, string>>,
) => Parameter | undefined;

/** DECISION: 'looked up at M' = what is in force on the last day of M. */
export function lookupAt(home: readonly Parameter[], day: string): Lookup {
  return (name, county, facts = {}) =>
    best(home, name, county, facts, day) ?? best(SHIPPED, name, county, facts, day);
}

export function parameterFen(parameter: Parameter | undefined): bigint | undefined {
  if (parameter === undefined) return undefined;
  const amount = fen(String(parameter.value));
  if (amount === undefined) throw new Error(`${parameter.name} is no amount in yuan`);
  return amount;
}

/** A number of months or years. */
export function parameterCount(parameter: Parameter | undefined): number | undefined {
  return parameter === undefined ? undefined : Number(parameter.value);
}
