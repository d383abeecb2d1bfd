/**
 * Reads one delivered file against its contract and writes the checked Parquet. Runs in the disposable child, on its
 * own in-memory database; a crafted file may kill this process, never the month.
 */
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import { withScratch } from '../../store/database.ts';
import type { RowReason } from '../../store/records.ts';
import { identifier, literal, parquet, textList, type Sql } from '../../store/sql.ts';
import { Refused } from '../../core/refused.ts';
import { copyBadRows, type BadRows } from './bad-rows.ts';
import { prelude } from './compile.ts';
import { factsOf } from './columns.ts';
import type { Contract } from './contract.ts';
import { countRows } from './draft.ts';
import { judgeStray, runGate, suspectRow, type Finding } from './gate.ts';
import { readDelivery } from './read-delivery.ts';
import type { ReadJob } from './read-job.ts';
import { RefusedRows } from './refused-rows.ts';
import { byLine, collectReasons, findTwins, LISTED } from './reasons.ts';

export interface ReadReport {
  readonly rows: number;
  /** Data records of the file: loaded, quarantined and duplicate ones. */
  readonly records: number;
  readonly quarantined: number;
  readonly reason_counts: Readonly<Record<string, number>>;
  readonly reasons: readonly RowReason[];
  readonly ignored_columns: readonly string[];
  readonly unknown_places: number;
  /** null: no bad rows, or no copy requested. */
  readonly bad_rows: BadRows | null;
}

function refuseIdentifiers({ kind, column, line, sheet }: Finding): Refused {
  const row = sheet === undefined ? `line ${line}` : `line ${line} of sheet ${sheet}`;
  const where = column === '' ? row : `column '${column}'`;
  const what = {
    'identity-number': 'identity numbers',
    phone: 'phone numbers',
    'bank-card': 'bank cards',
  }[kind];
  return new Refused(kind, `${where} holds ${what}; the file was not kept`, {
    line,
    column,
    accepts: 'pseudonymised data without identity numbers, phones or bank cards',
  });
}

