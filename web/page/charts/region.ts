/** The region the reader has drilled down to: the province, a prefecture, a county. */

/** The prefecture of a county's code. */
export const prefectureOf = (county: string): string => `${county.slice(0, 4)}00`;

export const isPrefecture = (code: string): boolean => code.endsWith('00');

/** The region whose counties the map shows: a county is shown among its neighbours. */
export function regionOfMap(region: string | null): string | null {
  return region === null || isPrefecture(region) ? region : prefectureOf(region);
}

/** Whether a county lies in a region. */
export function liesIn(county: string, region: string | null): boolean {
  return region === null || county.startsWith(isPrefecture(region) ? region.slice(0, 4) : region);
}
