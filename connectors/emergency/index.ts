import type { Connector } from '../kit/contract.ts';
import { affected } from './affected.ts';

export default { agency: 'emergency', title: '应急', contracts: [affected] } satisfies Connector;
