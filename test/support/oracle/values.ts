import { daysInMonth } from './calendar.ts';
import type { Kind } from './datasets.ts';

// DECISION: 500, 600 and 650 are left out: the contract does not say which programme they name.
const PROGRAMME_CODES = new Map([
  ['110', 'urban_dibao'],
  ['120', 'rural_dibao'],
  ['131', 'tekun_concentrated'],
  ['132', 'tekun_dispersed'],
]);
const TRUE = ['true', '1', '是', 'Y'];
const FALSE = ['false', '0', '否', 'N'];

function month(text: string): string | undefined {
  const found = /^(\d{4})-?(\d{2})$/.exec(text);
  const [, year = '', which = ''] = found ?? [];
  return found !== null && which >= '01' && which <= '12' ? `${year}-${which}` : undefined;
}

function date(text: string): string | undefined {
  const found = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text);
  const [, year = '', , which = '', day = ''] = found ?? [];
  const of = month(`${year}-${which}`);
  if (of === undefined || day < '01' || Number(day) > daysInMonth(of)) return undefined;
  return `${of}-${day}`;
}

/** Yuan with at most two decimals to whole fen; nothing is ever rounded. */
export function fen(text: string): bigint | undefined {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (found === null) return undefined;
  const [, sign = '', yuan = '', rest = ''] = found;
  return BigInt(`${sign}${yuan}${rest.padEnd(2, '0')}`);
}

function money(text: string, signed: boolean): string | undefined {
  const amount = fen(text);
  return amount === undefined || (amount < 0n && !signed) ? undefined : String(amount);
}

/** One spelling for each value ('' = unknown), or undefined where the cell makes its row bad. */
export function canonical(raw: string, kind: Kind, province: string): string | undefined {
  const text = raw.trim();
  if (text === '') return '';
  const matching = (pattern: RegExp): string | undefined => (pattern.test(text) ? text : undefined);
  if (typeof kind !== 'string') {
    if ('several' in kind) {
      const parts = text.split(';').map((part) => part.trim());
      return parts.every((part) => kind.several.includes(part)) ? parts.join(';') : undefined;
    }
    const named = kind.includes('urban_dibao') ? (PROGRAMME_CODES.get(text) ?? text) : text;
    return kind.includes(named) ? named : undefined;
  }
  switch (kind) {
    case 'id':
      return matching(/^[0-9a-f]{32}$/);
    case 'county':
      return text.startsWith(province.slice(0, 2)) ? matching(/^\d{6}$/) : undefined;
    case 'township':
      return matching(/^\d{9}$/);
    case 'village':
      return matching(/^\d{12}$/);
    case 'date':
      return date(text);
    case 'month':
      return month(text);
    case 'money':
      return money(text, false);
    case 'signed-money':
      return money(text, true);
    case 'boolean':
      return TRUE.includes(text) ? 'true' : FALSE.includes(text) ? 'false' : undefined;
    case 'integer':
      return /^\d+$/.test(text) ? String(Number(text)) : undefined;
    case 'text':
      return text;
  }
}
