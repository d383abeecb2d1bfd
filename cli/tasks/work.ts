import { shanghaiDate } from '../../core/clock.ts';
import { usageError } from '../../core/errors.ts';
import { isDay } from '../../core/month.ts';
import { literal } from '../../store/sql.ts';
import { alarmsOf } from '../../warnings/alarms.ts';
import { findWork } from '../../exchange/work-items/evaluate.ts';
import { text, type Invocation } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome } from '../open.ts';
import { requireMonth } from '../require.ts';

const COLUMNS = ['month', 'rule', 'county', 'subject', 'since', 'evidence'] as const;

/** @throws MonitorError `usage` if `--on` is not a day */
function dayOf(invocation: Invocation): string {
  const day = text(invocation, 'on') ?? shanghaiDate(invocation.clock);
  if (!isDay(day)) throw usageError(`'${day}' is not a day`, 'e.g. --on 2026-11-21');
  return day;
}

export async function run(invocation: Invocation): Promise<void> {
  const month = requireMonth(invocation);
  const on = dayOf(invocation);
  const county = text(invocation, 'county');
  await withHome(
    invocation,
    async ({ store, deployment, divisions }) => {
      if (county !== undefined && divisions.find(county) === undefined)
        throw usageError(`'${county}' is no county of ${divisions.province.name}`);
      const here = ({ county: at }: { county: string }): boolean =>
        county === undefined || at === county;
      const parts = await deployment();
      const alarms = await alarmsOf({ store, divisions, rules: parts.rules, month });
      const asked = { store, deployment: parts, month, on, alarms };
      const open = (await findWork(asked)).filter(here);
      const select = `SELECT ${literal(month)} AS month, rule, county, subject, since::VARCHAR AS since, evidence FROM work_found
        ${county === undefined ? '' : `WHERE county = ${literal(county)}`} ORDER BY rule, county, subject`;
      if (invocation.json) {
        const items = await store.sql.rows<{ evidence: string }>(select);
        const read = items.map((item) => ({
          ...item,
          evidence: JSON.parse(item.evidence) as unknown,
        }));
        return invocation.out(
          `${JSON.stringify({ month, on, items: read, not_evaluated: open }, null, 2)}\n`,
        );
      }
      await writeCsv(invocation, COLUMNS, store.sql.stream(select));
      const counted = new Map<string, number>();
      for (const { rule, missing } of open) {
        const gap = `${rule} is not evaluated: ${missing} is missing`;
        counted.set(gap, (counted.get(gap) ?? 0) + 1);
      }
      for (const [gap, counties] of counted) invocation.tell(`${gap} (${counties} counties)\n`);
    },
    { long: true, reads: { route: 'doudi work', place: county } },
  );
}
