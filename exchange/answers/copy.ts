/** The workbook copy of a file's bad rows: 行号, 原因 and 可接受的内容 in front of the original columns. */
import type { BadRows } from '../../files/extract/bad-rows.ts';
import { COPIED } from '../../files/extract/bad-rows.ts';
import type { Contract } from '../../files/extract/contract.ts';
import { identifier, literal, parquet, type Sql } from '../../store/sql.ts';
import { guarded } from '../shared/cells.ts';
import { acceptsOf, meaningOf, titleOf } from './words.ts';
import { BOLD, columnLetters, rowXml, TEXT, writeWorkbook } from '../../files/workbook/write.ts';

const OWN = ['行号', '原因', '可接受的内容'] as const;
const WIDTHS = [8, 40, 50] as const;
const WIDTH = 18;

/** Title and header; the rows begin on the third line. */
const ABOVE = 2;

/** A plain number is not a formula and must read as it did. */
const PLAIN_NUMBER = `'-?[0-9]+(\\.[0-9]+)?'`;

/** SQL like `xmlText`, also dropping characters invalid in XML: the copy comes from the throw-away child. */
function xml(text: string): string {
  const known = `regexp_replace(${text}, '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{FFFE}\\x{FFFF}]', '', 'g')`;
  const escaped = `replace(replace(replace(${known}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')`;
  return `regexp_replace(${escaped}, '_(x[0-9A-Fa-f]{4}_)', '_x005F_\\1', 'g')`;
}

function cell(index: number, text: string): string {
  const safe = `CASE WHEN regexp_full_match(${text}, ${PLAIN_NUMBER}) THEN ${text} ELSE ${guarded(text)} END`;
  return `CASE WHEN ${text} IS NULL OR ${text} = '' THEN '' ELSE '<c r="${columnLetters(index)}' || n || '" s="${TEXT}" t="inlineStr"><is><t xml:space="preserve">' || ${xml(safe)} || '</t></is></c>' END`;
}

/** The words for every column and code in the copy. */
async function wordsOf(sql: Sql, file: string, contract: Contract): Promise<string> {
  const pairs = await sql.rows<{ name: string; code: string }>(
    `SELECT DISTINCT r.name AS name, r.code AS code FROM (SELECT unnest(reasons) AS r FROM ${file}) ORDER BY ALL`,
  );
  const rows = pairs.map(({ name, code }) => {
    const title = name === '' ? '' : `${titleOf(contract, name)}：`;
    const reason = `${title}${meaningOf(code)}（${code}）`;
    const accepts = `${title}${acceptsOf(contract, { code, column: name, accepts: '' })}`;
    return `(${[name, code, reason, accepts].map(literal).join(', ')})`;
  });
  return `(VALUES ${rows.join(', ')}) w(name, code, reason, accepts)`;
}

/**
 * @param bad Parquet of files/extract/bad-rows.ts
 * @param about names the file, for the first line
 * @param all number of bad rows in the file, copied or not
 */
export async function writeCopy(
  sql: Sql,
  contract: Contract,
  bad: string,
  { columns, copied }: BadRows,
  { about, all }: { readonly about: string; readonly all: number },
  to: string,
): Promise<void> {
  const file = parquet(bad);
  const words = await wordsOf(sql, file, contract);
  const cells = [
    'line::VARCHAR',
    'reason',
    'accepts',
    ...columns.map(({ name }) => identifier(`c_${name}`)),
  ].map((text, index) => cell(index, text));
  const rows = `
    WITH said AS (
      SELECT line, string_agg(w.reason, '；' ORDER BY i) AS reason, string_agg(w.accepts, '；' ORDER BY i) AS accepts
      FROM (SELECT line, unnest(reasons) AS r, generate_subscripts(reasons, 1) AS i FROM ${file})
      JOIN ${words} ON r.name = w.name AND r.code = w.code GROUP BY line
    ), numbered AS (
      SELECT *, row_number() OVER (ORDER BY line) + ${ABOVE} AS n FROM ${file} JOIN said USING (line)
    )
    SELECT '<row r="' || n || '">' || ${cells.join(' || ')} || '</row>' AS xml FROM numbered ORDER BY n`;
  const listed = copied < all ? `只列出前 ${copied} 行` : '全部列出';
  async function* sheet(): AsyncGenerator<string> {
    yield rowXml(1, [`${about} · 问题行共 ${all} 行，${listed}（上限 ${COPIED} 行）`], BOLD);
    yield rowXml(2, [...OWN, ...columns.map(({ title }) => title)], BOLD);
    for await (const page of sql.stream<{ xml: string }>(rows))
      yield page.map(({ xml: text }) => text).join('');
  }
  await writeWorkbook(to, '问题行', [...WIDTHS, ...columns.map(() => WIDTH)], sheet());
}
