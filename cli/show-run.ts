/** A run for people: sources, steps, warnings per rule, leads. */
import { createColors } from 'picocolors';
import type { RunReport } from '../pipelines/report.ts';
import type { Invocation } from './command.ts';

function row(left: string, right: string | number, width: number): string {
  return `  ${left.padEnd(width)} ${String(right).padStart(10)}`;
}

export async function printRun(invocation: Invocation, report: RunReport): Promise<void> {
  const c = createColors(invocation.colour);
  const lines: string[] = [
    '',
    c.bold(`${report.month} · ${report.changed ? 'new results' : 'nothing new'}`),
  ];
  const refused = report.files.filter(
    ({ outcome }) => outcome === 'refused' || outcome === 'waiting',
  );
  for (const { agency, dataset, month, file, outcome, code, reasons } of refused) {
    const first = reasons[0];
    lines.push(
      c.red(
        `  ${outcome}: ${agency}/${dataset} ${month === '' ? file : month}${code === undefined ? '' : ` (${code})`}${first === undefined ? '' : ` · line ${first.line}: ${first.message}`}`,
      ),
    );
  }
  const quarantined = report.files.reduce(
    (sum, file) => sum + (file.outcome === 'loaded' ? file.quarantined : 0),
    0,
  );
  if (quarantined > 0)
    lines.push(c.yellow(`  ${quarantined} rows in quarantine; see the files in --json`));
  for (const { source, stands_at } of report.sources.filter(
    ({ stands_at: at }) => at !== report.month,
  )) {
    lines.push(c.yellow(`  ${source} stands at ${stands_at ?? 'nothing yet'}`));
  }
  lines.push('', c.bold('steps'));
  for (const { step, rows, seconds } of report.steps)
    lines.push(`${row(step, rows, 12)} rows ${seconds.toFixed(1).padStart(7)} s`);
  lines.push('', c.bold('warnings per rule'));
  const open = new Set(report.not_evaluated.map(({ rule }) => rule));
  for (const [rule, count] of Object.entries(report.warnings)) {
    const partly = open.has(rule) ? c.yellow('  not evaluated in some counties') : '';
    lines.push(`${row(rule, count, 12)}${partly}`);
  }
  for (const rule of [...open].filter((id) => !(id in report.warnings))) {
    const lacking = report.not_evaluated
      .filter((gap) => gap.rule === rule)
      .map(({ missing }) => missing);
    lines.push(c.yellow(`  ${rule.padEnd(12)} not evaluated: ${[...new Set(lacking)].join(', ')}`));
  }
  const { opened, updated, struck } = report.leads;
  lines.push(
    '',
    c.bold(`leads: ${opened} opened, ${updated} updated, ${struck} with warnings struck`),
    '',
  );
  await invocation.out(`${lines.join('\n')}\n`);
}
