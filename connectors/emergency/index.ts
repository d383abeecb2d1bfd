import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { affected } from './affected.ts';

export default {
  agency: 'emergency',
  title: '应急',
  contracts: [affected],
  fields,
} satisfies Connector;
