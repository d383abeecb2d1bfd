import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { facts } from './facts.ts';

export default {
  agency: 'cross-check',
  title: '核对机构',
  contracts: [facts],
  fields,
} satisfies Connector;
