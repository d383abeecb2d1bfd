/** What is posted in the village before confirmation (R43), and whether another result exceeds it. */
import { decimal } from '../core/money.ts';
import { GRANTS, PUBLICISED_CIVIL, PUBLICISED_RURAL } from './findings.ts';
import type { CaseState, CivilOpinion } from './state.ts';

type Grant = Pick<CivilOpinion, 'finding' | 'members' | 'amount_month'>;

/** Yuan per month; unspecified means nothing granted. */
const yuan = ({ amount_month }: Pick<Grant, 'amount_month'>) => decimal(amount_month ?? '0');

/** Whether two sums are equal as money: '780' and '780.00' are. */
export const sameAmount = (
  a: Pick<Grant, 'amount_month'>,
  b: Pick<Grant, 'amount_month'>,
): boolean => yuan(a).eq(yuan(b));

/** Whether a category grants more than another: a village shown a marginal home has not seen dibao. */
export const isHigher = (said: Grant['finding'], seen: Grant['finding']): boolean =>
  (GRANTS[said] ?? 0) > (GRANTS[seen] ?? 0);

/** A higher category, more persons or more money. */
const isMore = (said: Grant, seen: Grant): boolean =>
  isHigher(said.finding, seen.finding) ||
  (said.members ?? 0) > (seen.members ?? 0) ||
  yuan(said).gt(yuan(seen));

/** Whether what was posted covers everything this opinion must show. */
export function covers(
  posted: NonNullable<CaseState['posted']>,
  { civil, rural }: NonNullable<CaseState['opinion']>,
): boolean {
  const seen =
    !PUBLICISED_CIVIL.has(civil.finding) || (posted.civil !== null && !isMore(civil, posted.civil));
  return seen && (posted.rural || !PUBLICISED_RURAL.has(rural.finding));
}

/** Whether the township's opinion still has to be posted in the village. */
export function mustPost({ opinion, posted }: Pick<CaseState, 'opinion' | 'posted'>): boolean {
  if (opinion === null) return false;
  return posted === null
    ? PUBLICISED_CIVIL.has(opinion.civil.finding) || PUBLICISED_RURAL.has(opinion.rural.finding)
    : !covers(posted, opinion);
}
