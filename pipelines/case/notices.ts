/** What a county's notices say about a case, for the book of cases: parameters and calendars, looked up for a day. */
import { covers, type Actor } from '../../core/account.ts';
import type { Action, Form } from '../../leads/case/forms.ts';
import type { Asked } from '../../leads/case/gates/gate.ts';
import type { Notices } from '../../leads/case/book.ts';
import type { CaseTerms, Extension, Fixed } from '../../leads/case/terms.ts';
import { publicityEnd, refusalReviewUntil } from '../../warnings/calculators/deadlines.ts';
import { localityAt, type Locality } from '../../warnings/calculators/locality.ts';
import { PUBLICISED_CIVIL, PUBLICISED_RURAL } from '../../leads/case/findings.ts';
import { moveDays } from '../../warnings/interpret.ts';
import type { Office } from '../office.ts';
import { readLeads } from '../../leads/case/read.ts';
import type { Desk } from './desk.ts';

const EXTENSIONS = [
  'objection',
  'separated-registration',
  'other-place',
  'difficult-check',
] as const satisfies readonly Extension[];

/**
 * What the county's notices ask of a case on a day; the parameters that each figure comes from carry its clause.
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

const later = (days: readonly (string | null)[]): string | null =>
  days.reduce<string | null>(
    (last, day) => (last === null || (day ?? '') > last ? day : last),
    null,
  );

type Fix = (here: Locality, form: Asked['form'], terms: CaseTerms, posting: Posting) => Fixed;

/** What is worked out and written down with an action; nothing with the others. */
const FIXES: Readonly<Partial<Record<Action, Fix>>> = {
  review: (_, __, { way, signatures }) => ({ way, signatures }),
  post: (here, form, _, { civil, rural }) => {
    const posted = (form as Form<'post'>).on;
    return {
      until: later([
        civil ? publicityEnd(here, { posted, of: 'dibao' }).date : null,
        rural ? publicityEnd(here, { posted, of: 'monitored' }).date : null,
      ]),
    };
  },
  inform: (here, form) => {
    const days = here.number('exit-rebuttal-days')?.value;
    return { until: days === undefined ? null : moveDays((form as Form<'inform'>).on, days) };
  },
  notify: (here, form) => ({
    until: refusalReviewUntil(here, (form as Form<'notify'>).received).date,
  }),
};

/** Which tracks the village is to see. */
interface Posting {
  readonly civil: boolean;
  readonly rural: boolean;
}

/** @param desk where open leads are known with their villages; null: the ledger alone is asked */
export function noticesOf(
  { rules, divisions }: Pick<Office, 'rules' | 'divisions'>,
  desk: Pick<Desk, 'leads'> | null,
): Notices {
  const known = new Map<string, { readonly here: Locality; readonly terms: CaseTerms }>();
  const at = (county: string, day: string): { here: Locality; terms: CaseTerms } => {
    const key = `${county} ${day}`;
    let found = known.get(key);
    if (found === undefined) {
      const here = localityAt(rules.parameters, divisions, county, day);
      found = { here, terms: caseTerms(here) };
      // A day's counties; yesterday's are not asked for again.
      if (known.size > 5_000) known.clear();
      known.set(key, found);
    }
    return found;
  };
  return {
    terms: (county, day) => at(county, day).terms,
    fix: ({ county, opinion }, { action, form, day }, terms) =>
      FIXES[action]?.(at(county, day).here, form, terms, {
        civil: opinion !== null && PUBLICISED_CIVIL.has(opinion.civil.finding),
        rural: opinion !== null && PUBLICISED_RURAL.has(opinion.rural.finding),
      }) ?? {},
    leads: (sql, ids) => desk?.leads(sql, ids) ?? readLeads(sql, ids),
    covers: (actor: Actor, place) => covers(divisions, actor.region, place),
  };
}
