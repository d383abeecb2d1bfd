/**
 * What may be shown of a bad row's cell to the department. The cells of a bad row may be in the wrong columns: a number
 * or date is shown only if it is one, an id only if it is a pseudonym. Whatever `identifiers.ts` finds is removed too.
 */
import { literal } from '../../store/sql.ts';
import type { Kind } from './columns.ts';
import { REWRITTEN } from './markers.ts';

/** Shown in place of a hidden cell. */
export const HIDDEN = '（已隐去）';

/** Characters checked, and characters shown: an identifier at the end of the shown part is still seen whole. */
const LOOKED_AT = 1000;
const MOST = 100;

/** Not allowed in XML, and invisible. */
const CONTROLS = literal(String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]`);

/** The accepted form, and the other ways of writing the same sixteen bytes; an identity card number does not match. */
const PSEUDONYM = `[0-9a-f]{32}`;
const PSEUDONYM_ALIKE = `[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`;

/** Digits and the separators and suffixes of numbers and dates, but nothing that occurs in names. */
const NUMERIC = String.raw`[0-9０-９\s.,，．、:：/／\-–—－+%％¥￥元万年月日号时分Ee]*`;
const GAPS = literal(String.raw`[\s\-–—－]`);

/** The length of an identity number (18, or 15 before 1999), whatever its check digit. */
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

/** @returns SQL: the part of the cell that its column declares harmless, long enough to search for identifiers */
export function guardCell(type: Kind, cell: string): string {
  const text = `left(regexp_replace(replace(${cell}, ${literal(REWRITTEN)}, ''), ${CONTROLS}, '', 'g'), ${LOOKED_AT})`;
  return `CASE WHEN ${cell} IS NULL OR ${cell} = '' THEN NULL WHEN ${harmless(type, text)} THEN ${text} ELSE ${literal(HIDDEN)} END`;
}

/** @returns SQL: cut to the shown length */
export function cutCell(type: Kind, cell: string): string {
  const most = type.kind === 'text' ? type.max : MOST;
  return `CASE WHEN length(${cell}) > ${most} THEN left(${cell}, ${most}) || '…' ELSE ${cell} END`;
}
