import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addDays, lastDay } from './oracle/calendar.ts';
import { DATASET_NAMES, DATASETS, type DatasetName } from './oracle/datasets.ts';
import { assistance, members, monitored } from './random-province/civil.ts';
import { affected, bills, exactBills, facts } from './random-province/events.ts';
import {
  cell,
  date,
  flag,
  month as monthCell,
  put,
  type Cells,
  type Tables,
} from './random-province/format.ts';
import {
  makeHome,
  makePerson,
  type Home,
  type Options,
  type Person,
} from './random-province/home.ts';
import { momentOf } from './random-province/moment.ts';
import { Prng } from './random-province/prng.ts';
import { certificates, employment, enrolment, insured } from './random-province/services.ts';

export type RandomProvinceOptions = Options;

const STRAY_ROLES = ['child', 'student', 'adult', 'elder'] as const;
const REPORT_KINDS = [
  'illness',
  'disability',
  'schooling',
  'unemployment',
  'disaster',
  'death',
  'other',
] as const;

function homeRows(
  options: Options,
  home: Home,
  month: string,
  months: readonly string[],
  tables: Tables,
): void {
  // A home draws its own numbers, so that one home more changes nothing about the others.
  const prng = new Prng(options.seed, home.number, Number(month.replace('-', '')));
  const at = momentOf(options, home, month, prng);
  assistance(at, tables);
  members(at, tables);
  monitored(at, tables);
  const school = exactBills(at, tables);
  for (const person of home.persons) {
    const exact = school?.pupil === person ? school.cost : undefined;
    const { troubled, idle } = home;
    const situation = { month, prng, troubled, idle, schoolCost: exact };
    if (home.exact === undefined || exact !== undefined) enrolment(situation, person, tables);
    insured(situation, person, tables);
    certificates(situation, person, tables);
    employment(situation, person, tables);
    bills(prng, month, person, tables);
    facts(prng, month, months, person, tables);
    affected(prng, month, person, home.troubled ? 0.1 : 0.03, tables);
  }
}

/** Somebody without a household: known to one or two departments only. */
function strayRows(
  options: Options,
  person: Person,
  month: string,
  months: readonly string[],
  tables: Tables,
): void {
  const prng = new Prng(options.seed, person.number, 7, Number(month.replace('-', '')));
  const situation = { month, prng, troubled: true, idle: false, schoolCost: undefined };
  const makers = [
    () => {
      enrolment(situation, person, tables);
    },
    () => {
      insured(situation, person, tables);
    },
    () => {
      certificates(situation, person, tables);
    },
    () => {
      employment(situation, person, tables);
    },
    () => {
      bills(prng, month, person, tables);
    },
    () => {
      facts(prng, month, months, person, tables);
    },
    () => {
      affected(prng, month, person, 0.5, tables);
    },
  ];
  for (const make of prng.shuffle(makers).slice(0, prng.int(1, 3))) make();
}

function reportRows(options: Options, homes: readonly Home[], month: string, tables: Tables): void {
  const prng = new Prng(options.seed, 11, Number(month.replace('-', '')));
  const reported = addDays(lastDay(month), -prng.int(0, 5));
  for (const county of options.counties) {
    put(tables, 'villages/reports', prng, {
      village: `${county}001201`,
      county,
      month: monthCell(prng, month),
      reported_on: date(prng, reported),
      zero: flag(prng, true),
    });
  }
  for (const home of homes) {
    if (!prng.chance(0.05)) continue;
    const person = prng.pick(home.persons);
    put(tables, 'villages/reports', prng, {
      village: `${home.township}202`,
      county: home.county,
      month: monthCell(prng, month),
      reported_on: date(prng, reported),
      zero: prng.pick(['', flag(prng, false)]),
      person_id: prng.chance(0.8) ? person.id : '',
      household_id: prng.chance(0.8) ? home.id : '',
      kind: prng.pick([...REPORT_KINDS, '']),
    });
  }
}

function csv(prng: Prng, dataset: DatasetName, rows: readonly Cells[]): string {
  const columns: string[] = DATASETS[dataset].map(({ name }) => name);
  // Columns come in any order, and sometimes with one the contract does not know.
  const header = prng.shuffle(prng.chance(0.3) ? [...columns, 'remark'] : columns);
  const newline = prng.chance(0.5) ? '\r\n' : '\n';
  const lines = rows.map((row) =>
    header.map((name) => cell(prng, name === 'remark' ? '-' : (row[name] ?? ''))).join(','),
  );
  const bom = prng.chance(0.3) ? '\uFEFF' : '';
  return `${bom}${[header.join(','), ...lines].join(newline)}${newline}`;
}

function write(
  options: Options,
  dataset: DatasetName,
  month: string,
  rows: readonly Cells[],
  counties: readonly string[],
): void {
  const prng = new Prng(
    options.seed,
    DATASET_NAMES.indexOf(dataset),
    13,
    Number(month.replace('-', '')),
  );
  const text = csv(prng, dataset, prng.shuffle(rows));
  const path = join(options.dir, dataset, `${month}.csv`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  if (options.manifests !== true) return;
  const manifest = {
    rows: rows.length,
    sha256: createHash('sha256').update(text).digest('hex'),
    counties,
    producer: 'random-province',
    produced_at: `${addDays(lastDay(month), 3)}T08:00:00+08:00`,
  };
  writeFileSync(path.replace(/\.csv$/, '.manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Writes all eleven extracts of every month: a province dense in boundary cases, the same for the
 * same options. Every row is good. With `manifests`, each month one dataset (another one each
 * month) lacks one county: its rows are absent and the manifest does not list it.
 */
export function writeRandomProvince(options: RandomProvinceOptions): void {
  const { seed, counties } = options;
  const months = [...options.months].sort();
  const homes = Array.from({ length: options.homes }, (_, number) =>
    makeHome(new Prng(seed, number, 3), { ...options, months }, number),
  );
  const strays = Array.from({ length: Math.ceil(options.homes * 0.15) }, (_, index) => {
    const prng = new Prng(seed, index, 5);
    return makePerson(prng, {
      seed,
      number: (options.homes + index) * 10,
      county: prng.pick(counties),
      months,
      role: prng.pick(STRAY_ROLES),
      troubled: true,
      exact: false,
      onDibao: false,
    });
  });
  months.forEach((month, index) => {
    const tables: Tables = new Map();
    for (const home of homes) homeRows(options, home, month, months, tables);
    for (const person of strays) strayRows(options, person, month, months, tables);
    reportRows(options, homes, month, tables);

    const lacking = options.manifests === true && counties.length > 1;
    const lackingDataset = DATASET_NAMES[(seed + index) % DATASET_NAMES.length];
    const lackingCounty = counties[(seed + index) % counties.length];
    for (const dataset of DATASET_NAMES) {
      if (options.missing?.includes(`${dataset}/${month}`) === true) continue;
      const absent = lacking && dataset === lackingDataset ? lackingCounty : undefined;
      const rows = (tables.get(dataset) ?? []).filter((row) => row['county'] !== absent);
      const present = counties.filter((county) => county !== absent);
      write(options, dataset, month, rows, present);
    }
  });
}
