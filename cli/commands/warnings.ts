import { asOf } from '../as-of.ts';
import type { Command } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome, type OpenedHome } from '../open.ts';
import { AS_OF, MONTH } from '../options.ts';
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
  options: [MONTH, AS_OF],
  async run(invocation) {
    const month = requireMonth(invocation);
    const { hexOf, literal } = await import('../../store/sql.ts');
    const warnings = async ({ store }: OpenedHome): Promise<void> => {
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
