import { createColors } from 'picocolors';
import { usageError } from '../../core/errors.ts';
import { exportMonth, type ListsReport } from '../../pipelines/export-lists.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import { acknowledgeList } from '../../exchange/acknowledge.ts';
import { text, type Command, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireCount, requireMonth, requireText } from '../require.ts';

/** Lists that a county does not get, by list and what is missing. */
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
    ...(report.put_back > 0 ? [`  ${report.put_back} files put back into their place`] : []),
    ...report.damaged.map(({ file, fault }) => c.red(`  ${fault}: ${file}`)),
    '',
    `The files are in exports/${report.month}/ of the home ${invocation.home}: <county>/<recipient>/<list>-v<n>.csv`,
    '',
  ];
  await invocation.out(`${lines.join('\n')}\n`);
}

const USAGE = [
  'doudi lists export --month YYYY-MM [--json]',
  'doudi lists acknowledge --month YYYY-MM --list LIST --to RECIPIENT --county CODE --by WHO [--version N] [--json]',
];

async function exportLists(invocation: Invocation): Promise<void> {
  const month = requireMonth(invocation);
  const report = await withHome(invocation, async ({ store, office }) =>
    exportMonth({
      ...(await office()),
      month,
      store,
      progress: lineProgress(invocation.tell),
      inbox: null,
      signedOff: false,
      steps: [],
    }),
  );
  if (invocation.json) await invocation.out(`${JSON.stringify(report, null, 2)}\n`);
  else await print(invocation, report);
}

async function acknowledge(invocation: Invocation): Promise<void> {
  const key = {
    month: requireMonth(invocation),
    list: requireText(invocation, 'list', 'new-monitored'),
    county: requireText(invocation, 'county', '520102'),
    recipient: requireText(invocation, 'to', 'civil-affairs'),
  };
  const by = requireText(invocation, 'by', 'county-520102');
  const asked =
    text(invocation, 'version') === undefined ? null : requireCount(invocation, 'version', '2');
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

export default {
  name: 'lists',
  summary: 'the lists that a county’s departments give each other every month; the same twice',
  usage: USAGE.join('\n       '),
  options: {
    month: { type: 'string' },
    list: { type: 'string' },
    to: { type: 'string' },
    county: { type: 'string' },
    version: { type: 'string' },
    by: { type: 'string' },
  },
  async run(invocation) {
    const [verb, ...more] = invocation.positionals;
    if (verb === 'export' && more.length === 0) return exportLists(invocation);
    if (verb === 'acknowledge' && more.length === 0) return acknowledge(invocation);
    throw usageError(
      verb === undefined
        ? 'doudi lists needs to know what to do'
        : `doudi lists knows no '${[verb, ...more].join(' ')}'`,
      USAGE.join('; '),
    );
  },
} satisfies Command;
