/** The subject `case`: what is due on cases on a day. Items name the lead, never a person. */
import { readFileSync } from 'node:fs';
import { literal } from '../../store/sql.ts';
import { localityAt } from '../../warnings/calculators/locality.ts';
import { workingDaysAfter } from '../../warnings/calculators/working-days.ts';
import { fill, type WorkQuestion } from './asked.ts';

const SQL = readFileSync(new URL('cases.sql', import.meta.url), 'utf8');

/** Fills `work_case`. Days are computed once per county and day of acceptance, however many cases there are. */
export async function fillCases({ store, deployment, on }: WorkQuestion): Promise<void> {
  const accepted = await store.sql.rows<{ county: string; since: string }>(`
    SELECT DISTINCT county, since FROM (
      SELECT county, day, unnest(from_json(running, '[{"clock":"VARCHAR","since":"VARCHAR"}]'), recursive := true) FROM case_act
    ) WHERE clock = 'confirmation' AND day <= ${literal(on)}`);
  const days = new Map(
    [...new Set(accepted.map(({ since }) => since))].map((since) => [
      since,
      workingDaysAfter(since, on),
    ]),
  );
  const rows = accepted.map(({ county, since }) => {
    const here = localityAt(deployment.rules.parameters, deployment.divisions, county, since);
    const township = here.text('confirmation-level')?.value === 'township';
    return [literal(county), literal(since), String(days.get(since) ?? 0), String(township)];
  });
  await fill(
    store,
    'work_acceptance',
    'county VARCHAR, since VARCHAR, working_days INTEGER, township_confirms BOOLEAN',
    rows,
  );
  await store.sql.run(SQL);
}
