/** A home with open leads in all its townships, and clerks with tokens, for `doudi serve`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shanghaiMonth, systemClock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import { divisionsOf } from '../../core/region.ts';
import { addAccount, giveToken } from '../../store/accounts/accounts.ts';
import { openSecrets } from '../../store/accounts/secrets.ts';
import { textList } from '../../store/sql.ts';
import { openStore } from '../../store/store.ts';

const PROVINCE = '520000';

export interface Clerk {
  readonly name: string;
  readonly township: string;
  readonly token: string;
}

/** @returns clerks, one per township, spread over all counties */
export async function prepare(folder: string, leads: number, clerks: number): Promise<Clerk[]> {
  writeFileSync(join(folder, 'doudi.yaml'), `province: "${PROVINCE}"\n`);
  const divisions = divisionsOf(PROVINCE);
  const store = await openStore(openHome(folder), systemClock);
  try {
    const townships = divisions.townshipCodes;
    const month = shanghaiMonth(systemClock);
    const done = { month, fingerprint: 'bench', rows: leads, counts: {}, detail: [] };
    await store.sql.run(`CREATE TEMP TABLE planted AS
      SELECT 'L' || lpad(lower(to_hex(n)), 24, '0') AS lead_id, 'need' AS direction, (lpad(to_hex(n), 32, '0'))::UUID AS household_id,
        NULL::UUID AS person_id, list_extract(${textList(townships)}, 1 + n % ${townships.length}) AS township, '${month}' AS opened_month,
        1 + n % 4 AS priority FROM range(${leads}) t(n);
      ALTER TABLE planted ADD COLUMN county VARCHAR; UPDATE planted SET county = left(township, 6)`);
    await store.commit('step.done', {
      ...done,
      step: 'openLeads',
      files: {
        lead: await store.decide(
          'SELECT lead_id, direction, household_id, person_id, county, township, opened_month FROM planted',
        ),
        lead_event: await store.decide(
          `SELECT lead_id, opened_month AS month, 'ILL-01' AS rule, NULL::UUID AS person_id, priority::INTEGER AS priority,
             NULL::DECIMAL(18,2) AS measure, 'attached' AS action FROM planted`,
        ),
      },
    });
    await store.commit('step.done', {
      ...done,
      step: 'pushLeads',
      files: {
        lead_dispatch: await store.decide(
          'SELECT lead_id, county, opened_month AS month FROM planted',
        ),
      },
    });
    const arrived = await store.sql.rows<{ county: string; leads: string[] }>(
      'SELECT county, list(lead_id) AS leads FROM planted GROUP BY county',
    );
    await store.commit('leads.delivered', {
      groups: arrived.map(({ county, leads: own }) => ({
        county,
        channel: 'inbox',
        outcome: 'done',
        code: '',
        leads: own,
      })),
    });
    const deployment = { store, divisions, secrets: openSecrets(store.home) };
    const every = Math.max(1, Math.floor(townships.length / clerks));
    const made: Clerk[] = [];
    // The second visitor, one per county.
    for (const { code } of divisions.counties)
      await addAccount(deployment, {
        name: `second-${code}`,
        role: 'county_supervisor',
        region: code,
        expires: null,
        by: 'bench',
      });
    for (let n = 0; n < clerks; n += 1) {
      const township = townships[(n * every) % townships.length] ?? '';
      const name = `officer-${township}-${n}`;
      await addAccount(deployment, {
        name,
        role: 'township_officer',
        region: township,
        expires: null,
        by: 'bench',
      });
      made.push({ name, township, token: await giveToken(deployment, name, 'bench', null) });
    }
    return made;
  } finally {
    await store.close();
  }
}
