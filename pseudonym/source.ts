/** What is read, by name and first bytes, and what its result is called. */
import { basename } from 'node:path';
import { headOf } from '../files/head.ts';

/** A packed archive, and the container of old workbooks and of those with a password. */
const MAGIC = ['504b0304', 'd0cf11e0'];

/** Also under another name: read as text, a workbook would only look damaged. */
export const isWorkbook = (path: string): boolean =>
  /\.xlsx$/i.test(path) || MAGIC.includes(headOf(path, 4).toString('hex'));

/** @returns the result's file name: the source's, as CSV */
export const resultName = (source: string): string =>
  isWorkbook(source)
    ? `${basename(source).replace(/\.(xlsx|xlsm|xls|csv)$/i, '')}.csv`
    : basename(source);
