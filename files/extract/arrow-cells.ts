/** Columns of Arrow record batches: their types, whether their buffers are long enough, and their values as text. */
import { isUtf8 } from 'node:buffer';
import { DataType, Precision, type Data } from 'apache-arrow';
import { Refused } from '../../core/refused.ts';
import { SINGLE_LIMIT, SINGLE_MONEY_LIMIT, type Stored } from './carries.ts';
import { unreadable } from './arrow-messages.ts';
import { dateText, localTime, numberText, type WantedKind } from './cell-text.ts';

/** What a column of this type carries; null for Arrow's Null type. */
export function storedAs(type: DataType): Stored | null {
  if (DataType.isDictionary(type)) return storedAs(type.dictionary as DataType);
  if (DataType.isNull(type)) return null;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return 'text';
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isInt(type)) return 'integer';
  if (DataType.isFloat(type)) return 'float';
  if (DataType.isDecimal(type)) return 'decimal';
  if (DataType.isDate(type)) return 'date';
  if (DataType.isTimestamp(type)) return 'timestamp';
  return 'other';
}

const short = (): Refused => unreadable('a column of the Arrow file is shorter than declared');

/** Checked because the library reads missing bytes as empty or undefined. @throws Refused `unreadable`, `encoding` */
export function checkData(data: Data, column: string): void {
  const { length } = data;
  const type: DataType = data.type;
  if (length === 0 || DataType.isNull(type)) return;
  const values = data.values as ArrayLike<number> & { readonly byteLength: number };
  if (data.nullCount > 0 && data.nullBitmap.length * 8 < length) throw short();
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    const offsets = data.valueOffsets as ArrayLike<number | bigint>;
    if (offsets.length < length + 1) throw short();
    let last = Number(offsets[0]);
    const first = last;
    if (first < 0) throw short();
    for (let index = 1; index <= length; index += 1) {
      const next = Number(offsets[index]);
      if (next < last) throw short();
      last = next;
    }
    const bytes = values as unknown as Uint8Array;
    if (last > bytes.length) throw short();
    if (!isUtf8(bytes.subarray(first, last)))
      throw new Refused('encoding', `column '${column}' holds text that is not UTF-8`, {
        column,
        accepts: 'UTF-8',
      });
    return;
  }
  if (DataType.isDictionary(type)) {
    const dictionary = data.dictionary;
    if (dictionary === undefined || values.length < length) throw short();
    for (let index = 0; index < length; index += 1) {
      const entry = Number(values[index]);
      if (!data.getValid(index)) continue;
      if (!(entry >= 0 && entry < dictionary.length)) throw short();
    }
    for (const part of dictionary.data) checkData(part as Data, column);
    return;
  }
  const stored = storedAs(type);
  if (stored === 'other') return;
  const room = stored === 'boolean' ? values.length * 8 : values.length / (data.stride || 1);
  if (room < length) throw short();
}

function decimalText(words: Uint32Array, bits: number, scale: number): string {
  let value = 0n;
  for (let index = words.length - 1; index >= 0; index -= 1)
    value = (value << 32n) | BigInt(words[index] ?? 0);
  value = BigInt.asIntN(bits, value);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  if (scale <= 0) return `${sign}${digits}${digits === '0' ? '' : '0'.repeat(-scale)}`;
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** @returns converts one value of the type; null stays null */
export function textOf(type: DataType, wanted: WantedKind): (value: unknown) => string {
  if (DataType.isDictionary(type)) return textOf(type.dictionary as DataType, wanted);
  if (DataType.isFloat(type)) {
    const limits =
      type.precision === Precision.DOUBLE
        ? undefined
        : { whole: SINGLE_LIMIT, fraction: SINGLE_MONEY_LIMIT };
    // 0.1 in 32 bits is 0.10000000149 in 64: take the shortest text that gives the same 32 bits.
    return limits === undefined
      ? (value) => numberText(value as number, wanted)
      : (value) => numberText(shortestSingle(value as number), wanted, limits);
  }
  if (DataType.isDecimal(type)) {
    const { bitWidth, scale } = type;
    return (value) => decimalText(value as Uint32Array, bitWidth, scale);
  }
  if (DataType.isDate(type)) return (value) => dateText(Number(value), wanted);
  if (DataType.isTimestamp(type)) {
    const zoned = type.timezone !== null && type.timezone !== undefined && type.timezone !== '';
    return (value) => dateText(zoned ? localTime(Number(value)) : Number(value), wanted);
  }
  return String;
}

function shortestSingle(value: number): number {
  for (let digits = 6; digits <= 9; digits += 1) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return value;
}
