import { fullList } from '../shared/full.ts';

export default fullList(
  'full-emergency',
  'emergency',
  '作为应急管理部门落实受灾人员救助的对象依据。',
);
