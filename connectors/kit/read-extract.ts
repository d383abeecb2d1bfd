/**
 * Reads one delivered CSV against its contract and writes the checked Parquet. Runs in the throw-away child, on a
 * database of its own in memory; a crafted file may kill this process, never the month.
 */
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import type { Month } from '../../core/month.ts';
import { withScratch } from '../../core/store/database.ts';
import type { Reason } from '../../core/store/records.ts';
import { identifier, literal, textList, type Sql, parquet } from '../../core/store/sql.ts';
import { compileContract, prelude, TRIMMED, type CompiledColumn } from './compile.ts';
import { factsOf } from './columns.ts';
import type { Contract } from './contract.ts';
import { judgeStray, runGate, suspectRow, type Finding, type GateColumn } from './gate.ts';
import { findIdentifiers } from './identifiers.ts';
import { prepareCsv, Refused, rewriteCsv, type Prepared, type Rewritten } from './prepare.ts';

export interface ReadJob {
  readonly path: string;
  readonly month: Month;
  readonly counties: readonly string[];
  readonly townships: readonly string[];
  readonly badRowShare: number;
  /** A folder of the job's own; the result is written to `out` in it. */
  readonly folder: string;
  readonly out: string;
}

export interface ReadReport {
  readonly rows: number;
  /** Data records of the file: loaded, quarantined and doubled ones. */
  readonly records: number;
  readonly quarantined: number;
  readonly reason_counts: Readonly<Record<string, number>>;
  readonly reasons: readonly Reason[];
  readonly ignored_columns: readonly string[];
  readonly unknown_places: number;
}

/** The first hundred reasons are listed, all are counted (contracts.md section 4). */
const LISTED = 100;

interface Layout {
  /** Contract column → position in the file. */
  readonly positions: ReadonlyMap<string, number>;
  readonly ignored: readonly string[];
}

/** @throws Refused `header-missing`, `header-duplicate` */
function layOut(contract: Contract, header: readonly string[]): Layout {
  const names = new Map<string, string>();
  for (const [name, column] of Object.entries(contract.row.shape)) {
    for (const alias of [name, ...factsOf(column).aliases]) names.set(alias, name);
  }
  const positions = new Map<string, number>();
  const ignored: string[] = [];
  header.forEach((title, index) => {
    const name = names.get(title) ?? names.get(title.toLowerCase());
    if (name === undefined) {
      if (title !== '') ignored.push(title.slice(0, 40));
      return;
    }
    if (positions.has(name)) {
      throw new Refused('header-duplicate', `two columns are '${name}'`, {
        line: 1,
        column: name,
        accepts: 'each column once',
      });
    }
    positions.set(name, index);
  });
  const missing = Object.entries(contract.row.shape)
    .filter(([name, column]) => factsOf(column).required && !positions.has(name))
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new Refused('header-missing', `required columns are missing: ${missing.join(', ')}`, {
      line: 1,
      column: missing[0] ?? '',
      accepts: missing
        .map((name) => [name, ...factsOf(contract.row.shape[name] as never).aliases].join(' / '))
        .join('; '),
    });
  }
  return { positions, ignored };
}

