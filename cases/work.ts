/** Work on cases, shared by all endpoints: single and batch acts, reports, and the worklist that follows them. */
import { findIdentifiers } from '../files/extract/identifiers.ts';
import type { Actor, Role } from '../core/account.ts';
import { sha256 } from '../core/hash.ts';
import type { Store } from '../store/store.ts';
import { CaseLedger, type ActRequest, type ActResult, type CaseTransition } from './book.ts';
import type { Action, Form } from './tables.ts';
import { CaseRefused } from './refused.ts';
import { reportHome, type HomeReport } from './report.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { Worklist } from './worklist/worklist.ts';
import { noticesOf } from './notices.ts';

export interface BatchRequest {
  readonly action: Action;
  readonly form: Form<Action>;
  /** Leads with the number of actions the actor had seen. */
  readonly items: readonly { readonly lead_id: string; readonly version: number }[];
  readonly actor: Actor;
  readonly key: string;
}

/** The result for one home of a batch. */
export type BatchItem =
  | ({ readonly done: true } & ActResult)
  | {
      readonly done: false;
      readonly lead_id: string;
      readonly code: string;
      readonly gate: string | null;
      readonly zh: string;
    };

export interface BatchResult {
  readonly batch: string;
  /** Homes requested; those done and those refused add up to the same number (R66). */
  readonly asked: number;
  readonly done: number;
  readonly refused: number;
  readonly items: readonly BatchItem[];
}

/** People's words are stored and passed on: they must contain no identity number, telephone or bank card. */
function refuseIdentifiers(value: unknown, path: string): void {
  if (typeof value === 'string') {
    const [kind] = findIdentifiers(value);
    if (kind !== undefined)
      throw new CaseRefused(
        'identifiers',
        `'${path}' holds a raw identifier (${kind}): nothing was written`,
        '文字中含有身份证号、手机号或银行卡号，请删除后再提交',
      );
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseIdentifiers(item, `${path}.${index}`);
  } else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) refuseIdentifiers(item, `${path}.${name}`);
  }
}

/** Anybody listed as having been in a home: a name under a visit must be an account, of the same county. */
const INVESTIGATING: ReadonlySet<Role> = new Set<Role>([
  'township_officer',
  'village_assistant',
  'township_leader',
  'county_civil_affairs',
  'county_rural_revitalization',
  'county_supervisor',
]);

/** @param people accounts by name; null: not checked */
function refuseUnknownPeople(
  { form, actor }: Pick<ActRequest, 'form' | 'actor'>,
  people: ((name: string) => Actor | null) | null,
): void {
  if (people === null || !('investigators' in form)) return;
  const county = actor.region.slice(0, 6);
  for (const { account } of form.investigators) {
    const known = people(account);
    if (known === null || !INVESTIGATING.has(known.role) || known.region.slice(0, 6) !== county)
      throw new CaseRefused(
        'investigator-unknown',
        'an investigator has no account in this county for visiting homes',
        '调查人员须是本县有账号的入户人员',
      );
  }
}

export class CaseWork {
  readonly book: CaseLedger;
  readonly worklist: Worklist;
  private readonly store: Store;
  /** Called when cards have changed, so that queues and figures follow. */
  private readonly changed: () => void;

  private readonly people: ((name: string) => Actor | null) | null;

  /** @param people accounts in force, by name; null: names are accepted as they are */
  constructor(
    store: Store,
    deployment: Deployment,
    changed: () => void,
    people: ((name: string) => Actor | null) | null,
  ) {
    this.store = store;
    this.people = people;
    this.changed = changed;
    this.worklist = new Worklist(store, deployment);
    this.book = new CaseLedger(store, noticesOf(deployment, this.worklist));
  }

  /** @throws CaseRefused */
  async act(request: ActRequest): Promise<ActResult> {
    refuseIdentifiers(request.form, 'form');
    refuseUnknownPeople(request, this.people);
    const { result, moved } = await this.book.act(request);
    if (moved !== null) await this.worklist.moved([moved]);
    return result;
  }

  /** The same action on many homes; each is decided independently, and refusals state why. */
  async batch({ action, form, items, actor, key }: BatchRequest): Promise<BatchResult> {
    refuseIdentifiers(form, 'form');
    refuseUnknownPeople({ form, actor }, this.people);
    // The same request gets the same id again, so that its acts are recognised.
    const batch = `B${sha256(`${actor.name} ${key}`).slice(0, 24)}`;
    const moves: CaseTransition[] = [];
    const results = await Promise.all(
      items.map(async ({ lead_id, version }): Promise<BatchItem> => {
        try {
          const request = { lead_id, action, form, version, key: batch, actor, batch };
          const { result, moved } = await this.book.act(request);
          if (moved !== null) moves.push(moved);
          return { done: true, ...result };
        } catch (error) {
          if (!(error instanceof CaseRefused)) throw error;
          const { code, gate, zh } = error;
          return { done: false, lead_id, code, gate, zh };
        }
      }),
    );
    await this.worklist.moved(moves);
    const done = results.filter((one) => one.done).length;
    return { batch, asked: items.length, done, refused: items.length - done, items: results };
  }

  /** @throws CaseRefused */
  async report(report: HomeReport): Promise<Awaited<ReturnType<typeof reportHome>>> {
    refuseIdentifiers(report.note, 'note');
    const reported = await reportHome(this.store, report);
    if (!reported.repeated) {
      this.book.forget(reported.lead_id);
      await this.worklist.drop(reported.lead_id);
      this.changed();
    }
    return reported;
  }
}
