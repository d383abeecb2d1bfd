import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { certificates } from './certificates.ts';

export default {
  agency: 'disabled-federation',
  title: '残联',
  contracts: [certificates],
  fields,
} satisfies Connector;
