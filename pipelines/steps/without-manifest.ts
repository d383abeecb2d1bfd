/** An extract without sign-off, by a manifest or by naming the inbox: it is taken if it looks complete. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundDelivery } from '../../files/extract/folder.ts';
import { openLookBook, rowsPlausible, type SeenFiles } from '../../transport/stable.ts';
import { addMonths } from '../../core/month.ts';
import type { RowReason } from '../../store/records.ts';
import { literal } from '../../store/sql.ts';
import type { RunContext } from '../context.ts';

const OTHERWISE = 'a manifest beside it, or `doudi run --inbox` by somebody who has looked at it';

export const waitsFor = (code: string, message: string): RowReason => ({
  code,
  line: 0,
  column: '',
  message,
  accepts: OTHERWISE,
});

/** Derived: if lost, every file is examined again. */
const bookOf = ({ store }: Pick<RunContext, 'store'>): SeenFiles =>
  openLookBook(join(store.home.work, 'looks.json'));

async function lastMonthRows(
  { store }: Pick<RunContext, 'store'>,
  { agency, dataset, month }: FoundDelivery,
): Promise<number | null> {
  const before = month === null ? '' : addMonths(month, -1);
  const [row] = await store.sql.rows<{ n: number | null }>(
    `SELECT row_count::INTEGER AS n FROM extract_standing
     WHERE agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(before)}`,
  );
  return row?.n ?? null;
}

/** @returns why the file has to wait, judging by its number of rows; null: it need not */
async function reasonByRows(
  context: Pick<RunContext, 'store' | 'config'>,
  delivery: FoundDelivery,
  rows: number,
): Promise<RowReason | null> {
  const last = await lastMonthRows(context, delivery);
  const { rowDrift } = context.config.limits;
  if (rowsPlausible(rows, last, rowDrift)) return null;
  return waitsFor(
    'row-drift',
    last === null
      ? 'there is no manifest, and no previous month to compare the rows with'
      : `there is no manifest, and ${rows} rows are not within ${Math.round(rowDrift * 100)} % of the ${last} of the month before`,
  );
}

/**
 * Checks a file before it is copied.
 * @returns why it has to wait; null: it has stopped changing
 */
export async function lookWithoutManifest(
  context: Pick<RunContext, 'store' | 'config'>,
  delivery: FoundDelivery,
): Promise<RowReason | null> {
  const { size, mtimeMs } = statSync(delivery.path);
  const now = context.store.clock.now();
  const { stable, rows } = bookOf(context).look(delivery.path, { size, mtimeMs }, now);
  if (!stable)
    return waitsFor('no-manifest', 'there is no manifest, and the file may still be changing');
  return rows === null ? null : reasonByRows(context, delivery, rows);
}

/**
 * Checks what was read from it.
 * @returns why it has to wait; null: take it
 */
export async function weighWithoutManifest(
  context: Pick<RunContext, 'store' | 'config'>,
  delivery: FoundDelivery,
  copied: number,
  rows: number,
): Promise<RowReason | null> {
  const { size, mtimeMs } = statSync(delivery.path);
  const book = bookOf(context);
  const { stable } = book.look(delivery.path, { size, mtimeMs }, context.store.clock.now());
  if (!stable || size !== copied)
    return waitsFor('changing', 'the file was replaced while it was read');
  book.noteRows(delivery.path, rows);
  return reasonByRows(context, delivery, rows);
}
