import type { Connector } from '../kit/contract.ts';
import { insured } from './insured.ts';
import { settlements } from './settlements.ts';

export default {
  agency: 'medical-insurance',
  title: '医保',
  contracts: [settlements, insured],
} satisfies Connector;
