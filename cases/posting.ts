/** What the village is shown before anybody confirms it (R43), and whether something else is more than that. */
import { decimal } from '../core/money.ts';
import { GRANTS, PUBLICISED_CIVIL, PUBLICISED_RURAL } from './findings.ts';
import type { CaseState, CivilOpinion } from './state.ts';

type Grant = Pick<CivilOpinion, 'finding' | 'members' | 'amount_month'>;

/** Yuan a month; nothing said is nothing granted. */
const yuan = ({ amount_month }: Pick<Grant, 'amount_month'>) => decimal(amount_month ?? '0');

/** Whether two sums are the same money: '780' and '780.00' are. */
export const sameAmount = (
  a: Pick<Grant, 'amount_month'>,
  b: Pick<Grant, 'amount_month'>,
): boolean => yuan(a).eq(yuan(b));

/** Whether a category grants more than another: nobody saw dibao who was shown a marginal home. */
export const isHigher = (said: Grant['finding'], seen: Grant['finding']): boolean =>
  (GRANTS[said] ?? 0) > (GRANTS[seen] ?? 0);

/** A higher category, more persons or more money. */
const isMore = (said: Grant, seen: Grant): boolean =>
  isHigher(said.finding, seen.finding) ||
  (said.members ?? 0) > (seen.members ?? 0) ||
  yuan(said).gt(yuan(seen));

/** Whether what was posted shows everything that this opinion has to show. */
export function covers(
  posted: NonNullable<CaseState['posted']>,
  { civil, rural }: NonNullable<CaseState['opinion']>,
): boolean {
  const seen =
    !PUBLICISED_CIVIL.has(civil.finding) || (posted.civil !== null && !isMore(civil, posted.civil));
  return seen && (posted.rural || !PUBLICISED_RURAL.has(rural.finding));
}

/** Whether the village still has to see what the township thinks. */
export function mustPost({ opinion, posted }: Pick<CaseState, 'opinion' | 'posted'>): boolean {
  if (opinion === null) return false;
  return posted === null
    ? PUBLICISED_CIVIL.has(opinion.civil.finding) || PUBLICISED_RURAL.has(opinion.rural.finding)
    : !covers(posted, opinion);
}
