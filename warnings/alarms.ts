/**
 * A rule with no hits, or far from its usual number, more often means a broken extract or figure than a real change.
 * The month then needs a sign-off before its lists go out.
 */
import { MonitorError } from '../core/errors.ts';
import { addMonths, lastDay, type Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import type { FigureName } from './figure-names.ts';
import { lookUp } from './parameters.ts';
import { rulesInForce, type RuleBook } from './rule-book.ts';
import { splitRules } from './watch.ts';

export interface Alarm {
  readonly rule: string;
  /** Warnings of the month. */
  readonly hits: number;
  /** Median of the previous months. */
  readonly usual: number;
  readonly kind: 'none' | 'few' | 'many';
}

interface Judged {
  readonly store: Store;
  readonly divisions: Divisions;
  readonly rules: RuleBook;
  readonly month: Month;
}

/** Months used for the usual number. */
const YEAR = 12;

/** Warnings per rule of each evaluated month of the last year; a rule that was evaluated nowhere has no entry. */
async function countsPerMonth({
  store,
  divisions,
  month,
}: Judged): Promise<Map<string, Map<string, number>>> {
  const since = addMonths(month, -YEAR);
  const span = `month BETWEEN ${literal(since)} AND ${literal(month)}`;
  const records = await store.sql.rows<{ month: string; counts: string }>(
    `SELECT month, counts FROM step_record WHERE step = 'warn' AND ${span}
     QUALIFY row_number() OVER (PARTITION BY month ORDER BY seq DESC) = 1`,
  );
  const nowhere = await store.sql.rows<{ month: string; rule: string }>(
    `SELECT month, rule FROM not_evaluated WHERE ${span} GROUP BY ALL HAVING count(DISTINCT county) = ${divisions.counties.length}`,
  );
  const open = new Set(nowhere.map(({ month: at, rule }) => `${at} ${rule}`));
  return new Map(
    records.map(({ month: at, counts }) => [
      at,
      new Map(
        Object.entries(JSON.parse(counts) as Record<string, number>).filter(
          ([rule]) => !open.has(`${at} ${rule}`),
        ),
      ),
    ]),
  );
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** The month's rules with an unusual number of warnings, by id. */
export async function alarmsOf(judged: Judged): Promise<Alarm[]> {
  const { divisions, rules: book, month } = judged;
  const figure = (name: FigureName): number =>
    Number(
      lookUp(book.parameters, divisions, name, divisions.province.code, lastDay(month), {})
        ?.value ?? 0,
    );
  const least = figure('alarm-usual');
  const factor = figure('alarm-factor');
  const months = figure('alarm-months');
  const counts = await countsPerMonth(judged);
  const now = counts.get(month);
  if (now === undefined) return [];
  const production = splitRules(rulesInForce(book)).warning.filter(
    ({ maturity }) => maturity === 'production',
  );
  return production.flatMap(({ id: rule }): Alarm[] => {
    const hits = now.get(rule);
    const before = [...counts].flatMap(([at, of]) => (at === month ? [] : (of.get(rule) ?? [])));
    if (hits === undefined || before.length < months) return [];
    const usual = median(before);
    if (hits === 0 && usual >= least) return [{ rule, hits, usual, kind: 'none' }];
    if (hits * factor < usual && usual >= least * factor)
      return [{ rule, hits, usual, kind: 'few' }];
    if (hits > usual * factor && hits >= least * factor)
      return [{ rule, hits, usual, kind: 'many' }];
    return [];
  });
}

/** Alarms of a home's months, each computed once and cached. */
export function alarmsOnce(
  parts: Omit<Judged, 'month'>,
): (month: Month) => Promise<readonly Alarm[]> {
  const known = new Map<Month, Promise<Alarm[]>>();
  return (month) => {
    const found = known.get(month) ?? alarmsOf({ ...parts, month });
    known.set(month, found);
    return found;
  };
}

/** Rules whose alarms were covered by the month's last sign-off. */
async function signedRules(store: Store, month: Month): Promise<Set<string>> {
  const [row] = await store.sql.rows<{ alarms: string }>(
    `SELECT alarms FROM month_sign_off WHERE month = ${literal(month)} ORDER BY seq DESC LIMIT 1`,
  );
  return new Set(row === undefined ? [] : (JSON.parse(row.alarms) as string[]));
}

const keyOf = ({ rule, kind }: Alarm): string => `${rule} ${kind}`;

/** The alarms not signed off yet. */
export async function alarmsToSignOff(
  store: Store,
  month: Month,
  alarms: readonly Alarm[],
): Promise<Alarm[]> {
  const signed = await signedRules(store, month);
  return alarms.filter((alarm) => !signed.has(keyOf(alarm)));
}

/** The month's alarms not signed off yet. */
export async function openAlarms(judged: Judged): Promise<Alarm[]> {
  return alarmsToSignOff(judged.store, judged.month, await alarmsOf(judged));
}

/** @throws MonitorError `alarm` naming the rules that somebody must review first */
export async function requireSignOff(judged: Judged): Promise<void> {
  const open = await openAlarms(judged);
  if (open.length > 0)
    throw new MonitorError(
      'alarm',
      `${judged.month} needs a sign-off: ${open.map(({ rule, hits, usual }) => `${rule} found ${hits}, usually ${usual}`).join('; ')}`,
      {
        fix: `look into the extracts and figures, then: doudi sign-off --month ${judged.month} --by WHO --note WHY`,
      },
    );
}

/**
 * Records that somebody reviewed the month's alarms and accepts the month.
 * @returns the alarms signed off
 * @throws MonitorError `not-run` when the month was not evaluated
 */
export async function signOff(judged: Judged, by: string, note: string): Promise<Alarm[]> {
  const { store, month } = judged;
  const [run] = await store.sql.rows(
    `SELECT 1 AS done FROM step_record WHERE step = 'warn' AND month = ${literal(month)} LIMIT 1`,
  );
  if (run === undefined)
    throw new MonitorError('not-run', `${month} has not been run in this home`, {
      fix: `doudi run --month ${month}`,
    });
  const alarms = await alarmsOf(judged);
  await store.commit('month.signed', { month, by, note, alarms: alarms.map(keyOf) });
  return alarms;
}
