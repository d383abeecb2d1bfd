/** 医保 参保: a person on the insurance roll, or known not to be on it. */
import { boolean, county } from '../../files/extract/columns.ts';
import { contract } from '../../files/extract/contract.ts';
import { personId } from '../common-columns.ts';

export const insured = contract(
  'medical-insurance',
  'insured',
  '参保',
  'state',
  {
    person_id: personId(),
    county: county(),
    insured: boolean({ required: true, aliases: ['是否参保'] }),
    subsidised: boolean({ aliases: ['是否资助参保'] }),
  },
  { awaited: true, roster: { rank: 6 }, oneRow: { key: ['person_id'] } },
);
