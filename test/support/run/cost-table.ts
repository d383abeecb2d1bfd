/** A reporter that ends with what each test file cost, the dearest first. */
import { relative } from 'node:path';
import type { Reporter } from 'vitest/node';
import { takeNotes, type Cost } from './cost.ts';

const COLUMNS = ['CPU s', 'of children', 'wall s', 'months', 'readers', 'programs', 'test file'];
/** Files that cost less are summed up in one line. */
const WORTH_A_LINE = 2;

function line(cost: Cost, name: string): string[] {
  const { cpu, childCpu, seconds, months, readers, programs } = cost;
  const numbers = [cpu + childCpu, childCpu, seconds].map((value) => value.toFixed(1));
  return [...numbers, String(months), String(readers), String(programs), name];
}

function sum(costs: readonly Cost[]): Cost {
  const total = (key: keyof Cost): number => costs.reduce((all, cost) => all + cost[key], 0);
  return {
    cpu: total('cpu'),
    childCpu: total('childCpu'),
    seconds: total('seconds'),
    months: total('months'),
    readers: total('readers'),
    programs: total('programs'),
  };
}

export class CostTable implements Reporter {
  onTestRunEnd(): void {
    const files = takeNotes()
      .map(({ file, cost }) => ({ cost, name: relative('.', file) }))
      .sort((a, b) => b.cost.cpu + b.cost.childCpu - a.cost.cpu - a.cost.childCpu);
    const dear = files.filter(({ cost }) => cost.cpu + cost.childCpu >= WORTH_A_LINE);
    const rest = files.slice(dear.length);
    const rows = [
      COLUMNS,
      ...dear.map(({ cost, name }) => line(cost, name)),
      ...(rest.length > 0
        ? [line(sum(rest.map(({ cost }) => cost)), `${rest.length} files below ${WORTH_A_LINE} s`)]
        : []),
      line(sum(files.map(({ cost }) => cost)), 'all'),
    ];
    const text = rows.map((cells) =>
      cells.map((cell, at) => (at === 6 ? cell : cell.padStart(11))).join('  '),
    );
    process.stdout.write(`\n What the test files cost\n${text.join('\n')}\n\n`);
  }
}
