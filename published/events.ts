/** Events for chart annotations: policy figures that began or ended, and journal records by day. */
import type { Divisions } from '../core/region.ts';
import { COUNTRY } from '../core/region.ts';
import { unitInChinese, type Parameter } from '../core/parameter.ts';
import { shanghaiTime } from '../core/clock.ts';
import type { Store } from '../store/store.ts';
import type { RuleBook } from '../warnings/rule-book.ts';
import { valuesOf } from './values.ts';

/** Figures in force since before the charted period are not news. */
const SINCE = '2015-01-01';

function wordsOf({ value, unit, where }: Parameter): string {
  const cases = Object.values(where ?? {}).join('、');
  return `${cases === '' ? '' : `${cases} `}${String(value)}${unitInChinese(unit)}`;
}

/** Days on which a policy figure begins or ends: `day` is that day, `kind` is parameter or clause. */
export function figureEvents({ parameters }: RuleBook, divisions: Divisions): string {
  const here = new Set([...divisions.codes, COUNTRY]);
  const rows = parameters.tiers.flat().flatMap((figure) => {
    if (!here.has(figure.region)) return [];
    const title = parameters.definitions.get(figure.name)?.title ?? figure.name;
    const place = divisions.find(figure.region)?.name ?? '全国';
    const basis = `${figure.doc} ${figure.clause}`;
    const begins = [figure.from, 'parameter', `${title}：${wordsOf(figure)}`, place, basis];
    const ends = [figure.to ?? '', 'clause', `${title}到期：${wordsOf(figure)}`, place, basis];
    return [begins, ends].filter(([day = '']) => day >= SINCE);
  });
  return valuesOf({ day: 'text', kind: 'text', title: 'text', place: 'text', basis: 'text' }, rows);
}

/** Journal records by day in Asia/Shanghai and kind. */
export function journalDays({ records }: Pick<Store, 'records'>): string {
  const counts = new Map<string, number>();
  for (const { at, type } of records) {
    const key = `${shanghaiTime(new Date(at)).slice(0, 10)} ${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts].map(([key, n]) => [...key.split(' '), n]);
  return valuesOf({ day: 'text', kind: 'text', records: 'whole' }, rows);
}
