/** Near relatives of village cadres and relief staff (R46). */
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';
import { gate, type Refusal } from './gate.ts';

export const noRelative = gate(
  'no-relative',
  '入户核查未反映近亲属情况',
  'the visit names no near relative of staff',
);

/** What is missing before a near relative's home may be confirmed. */
export const relative = (state: CaseState, terms: CaseTerms): Refusal | null => {
  if (state.visit?.relative_of_staff !== true) return null;
  if (!state.registered)
    return gate(
      'register',
      '村（社区）干部和经办人员近亲属须先备案（附件5）',
      'a near relative of staff must be registered first',
    );
  return terms.relativeCheck && state.countyCheck !== true
    ? gate(
        'county-check',
        '近亲属须经县级调查核实',
        "the county must check a near relative's home first",
      )
    : null;
};
