/**
 * What of a bad row's cell may be shown to the department again. A bad row is one whose cells may stand in the wrong
 * columns: a number or a date is shown only where it is one, an id only where it is a pseudonym. What `identifiers.ts`
 * finds is taken out besides.
 */
import { literal } from '../../store/sql.ts';
import type { Kind } from './columns.ts';
import { REWRITTEN } from './markers.ts';

/** Stands where a cell is not shown. */
export const HIDDEN = '（已隐去）';

/** Characters looked at, and characters shown: an identifier at the end of what is shown is still seen whole. */
const LOOKED_AT = 1000;
const MOST = 100;

/** XML has no place for them, and nobody sees them. */
const CONTROLS = literal(String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]`);

/** The accepted form, and the ways in which a program writes the same sixteen bytes; a number of an identity card is none. */
const PSEUDONYM = `[0-9a-f]{32}`;
const PSEUDONYM_ALIKE = `[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`;

/** Digits, what stands between and behind them in numbers and dates, and nothing that a name is made of. */
const NUMERIC = String.raw`[0-9０-９\s.,，．、:：/／\-–—－+%％¥￥元万年月日号时分Ee]*`;
const GAPS = literal(String.raw`[\s\-–—－]`);

/** As long as an identity number of today (18) or of before 1999 (15), whether its check digit is right or not. */
const AS_LONG_AS_IDENTITY = literal(
  `(^|[^0-9０-９])([0-9０-９]{15}|[0-9０-９]{17}[0-9０-９XxＸｘ])([^0-9０-９]|$)`,
);

function harmless(type: Kind, text: string): string {
  switch (type.kind) {
    case 'id': {
      const trimmed = `trim(${text})`;
      return (
        `regexp_full_match(${trimmed}, ${literal(PSEUDONYM)}) OR ` +
        `(regexp_full_match(${trimmed}, ${literal(PSEUDONYM_ALIKE)}) AND regexp_matches(${text}, '[A-Fa-f]'))`
      );
    }
    case 'choice':
    case 'boolean':
    case 'text':
      return `NOT regexp_matches(${text}, ${AS_LONG_AS_IDENTITY})`;
    case 'county':
    case 'place':
    case 'money':
    case 'integer':
    case 'date':
    case 'month': {
      const most = type.kind === 'place' ? type.digits : 10;
      return (
        `regexp_full_match(${text}, ${literal(NUMERIC)}) AND ` +
        `NOT regexp_matches(regexp_replace(${text}, ${GAPS}, '', 'g'), '[0-9０-９]{${most + 1},}')`
      );
    }
  }
}

/** @returns SQL: the cell as far as its column says that it is harmless, long enough for identifiers to be looked for */
export function guardCell(type: Kind, cell: string): string {
  const text = `left(regexp_replace(replace(${cell}, ${literal(REWRITTEN)}, ''), ${CONTROLS}, '', 'g'), ${LOOKED_AT})`;
  return `CASE WHEN ${cell} IS NULL OR ${cell} = '' THEN NULL WHEN ${harmless(type, text)} THEN ${text} ELSE ${literal(HIDDEN)} END`;
}

/** @returns SQL: no longer than is shown */
export function cutCell(type: Kind, cell: string): string {
  const most = type.kind === 'text' ? type.max : MOST;
  return `CASE WHEN length(${cell}) > ${most} THEN left(${cell}, ${most}) || '…' ELSE ${cell} END`;
}
