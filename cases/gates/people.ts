/** Separation of duties: those who investigate, those who review and those who decide must be different people. */
import type { Actor, Role } from '../../core/account.ts';
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';
import { gate, type Refusal } from './gate.ts';

interface Investigation {
  readonly investigators: readonly { readonly account: string }[];
}

/** 谁调查谁签字谁负责: at least the locality's minimum, including the person who enters it. */
export function investigated(form: Investigation, actor: Actor, terms: CaseTerms): Refusal | null {
  if (form.investigators.length < terms.investigators)
    return gate(
      'investigators',
      `入户调查须有${terms.investigators}名以上调查人员签字`,
      `at least ${terms.investigators} investigators sign`,
    );
  return form.investigators.some(({ account }) => account === actor.name)
    ? null
    : gate(
        'not-present',
        '录入人须是调查人员之一',
        'the person entering a visit must be one of its investigators',
      );
}

/** Everybody who has investigated so far, plus those on this form and the person entering it. */
export function alsoInvestigated(
  known: readonly string[],
  { investigators }: Investigation,
  actor: Actor,
): readonly string[] {
  return [...new Set([...known, actor.name, ...investigators.map(({ account }) => account)])];
}

/** Investigators and reviewers may neither confirm nor send back. */
export function independent({ investigators, reviewers }: CaseState, actor: Actor): Refusal | null {
  if (investigators.includes(actor.name))
    return gate(
      'same-person',
      '调查人员不得参与审核确认',
      'an investigator may neither review nor confirm',
    );
  return reviewers.includes(actor.name)
    ? gate('same-person', '审核人员不得参与确认', 'a reviewer may not confirm')
    : null;
}

/** The track for which a county bureau decides. */
export const trackOf = (role: Role): 'civil' | 'rural' =>
  role === 'county_civil_affairs' ? 'civil' : 'rural';
