/** What a county's notices say about a case: parameters and calendars looked up for a day, for the case book. */
import { covers, type Actor } from '../core/account.ts';
import type { Notices } from './book.ts';
import type { CaseTerms, Extension, NoticeDays } from './terms.ts';
import { publicityEnd, refusalReviewUntil } from '../warnings/calculators/deadlines.ts';
import { localityAt, type Locality } from '../warnings/calculators/locality.ts';
import { moveDays } from '../warnings/interpret.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { readLeads } from './read.ts';
import type { Worklist } from './worklist/worklist.ts';

const EXTENSIONS = [
  'objection',
  'separated-registration',
  'other-place',
  'difficult-check',
] as const satisfies readonly Extension[];

/**
 * What the county's notices require of a case on a day; the parameters behind the figures carry the clauses.
 * @param here the county on the day of the act
 */
export function caseTerms(here: Locality): CaseTerms {
  const way = here.text('confirmation-level')?.value === 'township' ? 'township' : 'county';
  return {
    investigators: here.number('investigators-min')?.value ?? 1,
    meansCheck: here.flag('means-check-required')?.value === true,
    relativeCheck: here.flag('relative-county-check')?.value === true,
    conferenceFamilies: here.number('joint-conference-families')?.value ?? null,
    way,
    signatures: way === 'township' ? (here.number('confirmation-signatures')?.value ?? 1) : 0,
    direct: here.flag('direct-marginal-recognition')?.value === true,
    extensions: EXTENSIONS.filter(
      (reason) => here.flag('confirmation-extension-reason', { reason })?.value === true,
    ),
  };
}

/** @param here the county on the day of the act */
function noticeDays(here: Locality): NoticeDays {
  return {
    publicityEnd: (of, posted) => publicityEnd(here, { posted, of }).date,
    rebuttalEnd: (informed) => {
      const days = here.number('exit-rebuttal-days')?.value;
      return days === undefined ? null : moveDays(informed, days);
    },
    reviewUntil: (received) => refusalReviewUntil(here, received).date,
  };
}

/** @param worklist knows open leads with their villages; null: only the ledger is asked */
export function noticesOf(
  { rules, divisions }: Pick<Deployment, 'rules' | 'divisions'>,
  worklist: Pick<Worklist, 'leads'> | null,
): Notices {
  const known = new Map<string, { readonly here: Locality; readonly terms: CaseTerms }>();
  const at = (county: string, day: string): { here: Locality; terms: CaseTerms } => {
    const key = `${county} ${day}`;
    let found = known.get(key);
    if (found === undefined) {
      const here = localityAt(rules.parameters, divisions, county, day);
      found = { here, terms: caseTerms(here) };
      // Cache of one day's counties; yesterday's are dropped.
      if (known.size > 5_000) known.clear();
      known.set(key, found);
    }
    return found;
  };
  return {
    terms: (county, day) => at(county, day).terms,
    days: (county, day) => noticeDays(at(county, day).here),
    leads: (sql, ids) => worklist?.leads(sql, ids) ?? readLeads(sql, ids),
    covers: (actor: Actor, place) => covers(divisions, actor.region, place),
  };
}
