import { fullList } from '../shared/full.ts';

export default fullList(
  'full-employment',
  'human-resources',
  '作为人力资源社会保障部门落实就业救助的对象依据。',
);
