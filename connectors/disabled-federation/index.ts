import type { Connector } from '../kit/contract.ts';
import { certificates } from './certificates.ts';

export default {
  agency: 'disabled-federation',
  title: '残联',
  contracts: [certificates],
} satisfies Connector;
