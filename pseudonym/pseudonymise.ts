/**
 * Replaces identity and household numbers in one CSV file or workbook by pseudonyms, row by row; for CSV in constant
 * memory. Errors and reports never quote the input: a fault is a line, a column and a reason.
 */
import { createReadStream, statSync } from 'node:fs';
import { createHash, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { MonitorError } from '../core/errors.ts';
import { Refused } from '../core/refused.ts';
import { Drafts } from './drafts.ts';
import { IdentifierGate, type Detect } from './gate.ts';
import { missingColumns, planColumns, type Wishes } from './plan.ts';
import { readRecords, type SourceRow } from './records.ts';
import { Rows, type Fault } from './rows.ts';
import { isWorkbook, resultName } from './source.ts';
import { readWorkbook } from './workbook-rows.ts';

export interface Request extends Wishes {
  readonly source: string;
  /** Folder of the result, which keeps the source's name. */
  readonly out: string;
  readonly key: KeyObject;
  /** Rows with an invalid number are skipped; otherwise a single one refuses the file. */
  readonly skipBad: boolean;
  /** Sheet of a workbook, from 1; null: the only one with the columns. */
  readonly sheet: number | null;
  readonly detect: Detect;
  /** Headers of columns that are months, not days, in the contract: a workbook stores both alike. */
  readonly isMonth: (header: string) => boolean;
  readonly onProgress: (rows: number) => void;
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
  /** Sheets of the workbook with identity numbers outside the table; these are not in the result. */
  readonly left_behind: readonly number[];
  readonly rosters: readonly string[];
  readonly sha256: string | null;
  readonly sm3: string | null;
}

async function digests(path: string): Promise<{ sha256: string; sm3: string }> {
  const [sha256, sm3] = [createHash('sha256'), createHash('sm3')];
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sha256.update(piece as Buffer);
    sm3.update(piece as Buffer);
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex') };
}

/** Makes the plan from the header and passes the rows on. */
class Work {
  rows: Rows | null = null;
  readonly gate: IdentifierGate;
  private readonly request: Request;
  private readonly drafts: Drafts;

  constructor(request: Request, drafts: Drafts) {
    this.gate = new IdentifierGate(request.detect);
    this.request = request;
    this.drafts = drafts;
  }

  header(titles: readonly string[], line: number): void {
    const { request, drafts, gate } = this;
    gate.lookAtHeader(titles, line);
    const plan = planColumns(titles, request);
    this.rows = new Rows(plan, request.key, resultName(request.source), drafts, gate);
  }

  row(row: SourceRow): void {
    if (this.rows === null) throw new Error('a header comes before its rows');
    this.rows.take(row);
    this.request.onProgress(this.rows.rows + this.rows.bad);
  }
}

interface Taken {
  readonly rows: Rows;
  readonly leftBehind: readonly number[];
}

async function readAll(request: Request, drafts: Drafts): Promise<Taken> {
  const work = new Work(request, drafts);
  let leftBehind: readonly number[] = [];
  if (isWorkbook(request.source)) {
    const wishes = {
      sheet: request.sheet,
      missing: (titles: readonly string[]) => missingColumns(titles, request),
      isMonth: request.isMonth,
      isIdentity: (text: string) => work.gate.isIdentity(text),
    };
    leftBehind = await readWorkbook(request.source, wishes, work);
  } else {
    for await (const record of readRecords(request.source))
      if (work.rows === null) work.header(record.cells, record.line);
      else work.row(record);
  }
  if (work.rows === null)
    throw new MonitorError('csv', 'the file is empty', { fix: 'export it with a header row' });
  return { rows: work.rows, leftBehind };
}

const FIXES: Readonly<Record<string, string>> = {
  encoding: 'save the file as UTF-8 or GB18030 and try again',
  'too-large': 'export the sheet as CSV, which may be of any size',
};

/** Refusals use the intake's wording. */
function ours(error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  const fix = FIXES[error.code] ?? `what is read: ${error.accepts}`;
  return new MonitorError(error.code, error.message, { fix });
}

/**
 * @throws MonitorError `columns`, `csv`, `encoding`, `unreadable`, `too-large`, `identifiers`, `exists`, `changing`:
 * nothing was written
 */
export async function pseudonymise(request: Request): Promise<Result> {
  const before = statSync(request.source);
  const drafts = new Drafts(request.out);
  try {
    const { rows, leftBehind } = await readAll(request, drafts);
    const after = statSync(request.source);
    if (before.size !== after.size || before.mtimeMs !== after.mtimeMs)
      throw new MonitorError('changing', 'the file was written to while it was read', {
        severity: 'retry',
        fix: 'wait until it is whole, then try again',
      });
    const { faults, bad, withoutId } = rows;
    const report = {
      rows: rows.rows,
      bad,
      faults,
      without_id: withoutId,
      left_behind: leftBehind,
    };
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
  } catch (error) {
    throw ours(error);
  } finally {
    drafts.discard();
  }
}
