/** A few cases of a generated home, so that every panel about cases has something to show. */
import type { Clock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import { openStore } from '../../store/store.ts';
import type { Actor } from '../../core/account.ts';
import { CaseLedger } from '../../cases/book.ts';
import type { Action } from '../../cases/tables.ts';
import { noticesOf } from '../../cases/notices.ts';
import { remindCounty } from '../../cases/remind.ts';
import { formOf, person } from './cases.ts';
import { officeOf } from './office.ts';

const reason = '如表';
const NONE = { finding: 'none', code: 'income_above', clause: '二（一）一', reason };
const AID = { finding: 'temporary_aid', amount_month: '500', reason };

/**
 * The first lead is decided with a divergence and checked; the second is visited, on a day that makes its identification
 * fall due.
 */
export async function moveCases(home: string, clock: Clock, day: string): Promise<void> {
  const store = await openStore(openHome(home), clock);
  try {
    const deployment = await officeOf(home);
    const book = new CaseLedger(store, noticesOf(deployment, null));
    // One rule on the card: no joint conference is asked for.
    const [first, second] = await store.sql.rows<{
      lead_id: string;
      county: string;
      township: string;
    }>(`SELECT lead_id, county, township FROM lead ANTI JOIN lead_outcome USING (lead_id)
      WHERE direction = 'need' AND township IS NOT NULL
        AND lead_id IN (SELECT lead_id FROM lead_event GROUP BY lead_id HAVING count(DISTINCT rule) = 1)
      ORDER BY county, lead_id LIMIT 2`);
    if (first === undefined || second === undefined) throw new Error('no leads');
    const versions = new Map<string, number>();
    const act = async (
      lead: string,
      actor: Actor,
      action: Action,
      more: object = {},
      people: readonly Actor[] = [actor],
    ): Promise<void> => {
      const version = versions.get(lead) ?? 0;
      const form = formOf(action, day, people, more) as never;
      const key = `figure-key-${lead}-${version}`;
      await book.act({ lead_id: lead, action, form, version, key, actor });
      versions.set(lead, version + 1);
    };
    for (const { lead_id, township } of [first, second]) {
      const [officer, colleague] = [1, 2].map((n) => person('township_officer', township, n));
      if (officer === undefined || colleague === undefined) throw new Error('no officers');
      await act(lead_id, officer, 'take');
      const on = lead_id === first.lead_id ? day : '2025-10-28';
      await act(lead_id, officer, 'visit', { on }, [officer, colleague]);
    }
    const { lead_id, county, township } = first;
    const [civil, rural, supervisor] = (
      ['county_civil_affairs', 'county_rural_revitalization', 'county_supervisor'] as const
    ).map((role) => person(role, county));
    if (civil === undefined || rural === undefined || supervisor === undefined)
      throw new Error('no bureaus');
    await act(lead_id, person('township_leader', township), 'review', { civil: AID, rural: NONE });
    await act(lead_id, civil, 'confirm', AID);
    await act(lead_id, rural, 'confirm', NONE);
    await act(lead_id, supervisor, 'spot_check');
    await remindCounty(store, deployment, second.county);
  } finally {
    await store.close();
  }
}
