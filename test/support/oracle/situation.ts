import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shiftMonth } from './calendar.ts';
import { DATASET_NAMES, DATASETS, type DatasetName } from './datasets.ts';
import { oracle, type OracleResult, type Parameter } from './index.ts';

// Hand-made inboxes for the oracle's own tests: a few rows, everything else empty but delivered.

export const MONTH = '2025-10';
export const COUNTY = '520102';
export const OTHER_COUNTY = '520103';

export const P1 = `${'a'.repeat(31)}1`;
export const P2 = `${'a'.repeat(31)}2`;
export const H1 = `${'b'.repeat(31)}1`;
export const H2 = `${'b'.repeat(31)}2`;

type Cells = Record<string, string | number>;

export interface Line {
  readonly dataset: DatasetName;
  readonly month: string | undefined;
  readonly cells: Cells;
}

const maker =
  (dataset: DatasetName, defaults: Cells) =>
  (cells: Cells = {}, month?: string): Line => ({
    dataset,
    month,
    cells: { person_id: P1, county: COUNTY, ...defaults, ...cells },
  });

export const assistance = maker('civil-affairs/assistance', {
  household_id: H1,
  township: `${COUNTY}001`,
  residence: 'rural',
  programme: 'rural_dibao',
  status: 'active',
  status_date: '2023-05-01',
  household_size: 2,
});
export const member = maker('civil-affairs/members', { household_id: H1 });
export const monitored = maker('rural-revitalization/monitored', {
  household_id: H1,
  township: `${COUNTY}001`,
  category: 'unstable',
  risk: 'open',
  identified_month: '2025-01',
  household_size: 2,
});
export const enrolment = maker('education/enrolment', { stage: 'primary', status: 'enrolled' });
export const bill = maker('medical-insurance/settlements', {
  settled_on: '2025-10-10',
  kind: 'inpatient',
  major_illness: 'false',
  total: 0,
  insurance_paid: 0,
  self_paid: 0,
});
export const insurance = maker('medical-insurance/insured', { insured: 'true' });
export const certificate = maker('disabled-federation/certificates', {
  category: 4,
  grade: 2,
  status: 'valid',
  issued: '2020-01-01',
});
export const work = maker('human-resources/employment', { status: 'registered_unemployed' });
export const fact = maker('cross-check/facts', { kind: 'death', since: '2025-10-01' });
export const affected = maker('emergency/affected', {
  event: 'flood',
  happened_on: '2025-10-03',
});

export const PARAMETERS: readonly Parameter[] = [
  ['rural', 6000] as const,
  ['urban', 9000] as const,
].map(([residence, value]) => ({
  name: 'dibao-standard',
  where: { residence },
  region: '520000',
  from: '2023-01-01',
  to: null,
  value,
}));
const PCDI: Parameter = {
  name: 'disposable-income',
  region: '520000',
  from: '2023-01-01',
  to: null,
  value: 14000,
};

export interface Extra {
  readonly month?: string;
  readonly without?: readonly string[];
  readonly manifests?: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly Parameter[];
}

/** Every dataset of M, M−1, M−6 and the months that a line names. */
export function writeInbox(inbox: string, lines: readonly Line[], extra: Extra = {}): void {
  const month = extra.month ?? MONTH;
  const before = [1, 6].map((back) => shiftMonth(month, -back));
  const months = new Set([month, ...before, ...lines.flatMap((l) => l.month ?? [])]);
  for (const dataset of DATASET_NAMES) {
    const columns = DATASETS[dataset].map(({ name }) => name);
    for (const of of months) {
      if (extra.without?.includes(`${dataset}/${of}`) === true) continue;
      const rows = lines
        .filter((line) => line.dataset === dataset && (line.month ?? month) === of)
        .map(({ cells }) => columns.map((name) => `"${cells[name] ?? ''}"`).join(','));
      const path = join(inbox, dataset, `${of}.csv`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${[columns.join(','), ...rows].join('\n')}\n`);
    }
  }
}

export function evaluate(lines: readonly Line[], extra: Extra = {}): OracleResult {
  const month = extra.month ?? MONTH;
  const inbox = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    writeInbox(inbox, lines, extra);
    for (const [name, manifest] of Object.entries(extra.manifests ?? {})) {
      writeFileSync(join(inbox, `${name}.manifest.json`), JSON.stringify(manifest));
    }
    return oracle({
      inbox,
      month,
      province: '520000',
      parameters: [...PARAMETERS, PCDI, ...(extra.parameters ?? [])],
      counties: [COUNTY, OTHER_COUNTY],
    });
  } finally {
    rmSync(inbox, { recursive: true });
  }
}

/** `rule due` of what is ahead. */
export const ahead = (lines: readonly Line[], extra: Extra = {}): string[] =>
  evaluate(lines, extra)
    .ahead.map(({ rule, due }) => `${rule} ${due}`)
    .sort();

/** The names of the rules that hold, each once. */
export function rules(lines: readonly Line[], extra: Extra = {}): string[] {
  return [...new Set(evaluate(lines, extra).warnings.map(({ rule }) => rule))].sort();
}
