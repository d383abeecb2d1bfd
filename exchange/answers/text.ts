/** A report in the form a department reads: Chinese, with the English codes. */
import { COPIED } from '../../files/extract/bad-rows.ts';
import type { Report } from './report.ts';
import { meaningOf } from './words.ts';

const share = (part: number, whole: number): string =>
  whole === 0 ? '0' : ((part / whole) * 100).toFixed(2);

function outcomeOf({ outcome, version, code }: Report): string {
  if (outcome === 'accepted') return `已接收，为本月第 ${version ?? 1} 版`;
  return `拒收：${meaningOf(code ?? '')}（${code ?? ''}）`;
}

function rowsOf({ outcome, records, rows, quarantined }: Report): string[] {
  if (records === null || quarantined === null) return [];
  const found = `有问题 ${quarantined} 行（${share(quarantined, records)} %）`;
  const taken =
    outcome === 'accepted' ? `入库 ${rows} 行，${found}，隔离不入库` : `${found}，整个文件不入库`;
  return [`行数：      文件共 ${records} 行，${taken}`];
}

function countsOf({ reason_counts: counts }: Report): string[] {
  const entries = Object.entries(counts).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (entries.length === 0) return [];
  return ['', '问题分类', ...entries.map(([code, n]) => `  ${code}（${meaningOf(code)}） ${n} 处`)];
}

function reasonsOf({ reasons, reason_counts: counts }: Report): string[] {
  if (reasons.length === 0) return [];
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const head = all > reasons.length ? `问题明细（前 ${reasons.length} 条）` : '问题明细';
  return [
    '',
    head,
    ...reasons.flatMap((reason) => {
      const where = reason.line === 0 ? '整个文件' : `第 ${reason.line} 行`;
      const column = reason.title === '' ? '' : ` · ${reason.title}`;
      return [
        `  ${where}${column} · ${reason.meaning}（${reason.code}）`,
        `      ${reason.message}`,
        ...(reason.accepts_zh === '' ? [] : [`      可接受：${reason.accepts_zh}`]),
      ];
    }),
  ];
}

function alsoOf({
  ignored_columns: ignored,
  unknown_places: places,
  copied,
  quarantined,
}: Report): string[] {
  const cut = (quarantined ?? 0) > copied ? `，最多列出 ${COPIED} 行` : '';
  return [
    ...(ignored.length > 0 ? ['', `未使用的列（不入库）：${ignored.join('、')}`] : []),
    ...(places > 0 ? ['', `乡镇或村代码查不到的行：${places} 行（已入库，请核对代码）`] : []),
    ...(copied > 0
      ? [
          '',
          `问题行副本：见随附的 XLSX 文件，共 ${copied} 行${cut}。未使用的列不在其中，疑似证件号、手机号、银行卡号等已隐去。`,
        ]
      : []),
  ];
}

const LEAKS: readonly string[] = ['identity-number', 'phone', 'bank-card'];

function howTo({ outcome, code, quarantined }: Report): string[] {
  if (outcome === 'accepted' && quarantined === 0)
    return ['', '全部行均已入库，无需处理。如发现数据有误，可将整个月的文件更正后以同名再次报送。'];
  return [
    '',
    '如何更正',
    ...(LEAKS.includes(code ?? '')
      ? ['  文件中有个人身份信息，已拒收且未保留。请用密钥把人员、家庭换成 32 位编号后再报送。']
      : []),
    '  请在本部门系统中更正，然后以同样的文件名报送本月的完整文件（不是只报改过的行）。',
    '  新文件接收后，整体替代本月此前的版本。',
    ...(outcome === 'refused' ? ['  在此之前，本月数据保持原样。'] : []),
  ];
}

/** @returns the whole text, ending in a line feed */
export function textOf(report: Report): string {
  const { title, agency, dataset, month, file, sha256, received_at: at } = report;
  return `${[
    '数据报送回执',
    '',
    `部门与数据：${title}（${agency}/${dataset}）`,
    `月份：      ${month === '' ? '文件名不是月份' : month}`,
    `文件：      ${file}`,
    `SHA-256：   ${sha256 ?? '未计算'}`,
    `接收时间：  ${at.slice(0, 16).replace('T', ' ')}（北京时间）`,
    `结果：      ${outcomeOf(report)}`,
    ...rowsOf(report),
    ...countsOf(report),
    ...reasonsOf(report),
    ...alsoOf(report),
    ...howTo(report),
  ].join('\n')}\n`;
}
