import type { Connector } from '../../files/extract/contract.ts';
import { reports } from './reports.ts';

export default {
  agency: 'villages',
  title: '村（社区）',
  contracts: [reports],
} satisfies Connector;