/** Rows kept although their township, or their village's township, is not in the divisions file. */
async function countUnknownPlaces(
  sql: Sql,
  contract: Contract,
  out: string,
  townships: readonly string[],
): Promise<number> {
  const tests = Object.entries(contract.row.shape).flatMap(([name, column]) =>
    factsOf(column).type.kind === 'place'
      ? [
          `(${identifier(name)} IS NOT NULL AND substr(${identifier(name)}, 1, 9) NOT IN (SELECT code FROM known))`,
        ]
      : [],
  );
  if (tests.length === 0) return 0;
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE known AS SELECT unnest(${textList(townships)}) AS code`,
  );
  return countRows(
    sql,
    `SELECT count(*)::INTEGER AS n FROM ${parquet(out)} WHERE ${tests.join(' OR ')}`,
  );
}

interface DraftCounts {
  readonly parsed: number;
  /** Rows without a fault. */
  readonly good: number;
  /** Good rows, those with one digest counted once. */
  readonly different: number;
  /** Rows in which the gate has to look for identifiers. */
  readonly suspicious: number;
}

async function countDraft(sql: Sql): Promise<DraftCounts> {
  const [counts] = await sql.rows<DraftCounts>(`SELECT count(*)::INTEGER AS parsed,
    (count(*) FILTER (NOT bad))::INTEGER AS good,
    (count(DISTINCT row_hash) FILTER (NOT bad))::INTEGER AS different,
    (count(*) FILTER (suspect))::INTEGER AS suspicious FROM draft`);
  return counts ?? { parsed: 0, good: 0, different: 0, suspicious: 0 };
}

/** The rows have passed all checks: errors here are the machine's fault, not the file's. */
async function writeChecked(sql: Sql, keep: string, out: string): Promise<void> {
  try {
    await sql.run(`COPY (SELECT * EXCLUDE (bad, suspect, row_hash) FROM draft WHERE ${keep})
      TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`);
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'disk-full') throw error;
    const message = 'the checked rows could not be written';
    throw new MonitorError('machine', message, { severity: 'retry', cause: error });
  }
}

/**
 * @returns counts and reasons; the checked rows are in `job.out` in file order
 * @throws Refused with the code of the contract when the file is rejected
 */
export async function readExtract(contract: Contract, job: ReadJob): Promise<ReadReport> {
  return withScratch(
    // The database may access only the job's own folder.
    { threads: 1, memory: '1GB', temporary: join(job.folder, 'spill'), folders: [job.folder] },
    async (sql) => {
      await sql.run(prelude(job.counties));
      const draft = await readDelivery(sql, contract, job);
      if ('leak' in draft) throw refuseIdentifiers(draft.leak);
      const { plan: whole, layout, width, wrongCount } = draft;
      const suspects = `SELECT line, ${whole.gate.map(({ raw: name, clean }) => `CASE WHEN ${clean ?? 'true'} THEN ${name} END AS ${name}`).join(', ')}
      FROM (${whole.typed}) WHERE ${suspectRow(whole.gate)}`;
      const stray = judgeStray(draft.stray);
      if (stray !== null) throw refuseIdentifiers(stray);
      const { parsed, good, different, suspicious } = await countDraft(sql);
      if (suspicious > 0) {
        const finding = await runGate(sql, suspects, whole.gate);
        if (finding !== null) throw refuseIdentifiers(finding);
      }
      const found =
        good < parsed
          ? await collectReasons(sql, contract, draft)
          : { reasons: [], counts: {}, late: 0 };
      const ragged = draft.wrong.slice(0, LISTED).map(({ line, fields }): RowReason => ({
        code: 'columns',
        line,
        column: '',
        message: `${fields} fields instead of ${width}`,
        accepts: `${width} fields`,
      }));
      const records = parsed + wrongCount;
      const badRows = parsed - good + wrongCount;
      const reasonCounts = {
        ...found.counts,
        ...(wrongCount > 0 ? { columns: wrongCount } : {}),
      };
      const copy = (twins: boolean): Promise<BadRows> | null =>
        job.bad === undefined
          ? null
          : copyBadRows(sql, contract, draft, { cells: good < parsed, twins }, job.bad);
      if (badRows > records * job.badRowShare) {
        const findings = {
          reasons: byLine([...found.reasons, ...ragged]),
          reason_counts: reasonCounts,
          records,
          quarantined: badRows,
        };
        // For a file of the wrong month the rows themselves need no correction, so none is copied.
        if (found.late > records / 2)
          throw new RefusedRows(
            'wrong-month',
            `most rows belong to another month than ${job.month}`,
            { accepts: `rows of ${job.month}` },
            { ...findings, bad_rows: null },
          );
        throw new RefusedRows(
          'too-many-bad-rows',
          `${badRows} of ${records} rows are bad`,
          { accepts: `at most ${job.badRowShare * 100} % bad rows` },
          { ...findings, bad_rows: await copy(false) },
        );
      }
      // As many different rows as rows: most files have no copies, and looking for them costs a fifth of a small one.
      const mayRepeat = contract.nature === 'state' && different < good;
      const twins = mayRepeat ? await findTwins(sql, whole) : [];
      const twinCount = mayRepeat
        ? await countRows(sql, 'SELECT count(*)::INTEGER AS n FROM twin')
        : 0;
      const keep = twinCount > 0 ? 'NOT bad AND line NOT IN (SELECT line FROM twin)' : 'NOT bad';
      await writeChecked(sql, keep, job.out);
      return {
        rows: good - twinCount,
        records,
        quarantined: badRows + twinCount,
        reason_counts: {
          ...reasonCounts,
          ...(twinCount > 0 ? { duplicate: twinCount } : {}),
        },
        reasons: byLine([...found.reasons, ...ragged, ...twins]),
        ignored_columns: layout.ignored,
        unknown_places: await countUnknownPlaces(sql, contract, job.out, job.townships),
        bad_rows: badRows + twinCount > 0 ? await copy(twinCount > 0) : null,
      };
    },
  );
}
