/**
 * Replaces identity and household numbers of one CSV file by pseudonyms, row by row, with flat memory. Nothing that was
 * read is in an error or a report: a fault is a line, a column and a reason.
 */
import { createReadStream, statSync } from 'node:fs';
import { createHash, type KeyObject } from 'node:crypto';
import { basename, join } from 'node:path';
import { MonitorError } from '../errors.ts';
import { Drafts } from './drafts.ts';
import { normaliseHousehold } from './household.ts';
import { FAULT_WORDS, readIdentity } from './identity.ts';
import { planColumns, type Plan, type Wishes } from './plan.ts';
import { pseudonymOf } from './pseudonym.ts';
import { readRecords } from './records.ts';

export interface Request extends Wishes {
  readonly source: string;
  /** Folder of the result, which has the source's file name. */
  readonly out: string;
  readonly key: KeyObject;
  /** Rows with a wrong number are left out; otherwise one of them refuses the file. */
  readonly skipBad: boolean;
  /** The intake's detectors: the kinds of identifiers that a cell holds. */
  readonly detect: (cell: string) => Iterable<string>;
  readonly onProgress: (rows: number) => void;
}

export interface Fault {
  readonly line: number;
  /** Empty: the row as a whole. */
  readonly column: string;
  readonly reason: string;
}

export interface Result {
  /** Null: rows were refused and nothing was written. */
  readonly file: string | null;
  readonly rows: number;
  /** Rows with a fault. */
  readonly bad: number;
  /** The first hundred. */
  readonly faults: readonly Fault[];
  /** Rows whose first column is empty; they have no id. */
  readonly without_id: number;
  readonly rosters: readonly string[];
  readonly sha256: string | null;
  readonly sm3: string | null;
}

const LISTED = 100;
/** Phones and cards are told from other numbers by chance only (contracts.md section 1: at least three rows). */
const needed = (kind: string): number => (kind === 'identity-number' ? 1 : 3);

const FIELDS = 'has another number of fields than the header';
const COUNTY = 'no county code of six digits, so that it belongs to no roster';

const csvCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;

/** Eleven digits are the least that any identifier has; most cells are shorter and are not looked at. */
const MAYBE = /(?:[0-9\uff10-\uff19][^0-9\uff10-\uff19]*){11}/;

/** The intake's gate, held before the file leaves instead of after it arrived. */
class Gate {
  private readonly seen = new Map<string, number>();
  private readonly detect: Request['detect'];

  constructor(detect: Request['detect']) {
    this.detect = detect;
  }

  /** @throws MonitorError `identifiers` */
  look(cell: string, line: number, column: string): void {
    if (cell.length < 11 || !MAYBE.test(cell)) return;
    for (const kind of this.detect(cell)) {
      const count = (this.seen.get(`${kind}/${column}`) ?? 0) + 1;
      this.seen.set(`${kind}/${column}`, count);
      if (count < needed(kind)) continue;
      const where = line === 1 ? 'line 1, the header' : `line ${line}, column '${column}'`;
      throw new MonitorError(
        'identifiers',
        `nothing was written: the result would still hold a raw identifier (${kind}): ${where}`,
        {
          fix:
            line === 1
              ? 'give the file a header row; a file without one begins with a person'
              : '--column replaces the column, --drop leaves it out; or take the number out of the text',
        },
      );
    }
  }
}

/** One row at a time into the drafts. */
class Rows {
  readonly faults: Fault[] = [];
  rows = 0;
  bad = 0;
  withoutId = 0;
  private readonly plan: Plan;
  private readonly request: Request;
  private readonly drafts: Drafts;
  private readonly gate: Gate;
  private readonly main: string;

  constructor(plan: Plan, request: Request, drafts: Drafts, gate: Gate) {
    this.plan = plan;
    this.request = request;
    this.drafts = drafts;
    this.gate = gate;
    this.main = basename(request.source);
    drafts.begin(this.main);
    drafts.write(this.main, csvLine(plan.out.map(({ as }) => as)));
    if (plan.roster.length > 0 && plan.county === null) this.openRoster('roster.csv');
  }

  private openRoster(name: string): void {
    const { roster, household } = this.plan;
    this.drafts.begin(name);
    this.drafts.write(
      name,
      csvLine([
        'person_id',
        ...(household === null ? [] : ['household_id']),
        ...roster.map(({ as }) => as),
      ]),
    );
  }

  private fault(line: number, column: string, reason: string): null {
    if (this.faults.length < LISTED) this.faults.push({ line, column, reason });
    return null;
  }

