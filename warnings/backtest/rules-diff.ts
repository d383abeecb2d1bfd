/** What changed in a place's figures between two days, and how many subjects it affects in a past month. */
import type { Month } from '../../core/month.ts';
import type { Parameter } from '../../core/parameter.ts';
import type { Divisions } from '../../core/region.ts';
import { literal, textList } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { caseName, casesOf, lookUp } from '../parameters.ts';
import { rulesInForce, type RuleBook } from '../rule-book.ts';
import { evaluateOnce } from './evaluate-once.ts';

export interface FigureChange {
  /** Name of the parameter, with its case. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** null: no value in force. */
  readonly before: Parameter | null;
  readonly after: Parameter | null;
}

export interface MovedHome {
  readonly rule: string;
  readonly gained: number;
  readonly lost: number;
}

export interface RulesDiff {
  readonly figures: readonly FigureChange[];
  /** Persons, or homes for rules about homes, found with one day's figures only; null: no month was run. */
  readonly moved: { readonly month: Month; readonly rules: readonly MovedHome[] } | null;
}

export interface DiffOf {
  readonly divisions: Divisions;
  readonly book: RuleBook;
  /** Division code: a county, prefecture or the province. */
  readonly region: string;
  readonly days: readonly [before: string, after: string];
}

/** Figures of the place whose value, citation or existence differ between the two days. */
export function figureChanges({ divisions, book, region, days }: DiffOf): FigureChange[] {
  return [...book.parameters.definitions.values()].flatMap((definition) =>
    casesOf(definition).flatMap((cases) => {
      const [before, after] = days.map((day) =>
        lookUp(book.parameters, divisions, definition, region, day, cases),
      );
      if (before === undefined || after === undefined || before === after) return [];
      const { title, unit } = definition;
      return [{ name: caseName(definition.name, cases), title, unit, before, after }];
    }),
  );
}

/** Evaluates rules over one month with both days' figures, in the region's counties. */
async function movedIn(store: Store, of: DiffOf, month: Month): Promise<MovedHome[]> {
  const { divisions, book, region, days } = of;
  const rules = rulesInForce(book).filter(({ watch }) => watch === undefined);
  const once = {
    store,
    divisions,
    month,
    rules,
    vocabulary: book.vocabulary,
    parameters: book.parameters,
  };
  await evaluateOnce({ ...once, day: days[0] }, 'diff_before');
  await evaluateOnce({ ...once, day: days[1] }, 'diff_after');
  const counties = divisions.counties
    .filter(({ code }) => divisions.lineage(code).includes(region))
    .map(({ code }) => code);
  const hits = (table: string): string =>
    `(SELECT rule, coalesce(person_id, household_id) AS subject FROM ${table} WHERE list_contains(${textList(counties)}, county))`;
  return store.sql.rows<MovedHome>(
    `SELECT coalesce(a.rule, b.rule) AS rule, count(*) FILTER (b.rule IS NULL)::INTEGER AS gained, count(*) FILTER (a.rule IS NULL)::INTEGER AS lost
     FROM ${hits('diff_before')} b FULL JOIN ${hits('diff_after')} a ON a.rule = b.rule AND a.subject = b.subject
     GROUP BY 1 HAVING gained + lost > 0 ORDER BY 1`,
  );
}

/** @param month the month to count in; null: the last one run */
export async function rulesDiff(store: Store, of: DiffOf, month: Month | null): Promise<RulesDiff> {
  const figures = figureChanges(of);
  const [last] = await store.sql.rows<{ month: Month | null }>(
    `SELECT max(month) AS month FROM step_record WHERE step = 'warn' AND ${month === null ? 'true' : `month = ${literal(month)}`}`,
  );
  const at = last?.month ?? month;
  return {
    figures,
    moved: at === null ? null : { month: at, rules: await movedIn(store, of, at) },
  };
}
