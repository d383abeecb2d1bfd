import { createColors } from 'picocolors';
import { exportMonth, type ListsReport } from '../../pipelines/export-lists.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import { acknowledgeList } from '../../exchange/acknowledge.ts';
import { text, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireCount, requireMonth, requireText } from '../require.ts';

/** Lists a county does not get, by list and missing item. */
function gaps({ not_exported }: ListsReport): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { list, missing } of not_exported) {
    const gap = `${list}: ${missing} is missing`;
    counted.set(gap, (counted.get(gap) ?? 0) + 1);
  }
  return counted;
}

async function print(invocation: Invocation, report: ListsReport): Promise<void> {
  const c = createColors(invocation.colour);
  const width = { list: 20, recipient: 22 };
  const line = (list: string, recipient: string, figures: readonly (string | number)[]): string =>
    `  ${list.padEnd(width.list)} ${recipient.padEnd(width.recipient)}${figures.map((figure) => String(figure).padStart(14)).join('')}`;
  const lines = [
    '',
    c.bold(`${report.month} · ${report.changed ? 'new versions' : 'nothing new'}`),
    c.dim(line('list', 'recipient', ['rows', 'counties', 'new versions'])),
    ...report.lists.map(
      ({ list, recipient, rows, counties, changed_files, title }) =>
        `${line(list, recipient, [rows, counties, changed_files])}  ${c.dim(title)}`,
    ),
    ...[...gaps(report)].map(([gap, counties]) =>
      c.yellow(`  not exported in ${counties} counties · ${gap}`),
    ),
    ...(report.put_back > 0 ? [`  ${report.put_back} files restored to their place`] : []),
    ...report.damaged.map(({ file, fault }) => c.red(`  ${fault}: ${file}`)),
    '',
    `The files are in exports/${report.month}/ of the home ${invocation.home}: <county>/<recipient>/<list>-v<n>.csv`,
    '',
  ];
  await invocation.out(`${lines.join('\n')}\n`);
}

export async function exportLists(invocation: Invocation): Promise<void> {
  const month = requireMonth(invocation);
  const report = await withHome(invocation, async ({ store, deployment }) =>
    exportMonth({
      ...(await deployment()),
      month,
      store,
      progress: lineProgress(invocation.tell),
      steps: [],
    }),
  );
  if (invocation.json) await invocation.out(`${JSON.stringify(report, null, 2)}\n`);
  else await print(invocation, report);
}

export async function acknowledge(invocation: Invocation): Promise<void> {
  const key = {
    month: requireMonth(invocation),
    list: requireText(invocation, 'list'),
    county: requireText(invocation, 'county'),
    recipient: requireText(invocation, 'to'),
  };
  const by = requireText(invocation, 'by');
  const asked =
    text(invocation, 'version') === undefined ? null : requireCount(invocation, 'version');
  await withHome(invocation, async ({ store }) => {
    const { version, changed } = await acknowledgeList(store, key, asked, by);
    const { month, list, county, recipient } = key;
    await invocation.out(
      invocation.json
        ? `${JSON.stringify({ ...key, version, by, changed }, null, 2)}\n`
        : `${list} v${version} of ${month} is acknowledged by ${recipient} in ${county}${changed ? '' : ', as before'}\n`,
    );
  });
}
