/** Names for charts: counties with distinct labels, rules, sources. */
import type { Divisions } from '../core/region.ts';
import { loadLists } from '../exchange/index.ts';
import { AGENCIES } from '../exchange/shared/list.ts';
import { rulesInForce, workRulesInForce, type RuleBook } from '../warnings/rule-book.ts';
import { splitRules } from '../warnings/watch.ts';
import { expectedSources } from '../warnings/expected-sources.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { PROGRAMMES } from '../core/programmes.ts';
import { valuesOf } from './values.ts';

/**
 * Counties with their prefectures. County names repeat (城关区, 鼓楼区), and choice lists drop identical entries: `label`
 * is the name, with the prefecture in brackets if another county shares the name.
 */
export function countyNames(divisions: Divisions): string {
  const { counties } = divisions;
  const repeated = (name: string): boolean =>
    counties.filter((county) => county.name === name).length > 1;
  return valuesOf(
    {
      county: 'text',
      label: 'text',
      prefecture: 'text',
      prefecture_name: 'text',
      prefecture_size: 'whole',
      province: 'text',
      province_name: 'text',
    },
    counties.map(({ code, name, parent }) => {
      const { province } = divisions;
      const prefecture = divisions.find(parent ?? '') ?? province;
      const label = repeated(name) ? `${name}（${prefecture.name}）` : name;
      const size = counties.filter((county) => county.parent === parent).length;
      return [code, label, prefecture.code, prefecture.name, size, province.code, province.name];
    }),
  );
}

/** Lists that are sent, and the departments that receive them. */
export async function listNames(): Promise<Readonly<Record<string, string>>> {
  const lists = await loadLists();
  return {
    list_name: valuesOf(
      { list: 'text', title: 'text' },
      lists.map(({ id, title }) => [id, title]),
    ),
    agency_name: valuesOf({ agency: 'text', title: 'text' }, Object.entries(AGENCIES)),
  };
}

/** Rules in force that produce warnings. */
export function ruleNames(rules: RuleBook): string {
  return valuesOf(
    { rule: 'text', title: 'text', direction: 'text', priority: 'whole', maturity: 'text' },
    splitRules(rulesInForce(rules)).warning.map(({ id, title, direction, priority, maturity }) => [
      id,
      title,
      direction,
      priority,
      maturity,
    ]),
  );
}

/** Rules in force about the offices' work. */
export function workRuleNames(rules: RuleBook): string {
  return valuesOf(
    { rule: 'text', title: 'text' },
    workRulesInForce(rules).map(({ id, title }) => [id, title]),
  );
}

/**
 * Sources the home expects.
 * @param came whether a source ever delivered anything
 */
export function sourceNames(deployment: Deployment, came: (source: string) => boolean): string {
  return valuesOf(
    { source: 'text', agency: 'text', dataset: 'text', title: 'text' },
    expectedSources(deployment, came).map((source) => {
      const [agency = '', dataset = ''] = source.split('/');
      return [source, agency, dataset, deployment.contracts.get(source)?.title ?? source];
    }),
  );
}

/** Two classes spanning programmes. */
const CLASSES = { monitored: '防返贫监测对象', low_income: '低收入人口合计' } as const;

export function programmeNames(): string {
  return valuesOf(
    { programme: 'text', title: 'text', place: 'whole' },
    Object.entries({ ...PROGRAMMES, ...CLASSES }).map(([programme, title], place) => [
      programme,
      title,
      place,
    ]),
  );
}
