/**
 * Formats a value as the text of a cell. Lists are opened in spreadsheets: text that a spreadsheet would take for a
 * formula gets a leading apostrophe (promise G27), also after blanks, a byte order mark or a quotation mark.
 */
import { hexOf, identifier, literal } from '../../store/sql.ts';

export type CellType = 'id' | 'code' | 'kinds' | 'date' | 'month' | 'money' | 'text';

const FORMULA = literal('^[\\x{FEFF}\\x{A0}\\x{3000}\\s"]*[=+\\-@\\t\\r＝＋－＠]');
/** Identity numbers, bank cards and telephones a clerk typed into free text do not leave the county. */
const LONG_NUMBER = literal('[0-9０-９]{11,}[XxＸｘ]?');

/** SQL: the text, with an apostrophe if a spreadsheet would compute it. */
export function guarded(text: string): string {
  return `CASE WHEN regexp_matches(${text}, ${FORMULA}) THEN '''' || ${text} ELSE ${text} END`;
}

/** @returns SQL for the cell's text; NULL if empty, so that it is written without quotes */
export function cellOf(column: string, type: CellType): string {
  const name = identifier(column);
  switch (type) {
    case 'id':
      return hexOf(name);
    case 'date':
      return `strftime(${name}, '%Y-%m-%d')`;
    case 'month':
      return `strftime(${name}, '%Y-%m')`;
    case 'money':
      return `${name}::VARCHAR`;
    case 'code':
      return guarded(`nullif(${name}, '')`);
    case 'kinds':
      return guarded(`nullif(array_to_string(${name}, ';'), '')`);
    case 'text':
      return guarded(`nullif(regexp_replace(${name}, ${LONG_NUMBER}, '［号码略］', 'g'), '')`);
  }
}
