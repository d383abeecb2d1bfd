import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { enrolment } from './enrolment.ts';

export default {
  agency: 'education',
  title: '教育',
  contracts: [enrolment],
  fields,
} satisfies Connector;
