/** Profile columns derived from others (`warnings/derived.ts`): from earlier months, and from the home's members. */
import { FIELD_SQL } from '../../core/field.ts';
import { identifier, type Sql } from '../../store/sql.ts';
import { derivedField, type Derivation, type Take } from '../../warnings/derived.ts';
import type { Profiles } from './field-tables.ts';
import { fieldsLookedBack, type Past } from './look-back.ts';

type Derivations = ReadonlyMap<string, Derivation>;
type Key = 'person_id' | 'household_id';

/**
 * Aggregates a derivation's value over the rows selected by `among`. Bit n of a streak is set if the condition held
 * n months before; its length is the number of trailing ones.
 */
function taken(take: Take, column: string, among: string): string {
  switch (take) {
    case 'sum':
      return `sum(${column}) FILTER (${among})`;
    case 'most':
      return `max(${column}) FILTER (${among})`;
    case 'least':
      return `min(${column}) FILTER (${among})`;
    case 'any':
      return `bool_or(${column}) FILTER (${among})`;
    case 'all':
      return `bool_and(${column}) FILTER (${among})`;
    case 'count':
      return `count(*) FILTER (${column} AND ${among})`;
    case 'streak': {
      const bits = `coalesce(bit_or(1 << before) FILTER (${column} AND ${among}), 0)`;
      return `bit_count(xor(${bits}, ${bits} + 1)) - 1`;
    }
  }
}

function expression(name: string, derivation: Derivation): string {
  const column = identifier(derivation.base.name);
  const value =
    derivation.kind === 'before'
      ? `any_value(${column}) FILTER (before = ${derivation.months})`
      : taken(
          derivation.take,
          column,
          derivation.kind === 'last' ? `before < ${derivation.months}` : 'true',
        );
  return `CAST(${value} AS ${FIELD_SQL[derivedField(name, derivation).type]}) AS ${identifier(name)}`;
}

/** Tables of derived columns, one row per key. */
async function make(
  sql: Sql,
  table: string,
  key: Key,
  derivations: Derivations,
  parts: readonly string[],
): Promise<void> {
  const bases = new Map([...derivations.values()].map(({ base }) => [base.name, base.type]));
  const none = [...bases].map(([name, type]) => `NULL::${FIELD_SQL[type]} AS ${identifier(name)}`);
  const empty = `SELECT NULL::INTEGER AS before, NULL::UUID AS ${key}, ${none.join(', ')} WHERE false`;
  const columns = [...derivations].map(([name, derivation]) => expression(name, derivation));
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT ${key}, ${columns.join(', ')} FROM (${[empty, ...parts].join(' UNION ALL BY NAME ')})
    WHERE ${key} IS NOT NULL GROUP BY ${key}`);
}

const pick = (derivations: Derivations, keep: (derivation: Derivation) => boolean): Derivations =>
  new Map([...derivations].filter(([, derivation]) => keep(derivation)));

/** Unknown persons count as not meeting the condition; amounts stay unknown. */
function filled(name: string, derivation: Derivation, from: string): string {
  const column = `${from}.${identifier(name)}`;
  const { type } = derivedField(name, derivation);
  const counts = derivation.kind !== 'before' && ['count', 'streak'].includes(derivation.take);
  const none = type === 'boolean' ? 'false' : counts ? '0' : null;
  return `${none === null ? column : `coalesce(${column}, ${none})`} AS ${identifier(name)}`;
}

interface Source {
  readonly table: string;
  readonly key: Key;
  readonly derivations: Derivations;
}

function joined(profile: string, sources: readonly Source[]): string {
  const used = sources.filter(({ derivations }) => derivations.size > 0);
  if (used.length === 0) return profile;
  const columns = used.flatMap(({ table, derivations }) =>
    [...derivations].map(([name, derivation]) => filled(name, derivation, table)),
  );
  const joins = used.map(({ table, key }) => `LEFT JOIN ${table} ON ${table}.${key} = p.${key}`);
  return `(SELECT p.*, ${columns.join(', ')} FROM ${profile} p ${joins.join(' ')})`;
}

/**
 * @param profiles the run's month, without derived columns
 * @param past earlier months
 * @returns relations with a column per derivation
 */
export async function derive(
  sql: Sql,
  profiles: Profiles,
  past: readonly Past[],
  derivations: Derivations,
): Promise<Profiles> {
  const overTime = pick(derivations, ({ kind }) => kind !== 'members');
  const names = fieldsLookedBack(overTime.values());
  const over = async (table: string, subject: keyof Profiles, key: Key): Promise<Source> => {
    const own = pick(overTime, ({ base }) => (base.of === 'person') === (subject === 'person'));
    const columns = names[subject].map(
      (name) => `, any_value(p.${identifier(name)}) AS ${identifier(name)}`,
    );
    const now = `SELECT 0 AS before, ${key}${columns.join('')} FROM ${profiles[subject]} p GROUP BY ${key}`;
    const parts = [
      ...([...own.values()].some(({ kind }) => kind === 'last') ? [now] : []),
      ...past.map((one) => `SELECT ${one.before} AS before, * FROM ${one[subject]}`),
    ];
    if (own.size > 0) await make(sql, table, key, own, parts);
    return { table, key, derivations: own };
  };
  const ofPersons = await over('derived_of_person', 'person', 'person_id');
  const ofHomes = await over('derived_of_home', 'household', 'household_id');
  const ofMembers: Source = {
    table: 'derived_of_members',
    key: 'household_id',
    derivations: pick(derivations, ({ kind }) => kind === 'members'),
  };
  if (ofMembers.derivations.size > 0) {
    const columns = [...new Set([...ofMembers.derivations.values()].map(({ base }) => base.name))];
    await make(sql, ofMembers.table, 'household_id', ofMembers.derivations, [
      `SELECT 0 AS before, household_id, ${columns.map(identifier).join(', ')} FROM ${profiles.person}`,
    ]);
  }
  const ofBoth = pick(ofHomes.derivations, ({ base }) => base.of === 'both');
  return {
    person: joined(profiles.person, [ofPersons, { ...ofHomes, derivations: ofBoth }, ofMembers]),
    household: joined(profiles.household, [ofHomes, ofMembers]),
  };
}
