/**
 * Provinces with a handful of their counties: a queue and a worker for each of 88 cost a server seconds, which only tests
 * of all of them need.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, withHome } from './doudi.ts';

/** The counties that tests speak of; Guizhou's are its first four, and one of another prefecture. */
const COUNTIES = {
  '520000': ['guizhou', '520102', '520103', '520111', '520112', '520302'],
  '530000': ['yunnan', '532301'],
  '140000': ['shanxi', '140802', '141034'],
} as const;

export type Province = keyof typeof COUNTIES;

/** Province, prefectures, the counties and their townships, as they are shipped. */
function divisions(province: Province): string {
  const [name, ...counties] = COUNTIES[province];
  const shipped = join(ROOT, `core/divisions/${name}-divisions.csv`);
  const [header = '', ...lines] = readFileSync(shipped, 'utf8').split('\n');
  const kept = lines.filter((line) => {
    const [code = '', , level] = line.split(',');
    const wide = level === 'province' || level === 'prefecture';
    return wide || counties.some((county) => code.startsWith(county));
  });
  return `${[header, ...kept].join('\n')}\n`;
}

/** Adds to a home that has run nothing yet; its leads go to the first counties (`makeLeads` with 4 places or fewer). */
export function withFewCounties(home: string, province: Province = '520000'): void {
  writeFileSync(join(home, 'divisions.csv'), divisions(province));
  appendFileSync(join(home, 'doudi.yaml'), 'divisions: divisions.csv\n');
}

/** As `withHome`, with a few of Guizhou's counties: a month costs a third less. */
export function withSmallHome<T>(work: (home: string) => Promise<T>, config?: string): Promise<T> {
  return withHome((home) => {
    withFewCounties(home);
    return work(home);
  }, config);
}
