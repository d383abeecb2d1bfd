/** The terms of contracts.md section 3 used by lists, as SQL over the rows of an extract. */
import { among, literal } from '../../store/sql.ts';
import type { Relations } from './list.ts';

const TEKUN_AND_CHILDREN = ['tekun_concentrated', 'tekun_dispersed', 'orphan', 'unattended_child'];
const DIBAO = ['urban_dibao', 'rural_dibao'];

/** In a programme: the row's status is active or grace. */
export const IN_PROGRAMME = among('status', ['active', 'grace']);

/** In a basic guarantee: dibao, tekun, orphan or unattended child. */
export const IN_BASIC_GUARANTEE = `${IN_PROGRAMME} AND ${among('programme', [...DIBAO, ...TEKUN_AND_CHILDREN])}`;

/** The basic guarantees and the marginal homes: the people reported to the special-relief departments. */
export const IN_FULL_LIST = `${IN_PROGRAMME} AND ${among('programme', [...DIBAO, ...TEKUN_AND_CHILDREN, 'marginal'])}`;

export const OPEN_RISK = `risk = 'open'`;

interface Class {
  readonly rows: string;
  readonly before: string;
  /** Condition of the class, over the rows of either month. */
  readonly belongs: string;
  readonly source: string;
  /** The start of a row: its day, or the first day of its month. */
  readonly date: string;
}

/**
 * The rows of people in a class at M who were not in it at M−1, anywhere in the province. Where M−1 does not cover
 * the county, the row's own date must lie in M; a person M−1 knew in another county still counts as known.
 */
export function newRows(
  { rows, before, belongs, source, date }: Class,
  { knownBefore, monthStart, monthEnd }: Relations,
): string {
  return `SELECT n.* FROM ${rows} n ANTI JOIN (SELECT person_id FROM ${before} WHERE ${belongs}) b ON b.person_id = n.person_id
    WHERE ${belongs} AND (${date} BETWEEN ${monthStart} AND ${monthEnd}
      OR county IN (SELECT county FROM ${knownBefore} WHERE source = ${literal(source)}))`;
}
