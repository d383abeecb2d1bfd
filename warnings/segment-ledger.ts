/**
 * The ledger of reasons (“双清双入双退”台账, 黔民发〔2020〕9号 三（二）) as displayed: a home's members, income, assets
 * and benefits, and why it is not covered. A clerk's answer takes precedence; a reason from figures is labelled as such
 * and decides nothing.
 */
import { MonitorError } from '../core/errors.ts';
import type { Month } from '../core/month.ts';
import { hexOf, literal, type Sql } from '../store/sql.ts';
import { ASSETS } from './segments.ts';
import type { RuleBook } from './rule-book.ts';
import { PROGRAMMES } from '../core/programmes.ts';
import { BOLD, rowXml, TEXT, writeWorkbook } from '../files/workbook/write.ts';

/** Columns of the ledger with their printed headings and widths in characters. */
export const LEDGER = [
  ['month', '月份', 9],
  ['segment', '分组', 8],
  ['county', '县', 8],
  ['township', '乡镇', 11],
  ['household_id', '家庭编号', 34],
  ['members', '家庭人口', 9],
  ['children', '未成年人', 9],
  ['adults', '成年人', 9],
  ['elderly', '老年人', 9],
  ['age_unknown', '年龄不明', 9],
  ['disabled', '持残疾人证', 11],
  ['ill', '重病', 7],
  ['income', '年人均收入（元）', 17],
  ['standard', '低保标准（元/年）', 17],
  ['assets', '财产状况', 26],
  ['programmes', '现享受救助', 20],
  ['standing', '依据', 24],
  ['reason_code', '原因代码', 24],
  ['reason', '不纳入原因', 40],
  ['clause', '政策依据', 40],
  ['checked_month', '核查月份', 9],
  ['lead_id', '线索编号', 26],
] as const satisfies readonly (readonly [name: string, head: string, width: number])[];

export type LedgerRow = Readonly<Record<(typeof LEDGER)[number][0], string | number | null>>;

const ASSET_WORDS = {
  fiscal_payroll: '财政供养',
  pension: '职工养老金',
  business: '市场主体',
  real_estate: '房产（非易地搬迁住房）',
  movable: '车辆、存款或公积金',
} as const satisfies Record<keyof typeof ASSETS, string>;

/** The basis of the reason: a clerk, figures only, or nothing yet. */
const STANDING_WORDS = {
  recorded: '入户核查已登记',
  apparent: '数据显示，须入户核实',
  unchecked: '尚未核查',
} as const;

/** The words of a list of codes, joined. */
function inWords(list: string, words: Readonly<Record<string, string>>, none: string): string {
  const cases = Object.entries(words).map(
    ([code, word]) => `WHEN ${literal(code)} THEN ${literal(word)}`,
  );
  return `coalesce(nullif(array_to_string(list_transform(${list}, lambda code: CASE code ${cases.join(' ')} ELSE code END), '；'), ''), ${none})`;
}

export interface LedgerScope {
  readonly month: Month;
  /** null: every segment. */
  readonly segment: string | null;
  /** null: the whole province. */
  readonly county: string | null;
}

function of({ month, segment, county }: LedgerScope): string {
  return [
    `month = ${literal(month)}`,
    ...(segment === null ? [] : [`segment = ${literal(segment)}`]),
    ...(county === null ? [] : [`county = ${literal(county)}`]),
  ].join(' AND ');
}

/** @throws MonitorError `not-run` when the month was not run, or was run before segments existed */
async function requireSegments(sql: Sql, month: Month): Promise<void> {
  const there = await sql.rows(
    `SELECT 1 AS there FROM step_record WHERE month = ${literal(month)} AND step = 'segment' LIMIT 1`,
  );
  if (there.length === 0)
    throw new MonitorError('not-run', `${month} has no segments in this home`, {
      fix: `doudi run --month ${month}`,
    });
}

/** Homes of one segment in one county; where the segment is undecided the counts are null and `missing` says why. */
export interface SegmentCount {
  readonly month: string;
  readonly segment: string;
  readonly title: string;
  readonly county: string;
  readonly households: number | null;
  readonly members: number | null;
  readonly covered: number | null;
  /** With the answer of a visit. */
  readonly reasoned: number | null;
  /** Not visited; the figures show a reason. */
  readonly apparent: number | null;
  readonly unchecked: number | null;
  readonly missing: string;
}

/**
 * Counts per segment and county; counties not listed have no homes in the segment.
 * @throws MonitorError `not-run`
 */
