import { fullList } from '../shared/full.ts';

export default fullList('full-housing', 'housing', '作为住房城乡建设部门落实住房救助的对象依据。');
