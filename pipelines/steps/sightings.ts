/**
 * What each extract says about where persons live, as views for `identify.sql`; the order of precedence comes from
 * the contracts.
 */
import { factsOf } from '../../files/extract/columns.ts';
import { inOrder } from '../../files/extract/belief.ts';
import { viewName, type Contract } from '../../files/extract/contract.ts';

/** In a dataset of persons every row names somebody; a village's report may name nobody. */
function knowsPersons({ row }: Contract): boolean {
  const { person_id: person, county } = row.shape;
  return person !== undefined && factsOf(person).required && county !== undefined;
}

/** Within a dataset the row with the latest date comes first; in a cumulative one, the latest file. */
function later({ nature, roster }: Contract): string {
  if (roster?.latest !== undefined)
    return `(100000 - (${roster.latest} - DATE '1970-01-01'))::BIGINT`;
  return nature === 'cumulative' ? '(100000 - delivered)::BIGINT' : '0';
}

const seniority = (contract: Contract, place: number): string =>
  `${place}000000000000000 + ${later(contract)} * 1000000000 + line AS seniority`;

/**
 * `home_sighting` (who lives in which home), `birth_sighting` (birth months from the same datasets) and
 * `other_sighting` (persons of all other datasets). The lowest `seniority` is believed.
 * @returns statements
 */
export function sightings(contracts: ReadonlyMap<string, Contract>): string {
  const ordered = inOrder([...contracts.values()].filter(knowsPersons)).map((contract, index) => ({
    contract,
    place: index + 1,
    isHome: contract.roster?.homes === true,
  }));
  const view = (name: string, parts: readonly string[]): string =>
    `CREATE OR REPLACE TEMP VIEW ${name} AS ${parts.join(' UNION ALL ')}`;
  const homes = ordered.filter(({ isHome }) => isHome);
  const births = homes.filter(({ contract }) => 'birth_month' in contract.row.shape);
  return [
    view(
      'home_sighting',
      homes.map(
        ({ contract, place }) =>
          `SELECT person_id, household_id, county, ${'township' in contract.row.shape ? 'township' : 'NULL AS township'}, ${seniority(contract, place)} FROM ${viewName(contract)}`,
      ),
    ),
    view(
      'birth_sighting',
      births.map(
        ({ contract, place }) =>
          `SELECT person_id, birth_month, ${place}000000000000000 + line AS seniority FROM ${viewName(contract)}`,
      ),
    ),
    view(
      'other_sighting',
      ordered
        .filter(({ isHome }) => !isHome)
        .map(
          ({ contract, place }) =>
            `SELECT person_id, county, ${seniority(contract, place)} FROM ${viewName(contract)}`,
        ),
    ),
  ].join('; ');
}
