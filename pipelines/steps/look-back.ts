/** Fields of earlier months' profiles, for rules that look back. */
import { existsSync } from 'node:fs';
import { workFile } from '../../core/home.ts';
import { addMonths } from '../../core/month.ts';
import { identifier, parquet } from '../../store/sql.ts';
import type { Derivation } from '../../warnings/derived.ts';
import type { RunContext } from '../context.ts';
import type { Profiles } from './field-tables.ts';
import { makeProfile, makeRoster, profilePrint, rosterPrint } from './make.ts';
import { findSources } from '../../warnings/sources.ts';
import { lastRecord } from '../../store/step-record.ts';

/** An earlier month's fields, one row per person and per home. */
export interface Past extends Profiles {
  /** Months before the run's month. */
  readonly before: number;
}

/** The profile based on what is known now; one left by that month's run is reused. */
async function profileOf(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules'
  >,
): Promise<Profiles | null> {
  const sources = await findSources(context);
  if (!sources.read.some(({ month }) => month === context.month)) return null;
  const { home } = context.store;
  const file = (name: string): string => workFile(home, context.month, name);
  const last = await lastRecord(context, 'profile');
  const there = ['person', 'household'].every((name) => existsSync(file(name)));
  if (there && last?.fingerprint === profilePrint(context, rosterPrint(sources)))
    return { person: parquet(file('person')), household: parquet(file('household')) };
  await makeRoster(context, sources);
  return makeProfile(context, sources, 'roster');
}

/** Fields looked back at: the person's own, and the home's. */
export function fieldsLookedBack(
  derivations: Iterable<Derivation>,
): Record<keyof Profiles, string[]> {
  const names = { person: new Set<string>(), household: new Set<string>() };
  for (const { kind, base } of derivations)
    if (kind !== 'members') names[base.of === 'person' ? 'person' : 'household'].add(base.name);
  return { person: [...names.person], household: [...names.household] };
}

/** Number of months before the run's month to look back. */
function monthsOf(derivations: Iterable<Derivation>): number[] {
  const months = new Set<number>();
  for (const derivation of derivations) {
    if (derivation.kind === 'before') months.add(derivation.months);
    if (derivation.kind === 'last') for (let n = 1; n < derivation.months; n += 1) months.add(n);
  }
  return [...months].sort((a, b) => a - b);
}

/**
 * Puts the looked-back fields into temporary tables; the views of the run's own month must be created afterwards.
 * @returns one entry per month with any current extract
 */
export async function lookBack(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules'
  >,
  derivations: ReadonlyMap<string, Derivation>,
): Promise<Past[]> {
  const { sql } = context.store;
  const names = fieldsLookedBack(derivations.values());
  const past: Past[] = [];
  for (const before of monthsOf(derivations.values())) {
    const month = addMonths(context.month, -before);
    const profiles = await profileOf({ ...context, month });
    if (profiles === null) continue;
    const table = (subject: keyof Profiles): string => `past_${subject}_${before}`;
    for (const [subject, key] of [
      ['person', 'person_id'],
      ['household', 'household_id'],
    ] as const) {
      // A person in two homes has two rows, with the same personal fields.
      const columns = names[subject].map(
        (name) => `, any_value(p.${identifier(name)}) AS ${identifier(name)}`,
      );
      await sql.run(
        `CREATE OR REPLACE TEMP TABLE ${table(subject)} AS SELECT ${key}${columns.join('')} FROM ${profiles[subject]} p GROUP BY ${key}`,
      );
    }
    past.push({ before, person: table('person'), household: table('household') });
  }
  return past;
}
