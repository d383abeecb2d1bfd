import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { employment } from './employment.ts';

export default {
  agency: 'human-resources',
  title: '人社',
  contracts: [employment],
  fields,
} satisfies Connector;
