/** Findings allowed on a track: the same checks for the township's opinion and the county's decision. */
import { CIVIL_EXIT, CIVIL_NEED, NEEDS_APPLICATION, type CivilFinding } from '../findings.ts';
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';
import { gate, type Refusal } from './gate.ts';

/** A refusal needs its reason and clause (R4), and for an applicant a means check (R9). */
export function justified(said: {
  readonly finding: string;
  readonly code?: string | undefined;
  readonly clause?: string | undefined;
}): Refusal | null {
  if (said.finding !== 'none' && said.finding !== 'stop') return null;
  if (said.clause === undefined)
    return gate('clause', '不纳入或停发须写明政策依据', 'a negative finding must name its clause');
  return said.finding === 'none' && said.code === undefined
    ? gate('code', '不纳入须选择原因', 'a negative finding must name its code')
    : null;
}

function civilFits(state: CaseState, finding: CivilFinding): Refusal | null {
  const fits = state.direction === 'exit' ? finding in CIVIL_EXIT : finding in CIVIL_NEED;
  return fits
    ? null
    : gate(
        'finding',
        '该结论不适用于此类线索',
        `'${finding}' is no finding of a lead of direction ${state.direction}`,
      );
}

/** What the civil-affairs track needs before this finding, at the township and at the county. */
export function civilReady(
  state: CaseState,
  said: { readonly finding: CivilFinding },
  terms: CaseTerms,
): Refusal | null {
  const { finding } = said;
  const wrong = civilFits(state, finding);
  if (wrong !== null) return wrong;
  if (NEEDS_APPLICATION.has(finding) && state.application === null)
    return gate(
      'application',
      '须先受理申请并取得核对授权',
      'the household must apply and authorise first',
    );
  const admitting = NEEDS_APPLICATION.has(finding);
  const refusing = finding === 'none' && state.application !== null;
  if (
    terms.meansCheck &&
    (admitting || refusing || finding === 'stop') &&
    state.meansCheck === null
  )
    return gate(
      'means-check',
      '逢进必核：未登记家庭经济状况核对报告，不得认定符合或不符合条件',
      'a finding needs the means-check report',
    );
  return null;
}

/** R22: a benefit stops only if income is above the standard and no grace period is running. */
export function mayStop({
  finding,
  income_per_head,
  grace_over,
}: {
  readonly finding: CivilFinding;
  readonly income_per_head?: string | undefined;
  readonly grace_over?: boolean | undefined;
}): Refusal | null {
  if (finding !== 'stop') return null;
  if (income_per_head === undefined)
    return gate(
      'income',
      '退出须写明核定的人均年收入',
      'a stop must state the income per head that was found',
    );
  return grace_over === true
    ? null
    : gate('grace', '渐退期内或未核实渐退期，不得退出', 'nobody leaves during a grace period');
}
