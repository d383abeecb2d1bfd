import { hexOf, literal } from '../../core/store/sql.ts';
import { AS_OF, asOf } from '../as-of.ts';
import type { Command } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome, type Opened } from '../open.ts';
import { requireMonth } from '../require.ts';

const COLUMNS = [
  'month',
  'rule',
  'subject',
  'person_id',
  'household_id',
  'county',
  'evidence',
] as const;

export default {
  name: 'warnings',
  summary: 'the warnings of a month as CSV',
  usage: 'doudi warnings --month YYYY-MM [--as-of DATE]',
  options: { month: { type: 'string' }, ...AS_OF },
  async run(invocation) {
    const month = requireMonth(invocation);
    const warnings = async ({ store }: Opened): Promise<void> => {
      const rows = `SELECT month, rule, subject, ${hexOf('person_id')} AS person_id,
        ${hexOf('household_id')} AS household_id, county, evidence FROM warning
        WHERE month = ${literal(month)} ORDER BY rule, county, warning.household_id, warning.person_id`;
      await writeCsv(invocation, COLUMNS, store.sql.stream(rows));
    };
    await withHome(invocation, warnings, {
      asOf: asOf(invocation),
      reads: { route: 'doudi warnings' },
    });
  },
} satisfies Command;
