import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { assistance } from './assistance.ts';
import { members } from './members.ts';

export default {
  agency: 'civil-affairs',
  title: '民政',
  contracts: [assistance, members],
  fields,
} satisfies Connector;
