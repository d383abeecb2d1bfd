import { fullList } from '../shared/full.ts';

export default fullList(
  'full-education',
  'education',
  '作为教育部门落实学生资助等教育救助的对象依据。',
);
