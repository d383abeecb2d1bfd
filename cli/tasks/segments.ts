import { usageError } from '../../core/errors.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import {
  countSegments,
  LEDGER,
  streamLedger,
  writeLedger,
  type LedgerScope,
} from '../../warnings/segment-ledger.ts';
import type { RuleBook } from '../../warnings/rule-book.ts';
import { asOf } from '../as-of.ts';
import { path, text, type Invocation } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome, type OpenedHome } from '../open.ts';
import { requireMonth } from '../require.ts';

const COLUMNS = [
  'month',
  'segment',
  'title',
  'county',
  'households',
  'members',
  'covered',
  'reasoned',
  'apparent',
  'unchecked',
  'missing',
] as const;

/** @throws MonitorError `usage` for an unknown segment or county */
function placeOf(
  invocation: Invocation,
  { segments }: RuleBook,
  { divisions }: OpenedHome,
): LedgerScope & { readonly title: string } {
  const segment = text(invocation, 'segment') ?? null;
  const county = text(invocation, 'county') ?? null;
  const found = segments.find(({ id }) => id === segment);
  if (segment !== null && found === undefined)
    throw usageError(
      `there is no segment '${segment}'`,
      `one of ${segments.map(({ id }) => id).join(', ')}`,
    );
  if (county !== null && divisions.find(county)?.level !== 'county')
    throw usageError(`'${county}' is no county of ${divisions.province.name}`);
  return { month: requireMonth(invocation), segment, county, title: found?.title ?? '' };
}

async function writeOut(invocation: Invocation, opened: OpenedHome): Promise<void> {
  const book = await openRuleBook(opened.config);
  const { title, ...place } = placeOf(invocation, book, opened);
  const pages = streamLedger(opened.store.sql, book, place);
  const file = path(invocation, 'xlsx');
  if (file === undefined)
    return writeCsv(
      invocation,
      LEDGER.map(([name]) => name),
      pages,
    );
  await writeLedger(file, `${place.month} · ${title}`, pages);
  await invocation.out(`${file}\n`);
}

async function counts(invocation: Invocation, opened: OpenedHome): Promise<void> {
  const book = await openRuleBook(opened.config);
  const rows = await countSegments(opened.store.sql, book, placeOf(invocation, book, opened));
  if (invocation.json) return invocation.out(`${JSON.stringify(rows, null, 2)}\n`);
  await writeCsv(invocation, COLUMNS, [rows]);
}

export const show = (invocation: Invocation): Promise<void> =>
  withHome(invocation, (opened) => counts(invocation, opened), { asOf: asOf(invocation) });

export const ledger = (invocation: Invocation): Promise<void> =>
  withHome(invocation, (opened) => writeOut(invocation, opened), {
    asOf: asOf(invocation),
    reads: { route: 'doudi segments ledger', place: text(invocation, 'county') },
  });
