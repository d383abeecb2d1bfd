/**
 * Which rules cannot be decided in which county because a required extract or figure is missing; reported instead of
 * zero hits.
 */
import { readOf } from '../core/field.ts';
import { addMonths, lastDay, type Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import { mentionsOfRule, type Mentions } from './check.ts';
import { casesOf, lookUp } from './parameters.ts';
import { narrowsOf, needsOf, type RuleBook } from './rule-book.ts';
import type { Judged } from './schema.ts';

/** Whether an accepted extract speaks for a county in a month. */
export type Covers = (source: string, month: Month, county: string) => boolean;

export interface Missing {
  readonly rule: string;
  readonly county: string;
  readonly missing: string;
}

export interface Availability {
  readonly notEvaluated: readonly Missing[];
  readonly narrowed: readonly { readonly rule: string; readonly missing: string }[];
}

interface CountyQuestion {
  readonly book: RuleBook;
  readonly divisions: Divisions;
  readonly month: Month;
  readonly covers: Covers;
}

interface Extract {
  readonly source: string;
  readonly when: Month;
}

/** The extracts that the reads refer to, relative to a month. */
function extractsOf(reads: readonly string[], month: Month): Extract[] {
  return reads.map((read) => {
    const { source, before } = readOf(read);
    return { source, when: addMonths(month, -before) };
  });
}

/** Which of the extracts are missing, each with its month. */
function notCovered(
  extracts: readonly Extract[],
  county: string,
  { covers }: CountyQuestion,
): string[] {
  return extracts
    .filter(({ source, when }) => !covers(source, when, county))
    .map(({ source, when }) => `${source} ${when}`);
}

/** Cases of the rule's parameters without a value in force here, and the number of cases. */
function missingFigures(
  parameters: Mentions['parameters'],
  county: string,
  { book, divisions, month }: CountyQuestion,
): { wholly: string[]; partly: string[] } {
  const wholly: string[] = [];
  const partly: string[] = [];
  for (const { name, where, optional } of parameters) {
    const definition = book.parameters.definitions.get(name);
    if (definition === undefined || optional) continue;
    const cases = casesOf(definition).filter((c) =>
      Object.entries(where).every(([key, value]) => c[key] === value),
    );
    const lacking = cases.filter(
      (c) => lookUp(book.parameters, divisions, definition, county, lastDay(month), c) === null,
    );
    if (lacking.length === cases.length) wholly.push(name);
    else if (lacking.length > 0)
      partly.push(...lacking.map((c) => [name, ...Object.values(c)].join(' ')));
  }
  return { wholly, partly };
}

/** @returns one entry per rule, county and missing thing, ordered; and those that only narrow a rule */
export function findMissing(place: CountyQuestion, rules: readonly Judged[]): Availability {
  const notEvaluated: Missing[] = [];
  const narrowed = new Map<string, { rule: string; missing: string }>();
  const { fields } = place.book.vocabulary;
  for (const rule of rules) {
    const { parameters } = mentionsOfRule(rule);
    const needs = extractsOf(needsOf(rule, fields), place.month);
    const narrows = extractsOf(narrowsOf(rule, fields), place.month);
    for (const { code: county } of place.divisions.counties) {
      const figures = missingFigures(parameters, county, place);
      for (const missing of [
        ...notCovered(needs, county, place),
        ...figures.wholly.map((name) => `parameter ${name}`),
      ]) {
        notEvaluated.push({ rule: rule.id, county, missing });
      }
      const narrow = notCovered(narrows, county, place);
      for (const missing of [...narrow, ...figures.partly.map((name) => `parameter ${name}`)]) {
        narrowed.set(`${rule.id} ${missing}`, { rule: rule.id, missing });
      }
    }
  }
  return { notEvaluated, narrowed: [...narrowed.values()] };
}
