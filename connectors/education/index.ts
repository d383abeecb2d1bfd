import type { Connector } from '../kit/contract.ts';
import { enrolment } from './enrolment.ts';

export default { agency: 'education', title: '教育', contracts: [enrolment] } satisfies Connector;
