/** Checks common to the county bureaus' confirmation and the township's signatures. */
import type { Actor } from '../../core/account.ts';
import { mustPost } from '../posting.ts';
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';
import { gate, type CaseLead, type Refusal } from './gate.ts';
import { independent } from './people.ts';
import { relative } from './relatives.ts';

/** What prevents any confirmation of a township's opinion. */
export function confirmable(
  state: CaseState,
  actor: Actor,
  day: string,
  terms: CaseTerms,
  lead: CaseLead,
): Refusal | null {
  const same = independent(state, actor);
  if (same !== null) return same;
  if (state.opinion === null)
    return gate('opinion', '乡镇（街道）尚未审核', 'the township has not reviewed');
  if (mustPost(state))
    return gate('publicity', '审核意见尚未公示', "the township's opinion has not been posted");
  const until = state.posted?.until ?? null;
  if (state.posted !== null && until !== null && day <= until)
    return gate(
      'publicity',
      `公示至${until}，期满方可确认`,
      `posted until ${until}; confirmed after that day`,
    );
  if (state.direction === 'exit' && state.opinion.civil.finding === 'stop') {
    if (state.informed === null)
      return gate(
        'inform',
        '拟退出须先告知家庭，听取申辩',
        'the household must be informed first and may respond',
      );
    if (state.informed.until !== null && day <= state.informed.until)
      return gate(
        'inform',
        `申辩期至${state.informed.until}`,
        `the household may answer until ${state.informed.until}`,
      );
  }
  if (
    terms.conferenceFamilies !== null &&
    lead.families >= terms.conferenceFamilies &&
    !state.conference
  )
    return gate(
      'conference',
      '多重困难家庭须先个案会商',
      'a home with several hardships needs a joint conference first',
    );
  return relative(state, terms);
}
