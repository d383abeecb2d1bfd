import { fullList } from '../shared/full.ts';

export default fullList(
  'full-medical',
  'medical-insurance',
  '作为医疗保障部门落实参保资助和医疗救助的对象依据。',
);
