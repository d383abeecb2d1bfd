/** The profile of a past month, with every field that the rules use. */
import { existsSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';
import { workFile } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { parquet } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { mentionsOfRule } from '../check.ts';
import type { PeopleRule, Rule } from '../schema.ts';

async function columnsFor(
  { sql, home }: Store,
  month: Month,
  subject: PeopleRule['subject'],
  rules: readonly Rule[],
): Promise<Set<string>> {
  const fix = `doudi run --month ${month}`;
  const file = workFile(home, month, subject);
  if (!existsSync(file))
    throw new MonitorError('not-run', `${month} has not been run in this home`, { fix });
  const columns = await sql.rows<{ column_name: string }>(
    `DESCRIBE SELECT * FROM ${parquet(file)}`,
  );
  const there = new Set(columns.map(({ column_name }) => column_name));
  const lacking = rules
    .flatMap((rule) => mentionsOfRule(rule).fields)
    .filter((name) => !there.has(name));
  if (lacking.length > 0)
    throw new MonitorError('not-run', `${month} was run before there was ${lacking.join(', ')}`, {
      fix,
    });
  return there;
}

/**
 * @returns the columns of each subject's profile
 * @throws MonitorError `not-run` when the month was not run here, or was run before a field of the rules existed
 */
export async function requireProfile(
  store: Store,
  month: Month,
  rules: readonly Rule[],
): Promise<Readonly<Record<PeopleRule['subject'], ReadonlySet<string>>>> {
  const of = (subject: PeopleRule['subject']): Promise<Set<string>> =>
    columnsFor(
      store,
      month,
      subject,
      rules.filter((rule) => rule.subject === subject),
    );
  return { person: await of('person'), household: await of('household') };
}
