import { usageError } from '../../core/errors.ts';
import { parseMonthRange } from '../../core/month.ts';
import { readQuality, type Quality } from '../../exchange/answers/quality.ts';
import { text, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireText } from '../require.ts';

const COLUMNS = [
  ['source', 'month', 'versions', 'rows', 'bad', 'share', 'refused', 'days', 'codes'],
] as const;

/** The codes a department should start with. */
const TOP = 3;

function lineOf(one: Quality): string[] {
  const { agency, dataset, month, versions, rows, quarantined, share, refused, codes } = one;
  const findings = codes.slice(0, TOP).map(({ code, n }) => `${code} ${n}`);
  const refusals = one.refusal_codes.map((code) => `refused ${code}`);
  return [
    `${agency}/${dataset}`,
    month,
    String(versions),
    rows === null ? '-' : String(rows),
    quarantined === null ? '-' : String(quarantined),
    share === null ? '-' : `${(share * 100).toFixed(2)} %`,
    String(refused),
    one.days_after_month === null ? '-' : String(one.days_after_month),
    [...findings, ...refusals].join(', '),
  ];
}

/** Figures are right-aligned, words left-aligned. */
function tableOf(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, i) =>
    Math.max(...lines.map((line) => line[i]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, i) => {
          const isWord = i < 2 || i === line.length - 1;
          return isWord ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export async function run(invocation: Invocation): Promise<void> {
  const months = parseMonthRange(requireText(invocation, 'months'));
  const source = text(invocation, 'source');
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) throw usageError('--months contains no month');
  await withHome(invocation, async ({ store }) => {
    const rows = await readQuality(store, from, to, source);
    if (invocation.json) return invocation.out(`${JSON.stringify(rows, null, 2)}\n`);
    return invocation.out(`${tableOf([...COLUMNS, ...rows.map(lineOf)])}\n`);
  });
}
