/** Workbooks as Excel writes them, in as few parts as it opens, and with whatever else a test needs in them. */
import { zip, type Part } from './zip.ts';
import type { Month } from './months.ts';

/** A text, a number, a truth value, a day of the calendar, nothing, or the XML of a cell. */
export type Value = string | number | boolean | Date | null | { readonly xml: string };

export interface SheetOf {
  readonly rows: readonly (readonly Value[])[];
  readonly state?: string;
  /** Number of the first row. */
  readonly from?: number;
  /** XML behind the rows. */
  readonly after?: string;
}

export interface BookOptions {
  readonly from1904?: boolean;
  /** Texts in the table that Excel keeps them in, instead of in the cells. */
  readonly shared?: boolean;
  readonly extra?: readonly Part[];
  /** Parts replaced by name. */
  readonly instead?: Readonly<Record<string, Partial<Part>>>;
  /** Format of days. */
  readonly dateFormat?: string;
}

const DAY = 86_400_000;
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function columnName(index: number): string {
  const first = index >= 26 ? columnName(Math.floor(index / 26) - 1) : '';
  return first + String.fromCharCode(65 + (index % 26));
}

function cellOf(value: Value, place: string, texts: string[] | null, from1904: boolean): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (value instanceof Date) {
    const days = (value.getTime() - Date.UTC(1899, 11, 30)) / DAY - (from1904 ? 1462 : 0);
    return `<c r="${place}" s="1"><v>${days}</v></c>`;
  }
  if (typeof value === 'object') return value.xml.replaceAll('$', place);
  if (texts === null)
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
  if (!texts.includes(value)) texts.push(value);
  return `<c r="${place}" t="s"><v>${texts.indexOf(value)}</v></c>`;
}

export function sheetXml(sheet: SheetOf, texts: string[] | null, from1904 = false): string {
  const from = sheet.from ?? 1;
  const rows = sheet.rows.map((row, index) => {
    const line = from + index;
    const cells = row.map((value, column) =>
      cellOf(value, `${columnName(column)}${line}`, texts, from1904),
    );
    return `<row r="${line}">${cells.join('')}</row>`;
  });
  return `${HEAD}<worksheet ${MAIN}><sheetData>${rows.join('')}</sheetData>${sheet.after ?? ''}</worksheet>`;
}

export function workbook(sheets: readonly SheetOf[], options: BookOptions = {}): Buffer {
  const texts: string[] | null = options.shared === true ? [] : null;
  const from1904 = options.from1904 === true;
  const pages = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: sheetXml(sheet, texts, from1904),
  }));
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`;
  const parts: Part[] = [
    { name: '[Content_Types].xml', content: `${HEAD}<Types/>` },
    {
      name: '_rels/.rels',
      content: `${HEAD}<Relationships ${RELS}>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content:
        `${HEAD}<workbook ${MAIN} xmlns:r="${REL}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>` +
        sheets
          .map(
            ({ state }, index) =>
              `<sheet name="S${index + 1}" sheetId="${index + 1}" r:id="rId${index + 10}"${state === undefined ? '' : ` state="${state}"`}/>`,
          )
          .join('') +
        '</sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        `${HEAD}<Relationships ${RELS}>` +
        sheets
          .map((_, index) =>
            relation(`rId${index + 10}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
          )
          .join('') +
        relation('rId1', 'styles', 'styles.xml') +
        (texts === null ? '' : relation('rId2', 'sharedStrings', '/xl/sharedStrings.xml')) +
        '</Relationships>',
    },
    {
      name: 'xl/styles.xml',
      content:
        `${HEAD}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="176" formatCode="${escape(options.dateFormat ?? 'yyyy"年"m"月"d"日"')}"/></numFmts>` +
        '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="4"/></cellXfs></styleSheet>',
    },
    ...pages,
    ...(texts === null
      ? []
      : [
          {
            name: 'xl/sharedStrings.xml',
            content: `${HEAD}<sst ${MAIN}>${texts.map((text) => `<si><r><t xml:space="preserve">${escape(text.slice(0, 1))}</t></r><r><t xml:space="preserve">${escape(text.slice(1))}</t></r><rPh sb="0" eb="1"><t>音</t></rPh></si>`).join('')}</sst>`,
          },
        ]),
    ...(options.extra ?? []),
  ];
  return zip(parts.map((part) => ({ ...part, ...options.instead?.[part.name] })));
}

const NUMBERS = new Set(['county', 'aid_year', 'out_of_pocket_year', 'total', 'self_paid']);

/** A clerk's table: numbers as numbers, days as days, 是 as text. */
export const sheetOf = ({ header, rows }: Pick<Month, 'header' | 'rows'>): SheetOf => ({
  rows: [
    header,
    ...rows.map((row) =>
      row.map((cell, index): Value => {
        const name = header[index] ?? '';
        if (cell === '') return null;
        if (NUMBERS.has(name)) return Number(cell);
        if (name === 'settled_on') return new Date(`${cell}T00:00:00Z`);
        if (name === 'graduation_month') return new Date(`${cell}-01T00:00:00Z`);
        return cell;
      }),
    ),
  ],
});
