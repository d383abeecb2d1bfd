import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { unsafeHomes } from './unsafe-homes.ts';

export default {
  agency: 'housing',
  title: '住建',
  contracts: [unsafeHomes],
  fields,
} satisfies Connector;
