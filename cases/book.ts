/**
 * The only way a case moves. Acts by many people are decided one after another but written together: one fsync for
 * each of 200 clerks would keep the last one waiting for a second. No request is answered before its act is in the
 * journal and the ledger.
 */
import type { Actor } from '../core/account.ts';
import { shanghaiDate } from '../core/clock.ts';
import { canonicalJson, sha256 } from '../core/hash.ts';
import type { CaseAct } from '../store/records.ts';
import type { Sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { done, failed, GroupCommit } from '../store/group-commit.ts';
import { advance, divergence } from './advance.ts';
import { refusalOf } from './gates.ts';
import type { CaseLead } from './gates/gate.ts';
import { readActs, readAnswered, type KnownLead, type StoredAct } from './read.ts';
import { CaseRefused, changed, refused, unknownCase } from './refused.ts';
import { runningOn, type Running } from './running.ts';
import type { Stage } from './stages.ts';
import { newCase, type CaseState } from './state.ts';
import { actionOf, type Act, type Action, type Form, type Proposed } from './tables.ts';
import type { CaseTerms, NoticeDays } from './terms.ts';

/** What the notices say, provided by the caller. */
export interface Notices {
  terms(county: string, day: string): CaseTerms;
  days(county: string, day: string): NoticeDays;
  /** Whether an actor may see and work on a case. */
  covers(actor: Actor, place: string): boolean;
  /** What is known about the leads; unknown ids are left out. */
  leads(sql: Sql, ids: readonly string[]): Promise<readonly KnownLead[]>;
}

export interface ActRequest<A extends Action = Action> {
  readonly lead_id: string;
  readonly action: A;
  /** Already checked against the action's form. */
  readonly form: Form<A>;
  /** Number of actions the actor had seen. */
  readonly version: number;
  /** A repeated key marks a repeated request. */
  readonly key: string;
  readonly actor: Actor;
  readonly batch?: string | undefined;
}

/** The case after an act written just now; null: the request had already been answered. */
export interface CaseTransition {
  readonly lead_id: string;
  readonly version: number;
  readonly stage: Stage;
  readonly county: string;
  readonly township: string | null;
  readonly running: readonly Running[];
  readonly day: string;
}

export interface ActResult {
  readonly lead_id: string;
  readonly version: number;
  readonly stage: Stage;
  /** The request had already been answered; nothing was written. */
  readonly repeated: boolean;
}

interface Done {
  readonly result: ActResult;
  readonly moved: CaseTransition | null;
}

/** An answered request, kept so that a repeat gets the same answer. */
interface Answered {
  readonly body: string;
  readonly result: ActResult;
}

interface Held {
  readonly state: CaseState;
  readonly lead: CaseLead;
  readonly village: string | null;
  readonly acts: readonly StoredAct[];
  /** Keyed by account and request key. */
  readonly answered: ReadonlyMap<string, Answered>;
}

/** Maximum number of acts written as one decision. */
const BATCH = 500;
/** Number of cases cached in memory; others are read again. */
const KEPT = 20_000;

/** Place used to check access to a case: the township in charge, or the county if there is none. */
export function placeOf({ county, township }: Pick<CaseState, 'county' | 'township'>): string {
  return township ?? county;
}

function mayTouch(
  { state, village }: Pick<Held, 'state' | 'village'>,
  actor: Actor,
  action: Action | null,
  notices: Notices,
): boolean {
  const place = placeOf(state);
  if (notices.covers(actor, place)) return true;
  if (village?.startsWith(place) === true && notices.covers(actor, village)) return true;
  // A case being handed to another county may be taken or declined by that county before it can read the case.
  const { handOff } = state;
  if (handOff === null) return false;
  const theirs = action === null || actionOf(action).byReceivingCounty === true;
  return theirs && notices.covers(actor, handOff.county);
}

/** The journal form of an act. */
function written(act: Act, state: CaseState, key: string, body: string): CaseAct {
  const { outcome } = state;
  const { tracks, levels } = divergence(state);
  return {
    lead_id: act.lead_id,
    version: act.version,
    action: act.action,
    form: act.form,
    by: act.actor,
    day: act.day,
    key,
    body,
    batch: act.batch,
    fixed: { ...act.fixed },
    stage: state.stage,
    running: runningOn(state),
    county: state.county,
    township: state.township,
    outcome:
      outcome === null
        ? null
        : {
            kind: outcome.kind,
            civil: outcome.civil,
            rural: outcome.rural,
            code: outcome.code,
            clause: outcome.clause,
            reason: outcome.reason,
          },
    diverges: [...(tracks ? ['tracks'] : []), ...(levels ? ['levels'] : [])],
  };
}

export class CaseLedger {
  private readonly together = new GroupCommit<ActRequest, Done>(BATCH, (batch) =>
    this.write(batch),
  );
  private readonly held = new Map<string, Held>();
  /** Counts calls to `forget`: anything read before such a call must not be cached after it. */
  private forgotten = 0;
  private readonly store: Store;
  private readonly notices: Notices;

  constructor(store: Store, notices: Notices) {
    this.store = store;
    this.notices = notices;
  }

  /**
   * @returns once the act is in the journal and the ledger, or if it was there already
   * @throws CaseRefused
   */
  act(request: ActRequest): Promise<Done> {
    return this.together.add(request);
  }

  /**
   * The current case with its acts, for somebody who may see it.
   * @throws CaseRefused `case-unknown`
   */
  async look(
    actor: Actor,
    lead_id: string,
  ): Promise<{ state: CaseState; lead: CaseLead; acts: readonly StoredAct[] }> {
    const held = this.held.get(lead_id) ?? (await this.read(lead_id));
    if (held === undefined || !mayTouch(held, actor, null, this.notices)) throw unknownCase();
    const { state, lead, acts } = held;
    return { state, lead, acts };
  }

  /** Must not run alongside a decision, which would cache what it read earlier. */
  private async read(lead_id: string): Promise<Held | undefined> {
    const known = await this.together.between(() =>
      this.store.task(({ sql }) => this.load(sql, [lead_id])),
    );
    return known.get(lead_id);
  }

  /**
   * Rereads cached data of leads that changed elsewhere.
   * @param lead_id undefined: all leads, after a run
   */
  forget(lead_id?: string): void {
    this.forgotten += 1;
    if (lead_id === undefined) this.held.clear();
    else this.held.delete(lead_id);
  }

  /**
   * The current cases. They are cached unless `forget` was called meanwhile, or the ledger lacks a decision that
   * the journal has: an act that failed on a full disk is applied later, and its number is already taken.
   */
  private async load(sql: Sql, ids: readonly string[]): Promise<Map<string, Held>> {
    if (this.held.size > KEPT) this.held.clear();
    const found = new Map<string, Held>();
    for (const id of ids) {
      const held = this.held.get(id);
      if (held !== undefined) found.set(id, held);
    }
    const missing = [...new Set(ids)].filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    const { forgotten } = this;
    const acts = new Map<string, StoredAct[]>();
    for (const act of await readActs(sql, missing)) {
      const own = acts.get(act.lead_id) ?? [];
      own.push(act);
      acts.set(act.lead_id, own);
    }
    for (const known of await this.notices.leads(sql, missing)) {
      const own = acts.get(known.lead_id) ?? [];
      found.set(known.lead_id, {
        state: own.reduce<CaseState>(advance, newCase(known)),
        lead: leadOf(known),
        village: known.village,
        acts: own,
        answered: new Map(
          own.map(({ actor, key, body, lead_id, version, stage }) => [
            `${actor.name} ${key}`,
            { body, result: { lead_id, version, stage, repeated: true } },
          ]),
        ),
      });
    }
    if (forgotten === this.forgotten && !this.store.behind())
      for (const [id, held] of found) this.held.set(id, held);
    return found;
  }

  /**
   * What a request results in, given what was decided before it.
   * @param staged cases moved by earlier requests of the batch
   * @param found cases as they stood before the batch
   * @param apart leads answered without a case (`doudi leads close`)
   * @throws CaseRefused
   */
  private decide(
    { lead_id, action, form, version, key, actor, batch }: ActRequest,
    staged: Map<string, Held>,
    found: ReadonlyMap<string, Held>,
    apart: ReadonlySet<string>,
    at: string,
  ): Done & { readonly act: CaseAct | null } {
    const held = staged.get(lead_id) ?? found.get(lead_id);
    if (held === undefined || !mayTouch(held, actor, action, this.notices)) throw unknownCase();
    const { state, lead, village, acts, answered } = held;
    const name = `${actor.name} ${key}`;
    const body = sha256(canonicalJson({ lead_id, action, form, version }));
    const before = answered.get(name);
    if (before !== undefined) {
      if (before.body !== body)
        throw new CaseRefused(
          'key-reused',
          'this key was used for another request',
          '此请求编号已用于其他操作',
        );
      return { result: before.result, moved: null, act: null };
    }
    if (apart.has(lead_id))
      throw new CaseRefused(
        'case-stage',
        'the lead was answered without a case',
        '该线索已直接办结',
      );
    const day = shanghaiDate(this.store.clock);
    const proposed = { action, form, actor, day } as Proposed;
    const terms = this.notices.terms(state.county, day);
    // A latecomer is told first that somebody else acted, rather than what their own action lacked.
    if (version !== state.version) throw changed(state);
    const refusal = refusalOf(state, proposed, terms, lead);
    if (refusal !== null) throw refused(refusal, state);
    const act = {
      lead_id,
      version: version + 1,
      action,
      form,
      actor,
      day,
      at,
      batch: batch ?? null,
      fixed:
        actionOf(action).fix?.(state, proposed, terms, this.notices.days(state.county, day)) ?? {},
    } as Act;
    const next = advance(state, act);
    const result = { lead_id, version: next.version, stage: next.stage, repeated: false };
    staged.set(lead_id, {
      state: next,
      lead,
      village,
      acts: [...acts, { ...act, key, body, stage: next.stage }],
      answered: new Map([...answered, [name, { body, result: { ...result, repeated: true } }]]),
    });
    const { county, township } = next;
    const running = runningOn(next);
    const moved = {
      lead_id,
      version: next.version,
      stage: next.stage,
      county,
      township,
      running,
      day,
    };
    return { result, moved, act: written(act, next, key, body) };
  }

  private async write(
    batch: readonly ActRequest[],
  ): Promise<readonly PromiseSettledResult<Done>[]> {
    const ids = batch.map(({ lead_id }) => lead_id);
    try {
      return await this.store.alone(async ({ sql, commit }) => {
        const { forgotten } = this;
        const found = await this.load(sql, ids);
        const untouched = ids.filter((id) => found.get(id)?.state.version === 0);
        const apart = new Set(await readAnswered(sql, untouched));
        const staged = new Map<string, Held>();
        const acts: CaseAct[] = [];
        const at = this.store.clock.now().toISOString();
        const outcomes = batch.map((request) => {
          try {
            const { act, ...one } = this.decide(request, staged, found, apart, at);
            if (act !== null) acts.push(act);
            return done(one);
          } catch (error) {
            return failed(error);
          }
        });
        if (acts.length > 0) await commit('case.acted', { acts });
        for (const [id, held] of staged)
          if (forgotten === this.forgotten) this.held.set(id, held);
          else this.held.delete(id);
        return outcomes;
      });
    } catch (error) {
      // It is unknown how much was written: the ledger decides.
      for (const id of ids) this.held.delete(id);
      throw error;
    }
  }
}

function leadOf({ rules, complaint, opened_month }: KnownLead): CaseLead {
  return {
    rules,
    families: new Set(rules.map((rule) => rule.replace(/-[^-]*$/, ''))).size,
    complaint,
    opened: opened_month,
  };
}
