/**
 * The one way in which a case moves. Acts of many people are decided one after the other and written down together: an
 * fsync for each of 200 clerks would make the last one wait a second. Nobody is answered before theirs is in journal and
 * ledger.
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

/** What the notices say, looked up by whoever knows them. */
export interface Notices {
  terms(county: string, day: string): CaseTerms;
  days(county: string, day: string): NoticeDays;
  /** Whether a case is an actor's to see and work on. */
  covers(actor: Actor, place: string): boolean;
  /** What is known of leads; those that there are not are left out. */
  leads(sql: Sql, ids: readonly string[]): Promise<readonly KnownLead[]>;
}

export interface ActRequest<A extends Action = Action> {
  readonly lead_id: string;
  readonly action: A;
  /** Checked against its form before. */
  readonly form: Form<A>;
  /** Number of actions that the actor saw. */
  readonly version: number;
  /** The same key again is the same request again. */
  readonly key: string;
  readonly actor: Actor;
  readonly batch?: string | undefined;
}

/** Where a case went with an act that was written down just now; null: the request had been answered before. */
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
  /** The request had been answered before; nothing was written. */
  readonly repeated: boolean;
}

interface Done {
  readonly result: ActResult;
  readonly moved: CaseTransition | null;
}

/** A request that was answered: the same one again gets the same answer. */
interface Answered {
  readonly body: string;
  readonly result: ActResult;
}

interface Held {
  readonly state: CaseState;
  readonly lead: CaseLead;
  readonly village: string | null;
  readonly acts: readonly StoredAct[];
  /** By account and key. */
  readonly answered: ReadonlyMap<string, Answered>;
}

/** Acts written as one decision at most. */
const BATCH = 500;
/** Cases kept in memory; one that is not there is read again. */
const KEPT = 20_000;

/** Place that a case is looked for in: the township in charge, or the county while none is. */
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
  // A case on its way to another county is that county's to take or leave, before it is theirs to read.
  const { handOff } = state;
  if (handOff === null) return false;
  const theirs = action === null || actionOf(action).byReceivingCounty === true;
  return theirs && notices.covers(actor, handOff.county);
}

/** How an act stands in the journal. */
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
  /** Counts the calls of `forget`: what was read before one is not remembered after it. */
  private forgotten = 0;
  private readonly store: Store;
  private readonly notices: Notices;

  constructor(store: Store, notices: Notices) {
    this.store = store;
    this.notices = notices;
  }

  /**
   * @returns when the act is in journal and ledger, or was there before
   * @throws CaseRefused
   */
  act(request: ActRequest): Promise<Done> {
    return this.together.add(request);
  }

  /**
   * The case as it stands, with its acts, for somebody who may see it.
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

  /** Never beside a decision: what was read before it would be remembered after it. */
  private async read(lead_id: string): Promise<Held | undefined> {
    const known = await this.together.between(() =>
      this.store.task(({ sql }) => this.load(sql, [lead_id])),
    );
    return known.get(lead_id);
  }

  /** What is remembered of leads that changed elsewhere is read again. @param lead_id undefined: of all, after a run */
  forget(lead_id?: string): void {
    this.forgotten += 1;
    if (lead_id === undefined) this.held.clear();
    else this.held.delete(lead_id);
  }

  /**
   * The cases as they stand, remembered for the next time unless somebody said meanwhile to forget, or the ledger lacks
   * a decision that the journal has: an act that failed on a full disk is done later, and its number is then taken.
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
   * What a request comes to, given what was decided before it.
   * @param staged cases that an earlier request of the batch has moved
   * @param found cases as they stood before the batch
   * @param apart leads that somebody answered without a case (`doudi leads close`)
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
          'this key belongs to another request',
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
    // Whoever comes second learns that first, and not what their own action would have lacked.
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
      // Nobody knows how much of it was written: what the ledger then says counts.
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