export async function countSegments(
  sql: Sql,
  { segments }: Pick<RuleBook, 'segments'>,
  place: LedgerScope,
): Promise<SegmentCount[]> {
  await requireSegments(sql, place.month);
  const title = new Map(segments.map((segment) => [segment.id, segment.title]));
  const count = (standing: string): string =>
    `(count(*) FILTER (standing = ${literal(standing)}))::INTEGER`;
  const rows = await sql.rows<Omit<SegmentCount, 'title'>>(`
    SELECT month, segment, county, count(*)::INTEGER AS households, sum(members)::INTEGER AS members, ${count('covered')} AS covered,
      ${count('recorded')} AS reasoned, ${count('apparent')} AS apparent, ${count('unchecked')} AS unchecked, '' AS missing
    FROM segment_ledger WHERE ${of(place)} GROUP BY month, segment, county
    UNION ALL BY NAME
    SELECT month, segment, county, string_agg(missing, '; ' ORDER BY missing) AS missing
    FROM segment_missing WHERE ${of(place)} GROUP BY month, segment, county
    ORDER BY segment, county`);
  return rows.map(({ month, segment, ...rest }) => ({
    month,
    segment,
    title: title.get(segment) ?? '',
    ...rest,
  }));
}

function ledgerSelect({ reasons }: Pick<RuleBook, 'reasons'>, place: LedgerScope): string {
  const words = (of: (reason: RuleBook['reasons'][number]) => string): Record<string, string> =>
    Object.fromEntries(reasons.map((reason) => [reason.id, of(reason)]));
  const titles = words(({ title }) => title);
  const clauses = words(({ basis }) =>
    basis.map(({ doc, clause }) => `${doc} ${clause}`).join('、'),
  );
  const standing = Object.entries(STANDING_WORDS).map(
    ([code, word]) => `WHEN ${literal(code)} THEN ${literal(word)}`,
  );
  const by = (recorded: string, apparent: string, otherwise: string): string =>
    `CASE standing WHEN 'recorded' THEN ${recorded} WHEN 'apparent' THEN ${apparent} ELSE ${otherwise} END`;
  return `SELECT month, segment, county, township, ${hexOf('household_id')} AS household_id, members, children, adults, elderly,
      age_unknown, disabled, ill, income::VARCHAR AS income, standard::DECIMAL(18,2)::VARCHAR AS standard,
      CASE WHEN assets IS NULL THEN '未核对' ELSE ${inWords('assets', ASSET_WORDS, "'未发现'")} END AS assets,
      ${inWords('programmes', PROGRAMMES, "'无'")} AS programmes,
      CASE standing ${standing.join(' ')} END AS standing,
      ${by('outcome', "array_to_string(apparent, ';')", "''")} AS reason_code,
      ${by('reason', inWords('apparent', titles, "''"), "''")} AS reason,
      ${by('clause', inWords('apparent', clauses, "''"), "''")} AS clause,
      checked_month, lead_id
    FROM segment_ledger WHERE ${of(place)} AND standing <> 'covered'
    ORDER BY segment, county, township, household_id`;
}

/**
 * The homes of a segment that are not covered, in pages.
 * @throws MonitorError `not-run`
 */
export async function* streamLedger(
  sql: Sql,
  book: Pick<RuleBook, 'reasons'>,
  place: LedgerScope,
): AsyncGenerator<LedgerRow[]> {
  await requireSegments(sql, place.month);
  yield* sql.stream<LedgerRow>(ledgerSelect(book, place));
}

/** Note above the printed ledger. */
const NOTICE = '数据显示的原因只供入户核查参考，不是不予纳入的决定';

/**
 * The same as a workbook.
 * @param title line above the headings
 * @throws MonitorError `not-run`
 */
export async function writeLedger(
  path: string,
  title: string,
  pages: AsyncIterable<readonly LedgerRow[]>,
): Promise<void> {
  async function* sheet(): AsyncGenerator<string> {
    yield rowXml(1, [`${title} · ${NOTICE}`], BOLD);
    yield rowXml(
      2,
      LEDGER.map(([, head]) => head),
      BOLD,
    );
    let at = 2;
    for await (const page of pages)
      yield page
        .map((row) => {
          at += 1;
          return rowXml(
            at,
            LEDGER.map(([name]) => String(row[name] ?? '')),
            TEXT,
          );
        })
        .join('');
  }
  await writeWorkbook(
    path,
    '台账',
    LEDGER.map(([, , width]) => width),
    sheet(),
  );
}
