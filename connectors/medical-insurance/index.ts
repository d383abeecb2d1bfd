import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { insured } from './insured.ts';
import { settlements } from './settlements.ts';

export default {
  agency: 'medical-insurance',
  title: '医保',
  contracts: [settlements, insured],
  fields,
} satisfies Connector;
