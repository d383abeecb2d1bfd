/** Recognises the source's format by name and first bytes, and names the result. */
import { basename } from 'node:path';
import { headOf } from '../files/head.ts';

/** Signatures of ZIP, and of the container of old and of password-protected workbooks. */
const MAGIC = ['504b0304', 'd0cf11e0'];

/** Checked under any name: read as text, a workbook would only look damaged. */
export const isWorkbook = (path: string): boolean =>
  /\.xlsx$/i.test(path) || MAGIC.includes(headOf(path, 4).toString('hex'));

/** @returns the result's file name: the source's, as CSV */
export const resultName = (source: string): string =>
  isWorkbook(source)
    ? `${basename(source).replace(/\.(xlsx|xlsm|xls|csv)$/i, '')}.csv`
    : basename(source);
