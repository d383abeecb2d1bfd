/** What the village is shown before anybody confirms it (R43). */
import { PUBLICISED_CIVIL, PUBLICISED_RURAL } from './findings.ts';
import type { CaseState } from './state.ts';

/** Whether what was posted shows everything that this opinion has to show. */
export function covers(
  posted: NonNullable<CaseState['posted']>,
  { civil, rural }: NonNullable<CaseState['opinion']>,
): boolean {
  return (
    (posted.civil || !PUBLICISED_CIVIL.has(civil.finding)) &&
    (posted.rural || !PUBLICISED_RURAL.has(rural.finding))
  );
}

/** Whether the village still has to see what the township thinks. */
export function mustPost({ opinion, posted }: Pick<CaseState, 'opinion' | 'posted'>): boolean {
  if (opinion === null) return false;
  return posted === null
    ? PUBLICISED_CIVIL.has(opinion.civil.finding) || PUBLICISED_RURAL.has(opinion.rural.finding)
    : !covers(posted, opinion);
}
