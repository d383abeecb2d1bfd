import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { patients } from './patients.ts';

export default {
  agency: 'health',
  title: '卫健',
  contracts: [patients],
  fields,
} satisfies Connector;
