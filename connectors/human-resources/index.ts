import type { Connector } from '../kit/contract.ts';
import { employment } from './employment.ts';

export default {
  agency: 'human-resources',
  title: '人社',
  contracts: [employment],
} satisfies Connector;
