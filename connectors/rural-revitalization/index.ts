import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { monitored } from './monitored.ts';

export default {
  agency: 'rural-revitalization',
  title: '农业农村（乡村振兴）',
  contracts: [monitored],
  fields,
} satisfies Connector;
