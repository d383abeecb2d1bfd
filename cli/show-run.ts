/** Prints a run for people: sources, steps, warnings per rule, leads. */
import { createColors } from 'picocolors';
import type { RunReport } from '../pipelines/report.ts';
import type { Rule } from '../warnings/schema.ts';
import type { Invocation } from './command.ts';

function row(left: string, right: string | number, width: number): string {
  return `  ${left.padEnd(width)} ${String(right).padStart(10)}`;
}

interface OpenRule {
  readonly counties: Set<string>;
  readonly missing: Set<string>;
}

/** Rules undecidable somewhere: where, and what is missing. */
function openRules({ not_evaluated }: RunReport): Map<string, OpenRule> {
  const open = new Map<string, OpenRule>();
  for (const { rule, county, missing } of not_evaluated) {
    const gap = open.get(rule) ?? { counties: new Set(), missing: new Set() };
    gap.counties.add(county);
    gap.missing.add(missing);
    open.set(rule, gap);
  }
  return open;
}

/** @param rules for titles beside the counts */
export async function printRun(
  invocation: Invocation,
  report: RunReport,
  rules: readonly Rule[],
): Promise<void> {
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
  const kinds = { none: 'found nobody', few: 'found few', many: 'found many' } as const;
  for (const { rule, hits, usual, kind } of report.alarms)
    lines.push(
      c.red(
        `  alarm: ${rule} ${kinds[kind]}: ${hits}, usually ${usual}; lists wait for \`doudi sign-off\``,
      ),
    );
  lines.push('', c.bold('warnings per rule'));
  const open = openRules(report);
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  for (const [rule, count] of Object.entries(report.warnings)) {
    const gap = open.get(rule);
    const partly =
      gap === undefined
        ? ''
        : c.yellow(
            `  not evaluated in ${gap.counties.size} counties: ${[...gap.missing].join(', ')}`,
          );
    lines.push(`${row(rule, count, 12)}  ${c.dim(titles.get(rule) ?? '')}${partly}`);
  }
  for (const [rule, { missing }] of open) {
    if (rule in report.warnings) continue;
    lines.push(c.yellow(`  ${rule.padEnd(12)} not evaluated: ${[...missing].join(', ')}`));
  }
  for (const { month, because, warnings, leads } of report.corrections)
    lines.push(
      '',
      c.bold(
        `${month} evaluated once more: warnings +${warnings.gained} −${warnings.lost}, leads +${leads.gained} −${leads.lost}`,
      ),
      ...because.map(
        ({ source, month: of, from, to }) =>
          `  ${source} ${of}: ${from === null ? 'new' : `v${from}`} → ${to === null ? 'withdrawn' : `v${to}`}`,
      ),
    );
  const { opened, updated, struck } = report.leads;
  lines.push(
    '',
    c.bold(`leads: ${opened} opened, ${updated} updated, ${struck} with warnings struck`),
    '',
  );
  await invocation.out(`${lines.join('\n')}\n`);
}
