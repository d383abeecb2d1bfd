/** 黔东南苗族侗族自治州 → 黔东南州, as commonly said: the full name does not fit on a map or in a column. */

const PEOPLES =
  '布依|土家|景颇|哈尼|傈僳|仡佬|蒙古|朝鲜|哈萨克|柯尔克孜|苗|侗|彝|傣|白|壮|藏|羌|回|水|瑶';
const AUTONOMOUS = new RegExp(`(?:(?:${PEOPLES})族)+自治(?=州$)`);

/** @returns the name unchanged if it is not an autonomous prefecture */
export function shortPrefecture(name: string): string {
  return name.replace(AUTONOMOUS, '');
}