function refuseIdentifiers({ kind, column, line }: Finding): Refused {
  const where = column === '' ? `line ${line}` : `column '${column}'`;
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

const raw = (index: number): string => `c${index}`;

async function createRawView(
  sql: Sql,
  prepared: Prepared,
  rewritten: string | null,
): Promise<void> {
  const cells = prepared.header.map((_, index) => `${literal(raw(index))}: 'VARCHAR'`);
  const options = (columns: readonly string[], skip: number, newline: string): string =>
    `header = false, skip = ${skip}, auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true, ` +
    `null_padding = false, nullstr = '', max_line_size = 2097152, new_line = ${newline}, columns = {${columns.join(', ')}}`;
  const newline = prepared.newline === '\n' ? String.raw`'\n'` : String.raw`'\r\n'`;
  await sql.run(
    rewritten === null
      ? `CREATE OR REPLACE VIEW raw AS SELECT row_number() OVER () + 1 AS line, * FROM read_csv(${literal(prepared.path)}, ${options(cells, 1, newline)})`
      : `CREATE OR REPLACE VIEW raw AS SELECT CAST(line AS BIGINT) AS line, * EXCLUDE (line) FROM read_csv(${literal(rewritten)}, ${options([`'line': 'VARCHAR'`, ...cells], 0, String.raw`'\n'`)})`,
  );
}

interface Plan {
  readonly columns: readonly CompiledColumn[];
  readonly gate: readonly GateColumn[];
  /** SELECT of line, raw text columns, typed columns and codes. */
  readonly typed: string;
}

function plan(
  contract: Contract,
  job: ReadJob,
  layout: Layout,
  header: readonly string[],
  blanks: boolean,
): Plan {
  const columns = compileContract(contract, job.month, new Set(layout.positions.keys()));
  const used = new Map([...layout.positions].map(([name, index]) => [index, name] as const));
  const gate = header.map((title, index): GateColumn => {
    const name = used.get(index);
    const column = columns.find((candidate) => candidate.name === name);
    const clean = column === undefined || column.free ? null : `${identifier(column.name)} IS NULL`;
    return { raw: raw(index), name: title === '' ? `column ${index + 1}` : title, clean };
  });
  const trimmed = [...layout.positions].map(
    ([name, index]) =>
      `nullif(${blanks ? `trim(${raw(index)}, ${TRIMMED})` : raw(index)}, '') AS ${identifier(`t_${name}`)}`,
  );
  const values = columns.map(({ name, value }) => `${value} AS ${identifier(name)}`);
  return {
    columns,
    gate,
    typed: `SELECT *, ${values.join(', ')} FROM (SELECT *, ${trimmed.join(', ')} FROM raw)`,
  };
}

const LISTED_NAMES = (columns: readonly CompiledColumn[]): string =>
  columns.map(({ name }) => identifier(name)).join(', ');

/**
 * Types the whole file once into the temporary table `draft` (in the order of the file; it spills to the job's folder
 * when it is large) and returns the number of its rows.
 */
async function writeDraft(sql: Sql, { columns, gate, typed }: Plan): Promise<number> {
  const bad = columns.map(({ code }) => `(${code}) IS NOT NULL`).join(' OR ');
  const names = LISTED_NAMES(columns);
  await sql.run(`CREATE OR REPLACE TEMP TABLE draft AS
    SELECT line, ${names}, (${bad}) AS bad, ${suspectRow(gate)} AS suspect, hash(${names}) AS row_hash FROM (${typed})`);
  return count(sql, 'SELECT count(*)::INTEGER AS n FROM draft');
}

/** Reads the file the fast way; where that cannot be right, record by record. */
async function read(
  sql: Sql,
  contract: Contract,
  job: ReadJob,
  prepared: Prepared,
): Promise<{ plan: Plan; layout: Layout; careful: Rewritten | null }> {
  const layout = layOut(contract, prepared.header);
  const planned = (blanks: boolean): Plan => plan(contract, job, layout, prepared.header, blanks);
  const whole = planned(prepared.blanks);
  if (prepared.regular) {
    try {
      await createRawView(sql, prepared, null);
      if ((await writeDraft(sql, whole)) === prepared.lines)
        return { plan: whole, layout, careful: null };
    } catch (error) {
      if (error instanceof MonitorError && error.code !== 'database') throw error;
    }
  }
  const rewritten = join(job.folder, 'rewritten.csv');
  const careful = await rewriteCsv(prepared, rewritten);
  await createRawView(sql, prepared, rewritten);
  const trimmed = planned(true);
  const rows = await writeDraft(sql, trimmed);
  if (rows !== careful.records - careful.wrongCount) {
    throw new Refused(
      'unreadable',
      'the records of the file could not be counted twice with one result',
    );
  }
  return { plan: trimmed, layout, careful };
}

function message(code: string, column: string): string {
  switch (code) {
    case 'missing':
      return `${column} is empty`;
    case 'format':
      return `${column} has another form`;
    case 'enum':
      return `${column} is not one of the listed values`;
    case 'range':
      return `${column} lies outside what is possible`;
    case 'county':
      return `${column} is no county of the province`;
    default:
      return 'the row stands in the file already';
  }
}

async function collectReasons(
  sql: Sql,
  contract: Contract,
  whole: Plan,
): Promise<{ reasons: Reason[]; counts: Record<string, number>; late: number }> {
  const codes = whole.columns
    .map(({ name, code }, index) => `{'c': ${literal(name)}, 'i': ${index}, 'k': ${code}}`)
    .join(', ');
  await sql.run(`CREATE OR REPLACE TEMP TABLE bad_cell AS
    SELECT line, cell.c AS name, cell.i AS position, cell.k AS code
    FROM (SELECT line, unnest(list_filter([${codes}], lambda x: x.k IS NOT NULL)) AS cell FROM (${whole.typed}))`);
  const listed = await sql.rows<{ line: string; name: string; code: string }>(
    `SELECT line, name, code FROM bad_cell ORDER BY line, position LIMIT ${LISTED}`,
  );
  const counted = await sql.rows<{ code: string; n: number }>(
    'SELECT code, count(*)::INTEGER AS n FROM bad_cell GROUP BY code ORDER BY code',
  );
  const bound = Object.entries(contract.row.shape).flatMap(([name, column]) => {
    const { type } = factsOf(column);
    return (type.kind === 'date' && type.withinMonth) || (type.kind === 'month' && type.ofFile)
      ? [literal(name)]
      : [];
  });
  const [late] =
    bound.length === 0
      ? []
      : await sql.rows<{ n: number }>(
          `SELECT count(DISTINCT line)::INTEGER AS n FROM bad_cell WHERE code = 'range' AND name IN (${bound.join(', ')})`,
        );
  return {
    reasons: listed.map(({ line, name, code }) => ({
      code,
      line: Number(line),
      column: name,
      message: message(code, name),
      accepts: factsOf(contract.row.shape[name] as never).accepts,
    })),
    counts: Object.fromEntries(counted.map(({ code, n }) => [code, n])),
    late: late?.n ?? 0,
  };
}

/** Later copies of identical rows of a state extract: counted once, the first stays (contracts.md section 1). */
async function findTwins(sql: Sql, { columns }: Plan): Promise<number[]> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE twin AS
    SELECT line FROM (
      SELECT line, row_number() OVER (PARTITION BY ${LISTED_NAMES(columns)} ORDER BY line) AS copy
      FROM draft SEMI JOIN (SELECT row_hash FROM draft WHERE NOT bad GROUP BY row_hash HAVING count(*) > 1) USING (row_hash)
      WHERE NOT bad) WHERE copy > 1`);
  return (
    await sql.rows<{ line: string }>(`SELECT line FROM twin ORDER BY line LIMIT ${LISTED}`)
  ).map(({ line }) => Number(line));
}

async function count(sql: Sql, text: string): Promise<number> {
  const [row] = await sql.rows<{ n: number }>(text);
  return row?.n ?? 0;
}

/** Rows kept although the divisions do not know their township, or the township of their village. */
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
  return count(
    sql,
    `SELECT count(*)::INTEGER AS n FROM ${parquet(out)} WHERE ${tests.join(' OR ')}`,
  );
}

/**
 * @returns counts and reasons; the checked rows stand in `job.out` in the order of the file
 * @throws Refused with the code of the contract when the file is not taken in
 */
export async function readExtract(contract: Contract, job: ReadJob): Promise<ReadReport> {
  const prepared = await prepareCsv(job.path, join(job.folder, 'utf8.csv'));
  // A file without a header row begins with a person: its first line must not be quoted back as column names.
  const [header] = prepared.header.flatMap((title) => [...findIdentifiers(title)]);
  if (header !== undefined) throw refuseIdentifiers({ kind: header, column: '', line: 1 });
  return withScratch(
    { threads: 1, memory: '1GB', temporary: join(job.folder, 'spill') },
    async (sql) => {
      await sql.run(prelude(job.counties));
      const { plan: whole, layout, careful } = await read(sql, contract, job, prepared);
      const suspects = `SELECT line, ${whole.gate.map(({ raw: name, clean }) => `CASE WHEN ${clean ?? 'true'} THEN ${name} END AS ${name}`).join(', ')}
      FROM (${whole.typed}) WHERE ${suspectRow(whole.gate)}`;
      const stray = judgeStray(careful?.found ?? []);
      if (stray !== null) throw refuseIdentifiers(stray);
      if ((await count(sql, `SELECT count(*)::INTEGER AS n FROM draft WHERE suspect`)) > 0) {
        const finding = await runGate(sql, suspects, whole.gate);
        if (finding !== null) throw refuseIdentifiers(finding);
      }
      const good = await count(sql, `SELECT count(*)::INTEGER AS n FROM draft WHERE NOT bad`);
      const parsed = await count(sql, `SELECT count(*)::INTEGER AS n FROM draft`);
      const found =
        good < parsed
          ? await collectReasons(sql, contract, whole)
          : { reasons: [], counts: {}, late: 0 };
      const ragged = (careful?.wrong ?? []).map(({ line, fields }): Reason => ({
        code: 'columns',
        line,
        column: '',
        message: `${fields} fields instead of ${prepared.header.length}`,
        accepts: `${prepared.header.length} fields`,
      }));
      const wrongCount = careful?.wrongCount ?? 0;
      const records = parsed + wrongCount;
      const badRows = parsed - good + wrongCount;
      const byLine = (list: readonly Reason[]): Reason[] =>
        [...list].sort((a, b) => a.line - b.line).slice(0, LISTED);
      if (badRows > records * job.badRowShare) {
        const share = `${badRows} of ${records} rows are bad`;
        const refusal =
          found.late > records / 2
            ? new Refused('wrong-month', `most rows belong to another month than ${job.month}`, {
                accepts: `rows of ${job.month}`,
              })
            : new Refused('too-many-bad-rows', share, {
                accepts: `at most ${job.badRowShare * 100} % bad rows`,
              });
        throw Object.assign(refusal, { details: byLine([...found.reasons, ...ragged]) });
      }
      const twins = contract.nature === 'state' ? await findTwins(sql, whole) : [];
      const twinCount =
        contract.nature === 'state'
          ? await count(sql, 'SELECT count(*)::INTEGER AS n FROM twin')
          : 0;
      const keep = twinCount > 0 ? 'NOT bad AND line NOT IN (SELECT line FROM twin)' : 'NOT bad';
      await sql.run(`COPY (SELECT * EXCLUDE (bad, suspect, row_hash) FROM draft WHERE ${keep})
      TO ${literal(job.out)} (FORMAT parquet, COMPRESSION zstd)`);
      const doubled = twins.map((line): Reason => ({
        code: 'duplicate',
        line,
        column: '',
        message: message('duplicate', ''),
        accepts: 'each row once',
      }));
      return {
        rows: good - twinCount,
        records,
        quarantined: badRows + twinCount,
        reason_counts: {
          ...found.counts,
          ...(wrongCount > 0 ? { columns: wrongCount } : {}),
          ...(twinCount > 0 ? { duplicate: twinCount } : {}),
        },
        reasons: byLine([...found.reasons, ...ragged, ...doubled]),
        ignored_columns: layout.ignored,
        unknown_places: await countUnknownPlaces(sql, contract, job.out, job.townships),
      };
    },
  );
}
