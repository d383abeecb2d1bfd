/**
 * The clocks running on a case according to its acts: which, since when, in which variant. Due days come from the
 * calendar and the notices, which are consulted again whenever either changes; the start never moves.
 */
import type { CaseState } from './state.ts';

export const CLOCKS = {
  visit: '入户核查',
  confirmation: '审核确认',
  monitored: '监测对象识别',
  papers: '补齐先行救助手续',
  death: '成员死亡后核查办结',
  publicity: '公示期满',
  rebuttal: '申辩期满',
} as const satisfies Record<string, string>;

export type CaseClock = keyof typeof CLOCKS;

/** Clocks whose end makes somebody late; the end of the others allows somebody to go on. */
export const LATE: ReadonlySet<CaseClock> = new Set<CaseClock>([
  'visit',
  'confirmation',
  'monitored',
  'papers',
  'death',
]);

export interface Running {
  readonly clock: CaseClock;
  /**
   * First day; null: the day the lead reached its county, which the ledger knows. For a period that ends on a known
   * day, that day.
   */
  readonly since: string | null;
  /** confirmation: who confirms, or the reason for more time. */
  readonly variant: string;
}

/** @returns the running clocks; once a case is answered, only the papers of a first aid */
export function runningOn(state: CaseState): Running[] {
  const running: Running[] = [];
  if (state.aid !== null && !state.aid.papers)
    running.push({ clock: 'papers', since: state.aid.day, variant: '' });
  if (state.outcome !== null) return running;
  if (state.visit === null) running.push({ clock: 'visit', since: null, variant: '' });
  if (state.application !== null && state.civil === null)
    running.push({
      clock: 'confirmation',
      since: state.application.day,
      variant: state.application.extension ?? '',
    });
  if (state.direction === 'need' && state.visit !== null && state.rural === null)
    running.push({ clock: 'monitored', since: state.visit.since, variant: '' });
  const { posted, informed, civil, rural } = state;
  if (civil === null || rural === null) {
    if (posted !== null && posted.until !== null)
      running.push({ clock: 'publicity', since: posted.until, variant: '' });
    if (informed !== null && informed.until !== null)
      running.push({ clock: 'rebuttal', since: informed.until, variant: '' });
  }
  return running;
}
