/** Wording for departments: the codes and accepted forms in Chinese, always with the English code beside them. */
import { factsOf, type Column, type Kind } from '../../files/extract/columns.ts';
import type { Contract } from '../../files/extract/contract.ts';
import type { RowReason } from '../../store/records.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  missing: '必填项为空',
  format: '格式不符',
  enum: '不在可选值内',
  range: '超出允许范围',
  county: '不是本省的县级代码',
  duplicate: '与前面的行完全相同',
  columns: '字段数与表头不一致',
  'identity-number': '含有身份证号',
  phone: '含有手机号',
  'bank-card': '含有银行卡号',
  'header-missing': '缺少必填的列',
  'header-duplicate': '列重复',
  unreadable: '文件无法读取',
  encoding: '文字编码无法识别',
  'too-large': '文件过大',
  manifest: '与清单不符',
  'wrong-month': '月份不符',
  'too-many-bad-rows': '问题行过多',
};

/** Findings on the whole file; the English message also gives the figures. */
const FILE_ACCEPTS: Readonly<Record<string, string>> = {
  duplicate: '每行只报一次',
  'identity-number': '不含身份证号、手机号、银行卡号的数据，人员和家庭只用 32 位编号',
  phone: '不含身份证号、手机号、银行卡号的数据，人员和家庭只用 32 位编号',
  'bank-card': '不含身份证号、手机号、银行卡号的数据，人员和家庭只用 32 位编号',
  'header-missing': '首行为表头，并含全部必填的列',
  'header-duplicate': '每列只出现一次',
  unreadable: '完整、未加密、未损坏的文件',
  encoding: 'UTF-8 或 GB18030 编码',
  'too-large': '更小的文件',
  manifest: '行数和摘要与文件一致的清单',
  'wrong-month': '文件名写数据所属的月份（YYYY-MM），并且只含该月的数据',
  'too-many-bad-rows': '问题行的比例不超过上限',
};

export function meaningOf(code: string): string {
  return MEANINGS[code] ?? code;
}

/** Each value with its first Chinese name: `primary（小学）`. */
function values(labels: Readonly<Record<string, string>>): string {
  const names = new Map<string, string>();
  for (const [label, value] of Object.entries(labels))
    if (label !== value && !names.has(value)) names.set(value, label);
  return [...new Set(Object.values(labels))]
    .map((value) => (names.has(value) ? `${value}（${names.get(value) ?? ''}）` : value))
    .join('、');
}

function form(type: Kind): string {
  switch (type.kind) {
    case 'id':
      return '32 位小写十六进制编号（HMAC-SM3）';
    case 'county':
      return '本省县（市、区）的 6 位代码';
    case 'place':
      return type.digits === 9 ? '乡镇（街道）的 9 位代码' : '村（社区）的 12 位代码';
    case 'choice':
      return `${type.many ? '下列一项或多项，以 ; 分隔' : '下列之一'}：${values(type.labels)}`;
    case 'boolean':
      return 'true/false、1/0、是/否或 Y/N';
    case 'money':
      return `金额（元），最多两位小数，${type.signed ? '冲销写负数' : '不得为负'}`;
    case 'integer':
      return `${type.min} 至 ${type.max} 的整数`;
    case 'date':
      return `日期，YYYY-MM-DD 或 YYYYMMDD${type.withinMonth ? '，不晚于文件所属月份的最后一天' : ''}`;
    case 'month':
      return `月份，YYYY-MM 或 YYYYMM${type.ofFile ? '，须为文件名所写的月份' : ''}${type.orDate ? '，也可写日期' : ''}`;
    case 'text':
      return `不超过 ${type.max} 个字符的文字${type.pattern === null ? '' : `，形式为 ${type.pattern}`}`;
  }
}

const columnOf = (contract: Contract | undefined, name: string): Column | undefined =>
  contract?.row.shape[name];

/** `学段（stage）`; the contract's own name if it has no other. */
export function titleOf(contract: Contract | undefined, name: string): string {
  const column = columnOf(contract, name);
  const alias = column === undefined ? undefined : factsOf(column).aliases[0];
  return alias === undefined ? name : `${alias}（${name}）`;
}

/** What is accepted instead, in Chinese. */
export function acceptsOf(
  contract: Contract | undefined,
  { code, column, accepts }: Pick<RowReason, 'code' | 'column' | 'accepts'>,
): string {
  const known = columnOf(contract, column);
  if (known !== undefined && !(code in FILE_ACCEPTS)) {
    const { type, required } = factsOf(known);
    return `${form(type)}${required ? '，必填' : ''}`;
  }
  if (code === 'header-missing' && column !== '') return `首行为表头，并有这些列：${accepts}`;
  const percent = /^at most ([\d.]+ %) bad rows$/.exec(accepts)?.[1];
  if (percent !== undefined) return `问题行不超过 ${percent}`;
  const width = /^(\d+) fields$/.exec(accepts)?.[1];
  if (width !== undefined) return `每行 ${width} 个字段`;
  return code === 'columns' ? '与表头一样多的字段' : (FILE_ACCEPTS[code] ?? accepts);
}
