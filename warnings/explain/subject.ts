/** Fetches one subject's profile rows and explains a rule for each of them. */
import type { Contract } from '../../files/extract/contract.ts';
import { MonitorError } from '../../core/errors.ts';
import { workFile } from '../../core/home.ts';
import type { SubjectId } from '../../core/ids.ts';
import { lastDay, type Month } from '../../core/month.ts';
import type { Divisions } from '../../core/region.ts';
import { hexOf, identifier, literal, parquet } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { explainRule, type Explained } from '../explain.ts';
import { datesAhead } from '../interpret.ts';
import { fieldsOf } from '../fields.ts';
import { sourceLines, type SourceLines } from './sources.ts';
import { requireProfile } from '../backtest/require-profile.ts';
import { lookUpCase } from '../parameters.ts';
import type { RuleBook } from '../rule-book.ts';
import type { Literal, PeopleRule } from '../schema.ts';

export interface Explanation extends Explained {
  readonly rule: string;
  readonly county: string;
  readonly household_id: string | null;
  /** Missing extracts or figures that keep the rule from being evaluated here. */
  readonly not_evaluated: readonly string[];
  /** For a watch rule: the dates it reports. */
  readonly dates: readonly {
    readonly due: string;
    readonly title: string;
    readonly title_en: string;
  }[];
  /** Extracts, versions and lines behind the result. */
  readonly sources: readonly SourceLines[];
}

interface ExplainRequest {
  readonly store: Store;
  readonly divisions: Divisions;
  readonly book: RuleBook;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly rule: PeopleRule;
  readonly month: Month;
  /** Person or household. */
  readonly id: SubjectId;
}

async function holdingOf(
  { store, month }: ExplainRequest,
  household: string,
): Promise<Set<string>> {
  const rows = await store.sql.rows<{ rule: string }>(
    `SELECT DISTINCT rule FROM warning WHERE month = ${literal(month)} AND (
       (person_id IS NULL AND household_id = ${literal(household)}::UUID)
       OR person_id IN (SELECT person_id FROM ${parquet(workFile(store.home, month, 'roster'))} WHERE household_id = ${literal(household)}::UUID))`,
  );
  return new Set(rows.map(({ rule }) => rule));
}

async function membersOf({ store, month }: ExplainRequest, household: string): Promise<string[]> {
  const rows = await store.sql.rows<{ id: string }>(
    `SELECT ${hexOf('person_id')} AS id FROM ${parquet(workFile(store.home, month, 'roster'))} WHERE household_id = ${literal(household)}::UUID ORDER BY 1`,
  );
  return rows.map(({ id }) => id);
}

/**
 * @returns one explanation per home of the person, or one for the household
 * @throws MonitorError `not-run` when the month has not been run, `subject-unknown` when the id is unknown
 */
export async function explainSubject(asked: ExplainRequest): Promise<Explanation[]> {
  const { store, rule, month, id, book, divisions } = asked;
  const file = workFile(store.home, month, rule.subject === 'person' ? 'person' : 'household');
  const there = (await requireProfile(store, month, [rule]))[rule.subject];
  const shown = fieldsOf(book.vocabulary.fields, rule.subject)
    .filter(({ name }) => there.has(name))
    .map(({ name }) => `${identifier(name)} AS ${identifier(name)}`);
  const place = rule.subject === 'person' ? 'parameter_county' : 'county';
  const match = rule.subject === 'person' ? 'person_id' : 'household_id';
  const rows = await store.sql.rows<Record<string, Literal | null>>(
    `SELECT ${hexOf('household_id')} AS home, county, ${place} AS place, ${shown.join(', ')}
     FROM ${parquet(file)} WHERE ${match} = ${literal(id.reveal())}::UUID ORDER BY household_id`,
  );
  if (rows.length === 0)
    throw new MonitorError(
      'subject-unknown',
      `no ${rule.subject} with that id is in the roster of ${month}`,
    );
  const open = await store.sql.rows<{ county: string; missing: string }>(
    `SELECT county, missing FROM not_evaluated WHERE month = ${literal(month)} AND rule = ${literal(rule.id)}`,
  );
  const explanations: Explanation[] = [];
  for (const row of rows) {
    const county = String(row['place']);
    const home = typeof row['home'] === 'string' ? row['home'] : null;
    const situation = {
      month,
      field: (name: string) => row[name] ?? null,
      parameter: (name: string) =>
        lookUpCase(book.parameters, divisions, name, county, lastDay(month))?.value ?? null,
      ...book.vocabulary,
      holding: home === null ? new Set<string>() : await holdingOf(asked, home),
    };
    explanations.push({
      rule: rule.id,
      county,
      household_id: home,
      ...explainRule(rule, situation, book.parameters, divisions, county),
      not_evaluated: open
        .filter(({ county: at }) => at === row['county'])
        .map(({ missing }) => missing),
      dates: datesAhead(rule, situation).map(({ what, due }) => {
        const { title = '', title_en = '' } = rule.watch?.dates[what] ?? {};
        return { due, title, title_en };
      }),
      sources: await sourceLines({
        store,
        contracts: asked.contracts,
        fields: book.vocabulary.fields,
        rule,
        month,
        person: rule.subject === 'person' ? id.reveal() : null,
        members: home === null ? [id.reveal()] : await membersOf(asked, home),
      }),
    });
  }
  return explanations;
}
