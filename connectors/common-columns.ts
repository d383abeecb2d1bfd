/** Columns and labels shared verbatim by several agencies. */
import { choice, id, type Column } from '../files/extract/columns.ts';

export const personId = (required = true): Column =>
  id(['人员编号', '人员标识', '个人编号'], required);
export const householdId = (required = true): Column =>
  id(['家庭编号', '户编号', '家庭标识'], required);

export const labourCapacity = (): Column =>
  choice(
    {
      full: ['有劳动能力', '普通劳动力', '正常'],
      partial: ['部分丧失劳动能力', '弱劳动力', '半劳动力'],
      none: ['无劳动能力', '丧失劳动能力', '完全丧失劳动能力'],
    },
    { aliases: ['劳动能力'] },
  );
