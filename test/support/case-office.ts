/** A served home whose people work on cases over the interface, each with an account and a token of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Serving } from '../../cli/serve/start.ts';
import type { Actor, Role } from '../../core/account.ts';
import { shanghaiDate } from '../../core/clock.ts';
import { addAccount, giveToken } from '../../store/accounts/accounts.ts';
import type { Store } from '../../store/store.ts';
import type { Action } from '../../cases/tables.ts';
import type { Stage } from '../../cases/stages.ts';
import { declaredRoutes } from '../../web/declared.ts';
import { formOf, person, plant, type Planted } from './cases.ts';
import { withFewCounties } from './few-counties.ts';
import { serveHere } from './in-process.ts';
import { MovedClock } from './moved-clock.ts';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly stage?: Stage;
    readonly version?: number | null;
    readonly code?: string;
    readonly gate?: string | null;
  };
}

/** One case as a test works on it. */
export interface WorkedCase {
  /** Does it, and says where the case stands then. @throws when it is refused */
  done(actor: Actor, action: Action, more?: object, people?: readonly Actor[]): Promise<Stage>;
  /** Tries it, and says which gate is shut, or the code of the refusal. @throws when it is done */
  refused(actor: Actor, action: Action, more?: object, people?: readonly Actor[]): Promise<string>;
}

export interface CaseOffice {
  readonly serving: Serving;
  readonly store: Store;
  readonly clock: MovedClock;
  readonly address: string;
  /** An account of a role and region; the n-th of the same kind is another person. */
  hire(role: Role, region: string, n?: number): Promise<Actor>;
  tokenOf(actor: Actor): string;
  ask(actor: Actor, method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  plant(leads: readonly Planted[]): Promise<void>;
  work(lead: string): WorkedCase;
  close(): Promise<void>;
}

/**
 * Holds every answer that a test gets to the shape that its route declares, in whatever stage the case is then: a column
 * that is not declared must not leave the server.
 * @throws with the places, never the values
 */
async function shapes(): Promise<(method: string, path: string, body: unknown) => void> {
  const routes = await declaredRoutes();
  return (method, path, body) => {
    const [plain = ''] = path.split('?');
    const route = routes.find(
      (one) =>
        one.method === method &&
        new RegExp(`^${one.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(plain),
    );
    if (route === undefined) throw new Error(`${method} ${plain} is not declared`);
    const wrong = route.answer.safeParse(body).error;
    if (wrong === undefined) return;
    const places = wrong.issues.map(({ code, path: at }) => `${at.join('.')}: ${code}`);
    throw new Error(`${method} ${route.path} is not of the declared shape: ${places.join(', ')}`);
  };
}

/**
 * The province has a few of its counties (few-counties.ts).
 * @param config further lines of doudi.yaml
 */
export async function openCaseOffice(
  province: string,
  day: string,
  config = '',
): Promise<CaseOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-'));
  writeFileSync(join(folder, 'doudi.yaml'), `province: "${province}"\n${config}`);
  withFewCounties(folder);
  const clock = new MovedClock(day);
  const { serving, accounts } = await serveHere(folder, clock);
  const checkShape = await shapes();
  const { store } = serving.held;
  const tokens = new Map<string, string>();
  const versions = new Map<string, number>();
  let keys = 0;

  const tokenOf = ({ name }: Actor): string => tokens.get(name) ?? '';
  const ask: CaseOffice['ask'] = async (actor, method, path, body, key) => {
    keys += 1;
    const answer = await fetch(`${serving.address}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokenOf(actor)}`,
        ...(method === 'GET'
          ? {}
          : {
              'content-type': 'application/json',
              'idempotency-key': key ?? `key-of-test-${keys}`,
            }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = (await answer.json()) as Answer['body'];
    if (answer.status === 200) checkShape(method, path, told);
    return { status: answer.status, body: told };
  };
  const act = async (
    lead: string,
    actor: Actor,
    action: Action,
    more: object,
    people: readonly Actor[],
  ): Promise<Answer> => {
    const form = formOf(action, shanghaiDate(clock), people, more);
    const version = versions.get(lead) ?? 0;
    const answer = await ask(actor, 'POST', `/cases/${lead}/acts`, { action, version, form });
    if (answer.status === 200) versions.set(lead, answer.body.version ?? 0);
    return answer;
  };
  return {
    serving,
    store,
    clock,
    address: serving.address,
    async hire(role, region, n = 1) {
      const actor = person(role, region, n);
      if (!tokens.has(actor.name)) {
        await addAccount(accounts, { ...actor, expires: null, by: 'test' });
        tokens.set(actor.name, await giveToken(accounts, actor.name, 'test', null));
      }
      return actor;
    },
    tokenOf,
    ask,
    async plant(leads) {
      await plant(store, leads);
      await store.commit('leads.delivered', {
        groups: [...new Set(leads.map(({ county }) => county))].map((county) => ({
          county,
          channel: 'inbox',
          outcome: 'done',
          code: '',
          leads: leads.filter((lead) => lead.county === county).map(({ lead_id }) => lead_id),
        })),
      });
    },
    work: (lead) => ({
      async done(actor, action, more = {}, people = [actor]) {
        const { status, body } = await act(lead, actor, action, more, people);
        if (status !== 200 || body.stage === undefined)
          throw new Error(`${action}: ${status} ${JSON.stringify(body)}`);
        return body.stage;
      },
      async refused(actor, action, more = {}, people = [actor]) {
        const { status, body } = await act(lead, actor, action, more, people);
        if (status === 200) throw new Error(`${action} was done`);
        return body.gate ?? body.code ?? String(status);
      },
    }),
    async close() {
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everybody whom a county and one of its townships need, and a stranger of the township beside. */
export interface Staff {
  readonly assistant: Actor;
  readonly officers: readonly [Actor, Actor, Actor, Actor];
  readonly leader: Actor;
  readonly head: Actor;
  readonly civil: Actor;
  readonly rural: Actor;
  readonly supervisor: Actor;
  readonly neighbour: Actor;
}

export async function staffOf(
  { hire }: Pick<CaseOffice, 'hire'>,
  township: string,
  neighbour: string,
): Promise<Staff> {
  const county = township.slice(0, 6);
  return {
    assistant: await hire('village_assistant', township),
    officers: [
      await hire('township_officer', township, 1),
      await hire('township_officer', township, 2),
      await hire('township_officer', township, 3),
      await hire('township_officer', township, 4),
    ],
    leader: await hire('township_leader', township),
    head: await hire('township_head', township),
    civil: await hire('county_civil_affairs', county),
    rural: await hire('county_rural_revitalization', county),
    supervisor: await hire('county_supervisor', county),
    neighbour: await hire('township_officer', neighbour, 9),
  };
}
