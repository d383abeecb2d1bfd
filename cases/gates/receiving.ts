/** A case being handed over to another county. */
import { gate } from './gate.ts';

export const notReceiving = gate(
  'not-receiving',
  '由迁入县民政部门办理',
  'the receiving county must accept or decline the case',
);
