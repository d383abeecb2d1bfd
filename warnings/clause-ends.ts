/** Policy figures that end soon: another one, or none, is in force afterwards. */
import type { Parameter } from '../core/parameter.ts';
import { COUNTRY, type Divisions } from '../core/region.ts';
import type { ParameterBook } from './parameters.ts';

export interface ClauseEnd extends Parameter {
  readonly to: string;
  readonly title: string;
  readonly title_en: string;
}

/**
 * @param from first day, `YYYY-MM-DD`
 * @param until last day
 * @returns the figures of the country and of the province's regions that end between these days, by day
 */
export function clauseEnds(
  { tiers, definitions }: ParameterBook,
  divisions: Divisions,
  from: string,
  until: string,
): ClauseEnd[] {
  return tiers
    .flat()
    .flatMap((value): ClauseEnd[] => {
      const { to, region, name } = value;
      if (to === null || to < from || to > until) return [];
      if (region !== COUNTRY && divisions.find(region) === undefined) return [];
      const { title = name, title_en = name } = definitions.get(name) ?? {};
      return [{ ...value, to, title, title_en }];
    })
    .sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0));
}
