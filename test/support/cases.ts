/** Cases without a run before them: leads put into a home, people of all offices, a clock that can be set. */
import type { Actor, Role } from '../../core/account.ts';
import { shanghaiDate } from '../../core/clock.ts';
import { parseMonth } from '../../core/month.ts';
import { openHome } from '../../core/home.ts';
import { openStore, type Store } from '../../store/store.ts';
import { literal } from '../../store/sql.ts';
import { CaseLedger, type ActResult } from '../../cases/book.ts';
import { FORMS, type Action } from '../../cases/tables.ts';
import { noticesOf } from '../../cases/notices.ts';
import { withHome } from './doudi.ts';
import { MovedClock } from './moved-clock.ts';
import { officeOf } from './office.ts';

export const digest = (n: number): string => n.toString(16).padStart(64, '0');

/** One person of each office of a county and its township; numbers tell people of one office apart. */
export function person(role: Role, region: string, n = 1): Actor {
  return { name: `${role.replaceAll('_', '-')}-${region}-${n}`, role, region };
}

export interface Planted {
  readonly lead_id: string;
  readonly direction: 'need' | 'exit' | 'correction';
  readonly county: string;
  readonly township: string;
  readonly rules: readonly string[];
}

/** An id in the form of a lead's. */
export const leadId = (n: number): string => `L${n.toString(16).padStart(24, '0')}`;

/** Puts leads into the ledger the way that openLeads and pushLeads do. */
export async function plant(
  store: Store,
  leads: readonly Planted[],
  month = '2025-10',
): Promise<void> {
  const home = (lead: Planted): string => lead.lead_id.slice(1).padStart(32, '0');
  const rows = leads.map(
    (lead) =>
      `(${[lead.lead_id, lead.direction].map(literal).join(', ')}, ${literal(home(lead))}::UUID, NULL::UUID, ${[lead.county, lead.township, month].map(literal).join(', ')})`,
  );
  const events = leads.flatMap((lead) =>
    lead.rules.map(
      (rule) =>
        `(${[lead.lead_id, month, rule].map(literal).join(', ')}, NULL::UUID, 2, NULL::DECIMAL(18,2), 'attached')`,
    ),
  );
  const dispatch = leads.map(
    (lead) => `(${[lead.lead_id, lead.county, month].map(literal).join(', ')})`,
  );
  const file = (columns: string, values: readonly string[]): Promise<string> =>
    store.decide(`SELECT * FROM (VALUES ${values.join(', ')}) v(${columns})`);
  const done = {
    month: parseMonth(month),
    fingerprint: 'planted',
    rows: leads.length,
    counts: {},
    detail: [],
  };
  await store.commit('step.done', {
    ...done,
    step: 'openLeads',
    files: {
      lead: await file(
        'lead_id, direction, household_id, person_id, county, township, opened_month',
        rows,
      ),
      lead_event: await file('lead_id, month, rule, person_id, priority, measure, action', events),
    },
  });
  await store.commit('step.done', {
    ...done,
    step: 'pushLeads',
    files: { lead_dispatch: await file('lead_id, county, month', dispatch) },
  });
}

/** What an action's form says when a test does not care. */
export function formOf(
  action: Action,
  day: string,
  people: readonly Actor[],
  more: object = {},
): unknown {
  const investigators = people.map(({ name }, n) => ({ account: name, signature: digest(n + 1) }));
  const word = '情况属实';
  const forms: Partial<Record<Action, object>> = {
    visit: {
      on: day,
      investigators,
      respondent: { who: 'self', agrees: true, signature: digest(9) },
      household_size: 3,
      residence: 'rural',
      incomes: {
        wage: [{ item: '务工', amount: '8000.00' }],
        business: [],
        property: [],
        transfer: [{ item: '养老金', amount: '1500' }],
      },
      support: null,
      rigid_expenditure: '12000',
      assets: 'within',
      labour: 'partial',
      hardship: 'illness',
      findings: word,
      photos: [digest(10)],
      relative_of_staff: false,
    },
    attempt: { on: day, why: 'nobody_home', findings: word },
    register: {
      post: '村委会主任',
      relation: '兄弟',
      guarantor: 'guarantor-1',
      pledge: digest(11),
    },
    county_check: { number: 'HC-2025-0001', findings: word, sound: true },
    accept: {
      on: day,
      applicant: 'household',
      applied_for: 'rural_dibao',
      place: 'registered',
      authorisations: [digest(12)],
    },
    means_check: { report: 'HD-2025-0001', result: 'consistent' },
    extend: { reason: 'objection', findings: word },
    post: { on: day, photos: [digest(13)] },
    object: { on: day, by: 'resident', content: '反映有其他收入' },
    reinvestigate: { on: day, investigators, true: false, findings: word, photos: [digest(14)] },
    appraise: { on: day, present: 9, agree: 8, against: 1, minutes: digest(15), findings: word },
    conference: {
      on: day,
      bureaus: ['民政局', '医保局'],
      minutes: digest(16),
      decision: word,
    },
    inform: { on: day, receipt: digest(17) },
    rebut: { on: day, content: '工作已经停止' },
    sign: { signature: digest(18) },
    file: { number: 'BA-2025-0001' },
    send_back: { to: 'review', reason: word },
    notify: { received: day, receipt: digest(19), explanation: word },
    appeal: { on: day, content: '请求复查' },
    announce: { on: day, photos: [digest(20)] },
    dismiss: { code: 'moved', reason: word },
    overrule: { reason: word },
    release: { reason: word },
    aid_first: { amount: '800', reason: word },
    paperwork: { number: 'LS-2025-0001', papers: [digest(21)] },
    hand_off: { county: '520103', township: null, reason: word },
    decline_hand_off: { reason: word },
    spot_check: { on: day, consistent: true, findings: word },
    undo: { reason: word },
  };
  return FORMS[action].parse({ ...(forms[action] ?? {}), ...more });
}

export interface ClerksAtWork {
  readonly store: Store;
  readonly book: CaseLedger;
  readonly clock: MovedClock;
  /** Acts with the version that stands and a key of its own. */
  readonly act: (
    lead: string,
    actor: Actor,
    action: Action,
    more?: object,
    people?: readonly Actor[],
  ) => Promise<ActResult>;
}

/** A home of a province with its book of cases. */
export function withClerks<T>(
  province: string,
  day: string,
  work: (desk: ClerksAtWork) => Promise<T>,
): Promise<T> {
  return withHome(async (home) => {
    const clock = new MovedClock(day);
    const store = await openStore(openHome(home), clock);
    let keys = 0;
    try {
      const book = new CaseLedger(store, noticesOf(await officeOf(home), null));
      return await work({
        store,
        book,
        clock,
        async act(lead, actor, action, more = {}, people = [actor]) {
          keys += 1;
          const today = shanghaiDate(clock);
          const [row] = await store.sql.rows<{ version: number }>(
            `SELECT coalesce(max(version), 0)::INTEGER AS version FROM case_act WHERE lead_id = ${literal(lead)}`,
          );
          const { result } = await book.act({
            lead_id: lead,
            action,
            form: formOf(action, today, people, more) as never,
            version: row?.version ?? 0,
            key: `test-key-${keys}`,
            actor,
          });
          return result;
        },
      });
    } finally {
      await store.close();
    }
  }, `province: "${province}"\n`);
}