  private replace(
    cell: string,
    numbers: 'identity' | 'household',
    line: number,
    column: string,
  ): string | null {
    // Unknown stays unknown: no number has no pseudonym.
    if (cell.trim() === '') return '';
    if (numbers === 'household') {
      const number = normaliseHousehold(cell);
      if (number === null) return this.fault(line, column, FAULT_WORDS.already);
      return number === '' ? '' : pseudonymOf(this.request.key, number);
    }
    const read = readIdentity(cell);
    return 'number' in read
      ? pseudonymOf(this.request.key, read.number)
      : this.fault(line, column, FAULT_WORDS[read.fault]);
  }

  private rosterOf(cells: readonly string[], line: number): string | null {
    const { county } = this.plan;
    if (county === null) return 'roster.csv';
    const code = (cells[county.index] ?? '').trim();
    // It becomes part of a file's name.
    return /^\d{6}$/.test(code) ? `roster-${code}.csv` : this.fault(line, county.name, COUNTY);
  }

  private written(cells: readonly string[], line: number): string[] | null {
    const written: string[] = [];
    let faults = 0;
    for (const { index, name, numbers } of this.plan.out) {
      const cell = cells[index] ?? '';
      const kept = numbers === null ? cell : this.replace(cell, numbers, line, name);
      if (kept === null) faults += 1;
      else written.push(kept);
    }
    return faults === 0 ? written : null;
  }

  take(cells: readonly string[], line: number): void {
    const { plan, drafts } = this;
    if (cells.length !== plan.fields) {
      this.fault(line, '', FIELDS);
      this.bad += 1;
      return;
    }
    const written = this.written(cells, line);
    const roster = plan.roster.length === 0 ? '' : this.rosterOf(cells, line);
    if (written === null || roster === null) {
      this.bad += 1;
      return;
    }
    for (const [at, { numbers, name }] of plan.out.entries())
      if (numbers === null) this.gate.look(written[at] ?? '', line, name);
    const idOf = (index: number): string =>
      written[plan.out.findIndex((column) => column.index === index)] ?? '';
    this.rows += 1;
    drafts.write(this.main, csvLine(written));
    const id = idOf(plan.person);
    if (id === '') this.withoutId += 1;
    if (roster === '' || id === '') return;
    if (!drafts.has(roster)) this.openRoster(roster);
    const home = plan.household === null ? [] : [idOf(plan.household)];
    drafts.write(
      roster,
      csvLine([id, ...home, ...plan.roster.map(({ index }) => (cells[index] ?? '').trim())]),
    );
  }
}

async function digests(path: string): Promise<{ sha256: string; sm3: string }> {
  const [sha256, sm3] = [createHash('sha256'), createHash('sm3')];
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sha256.update(piece as Buffer);
    sm3.update(piece as Buffer);
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex') };
}

async function readAll(request: Request, drafts: Drafts): Promise<Rows> {
  const gate = new Gate(request.detect);
  let rows: Rows | null = null;
  for await (const { line, cells } of readRecords(request.source)) {
    if (rows === null) {
      for (const cell of cells) gate.look(cell, 1, '');
      rows = new Rows(planColumns(cells, request), request, drafts, gate);
      continue;
    }
    rows.take(cells, line);
    request.onProgress(rows.rows + rows.bad);
  }
  if (rows === null)
    throw new MonitorError('csv', 'the file is empty', { fix: 'export it with a header row' });
  return rows;
}

/**
 * @throws MonitorError `columns`, `csv`, `encoding`, `identifiers`, `exists`, `changing`: nothing was written
 */
export async function pseudonymise(request: Request): Promise<Result> {
  const before = statSync(request.source);
  const drafts = new Drafts(request.out);
  try {
    const rows = await readAll(request, drafts);
    const after = statSync(request.source);
    if (before.size !== after.size || before.mtimeMs !== after.mtimeMs)
      throw new MonitorError('changing', 'the file was written to while it was read', {
        severity: 'retry',
        fix: 'wait until it is whole, then try again',
      });
    const { faults, bad, withoutId } = rows;
    const report = { rows: rows.rows, bad, faults, without_id: withoutId };
    if (bad > 0 && !request.skipBad)
      return { ...report, file: null, rosters: [], sha256: null, sm3: null };
    drafts.finish();
    const [main = '', ...rosters] = drafts.names;
    const hashes = await digests(drafts.path(main));
    drafts.publish();
    return {
      ...report,
      file: join(request.out, main),
      rosters: rosters.map((name) => join(request.out, name)).sort(),
      ...hashes,
    };
  } finally {
    drafts.discard();
  }
}
