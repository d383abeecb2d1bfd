/** Rows of the extracts that know persons but make nobody a member of a home, as the view `other_sighting`. */
import { factsOf } from '../../connectors/kit/columns.ts';
import { sourceName, viewName, type Contract } from '../../connectors/kit/contract.ts';

/** Who shares a household_id in one of these is a member of the home (contracts.md section 3). */
const HOMES = [
  'civil-affairs/assistance',
  'civil-affairs/members',
  'rural-revitalization/monitored',
];

/** Whose county is believed first when two disagree; all others follow in the order of their names. */
const FIRST = [
  'education/enrolment',
  'medical-insurance/settlements',
  'medical-insurance/insured',
  'disabled-federation/certificates',
  'human-resources/employment',
  'cross-check/facts',
  'emergency/affected',
];

function rank(contract: Contract): string {
  const at = FIRST.indexOf(sourceName(contract));
  return at === -1 ? `b${sourceName(contract)}` : `a${at}`;
}

/** A dataset of persons says of every row who it is; a village's report may speak of nobody. */
function knowsPersons({ row }: Contract): boolean {
  const { person_id: person, county } = row.shape;
  return person !== undefined && factsOf(person).required && county !== undefined;
}

/** @returns a statement; `seniority` goes on where `identify.sql` ends, of cumulative ones the latest file first */
export function otherSightings(contracts: ReadonlyMap<string, Contract>): string {
  const others = [...contracts.values()]
    .filter((contract) => !HOMES.includes(sourceName(contract)) && knowsPersons(contract))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const parts = others.map((contract, index) => {
    const later = contract.nature === 'cumulative' ? '(100000 - delivered)::BIGINT' : '0';
    return `SELECT person_id, county, ${index + 4}000000000000000 + ${later} * 1000000000 + line AS seniority FROM ${viewName(contract)}`;
  });
  return `CREATE OR REPLACE TEMP VIEW other_sighting AS ${parts.join(' UNION ALL ')}`;
}
