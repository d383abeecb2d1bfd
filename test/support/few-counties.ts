/**
 * Provinces with a handful of their counties: a queue and a worker for each of 88 cost a server seconds, and a month a
 * third more, which only tests of all of them need.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SHIPPED = new URL('../../core/divisions/', import.meta.url);

/** The counties that tests speak of; Guizhou's are its first five, and three of other prefectures. */
const COUNTIES = {
  '520000': [
    'guizhou',
    ...['520102', '520103', '520111', '520112', '520113'],
    ...['520201', '520302', '522301'],
  ],
  '530000': ['yunnan', '532301'],
  '140000': ['shanxi', '140802', '141034'],
} as const;

type Province = keyof typeof COUNTIES;

/** Guizhou's counties in a test's home. */
export const FEW: readonly string[] = COUNTIES['520000'].slice(1);

/** Province, prefectures, the counties and their townships, as they are shipped. */
function divisions(province: Province): string {
  const [name, ...counties] = COUNTIES[province];
  const shipped = readFileSync(new URL(`${name}-divisions.csv`, SHIPPED), 'utf8');
  const [header = '', ...lines] = shipped.split('\n');
  const kept = lines.filter((line) => {
    const [code = '', , level] = line.split(',');
    const wide = level === 'province' || level === 'prefecture';
    return wide || counties.some((county) => code.startsWith(county));
  });
  return `${[header, ...kept].join('\n')}\n`;
}

const NAMED = 'divisions: divisions.csv\n';

const isKnown = (province: string): province is Province => Object.hasOwn(COUNTIES, province);

/**
 * Of a home that has run nothing yet, by the province of its doudi.yaml; another province stays whole. Its leads go to the
 * first counties (`makeLeads` with 5 places or fewer).
 */
export function withFewCounties(home: string): void {
  const config = join(home, 'doudi.yaml');
  const text = readFileSync(config, 'utf8');
  const province = /^province: "(\d{6})"/m.exec(text)?.[1] ?? '';
  if (!isKnown(province)) return;
  writeFileSync(join(home, 'divisions.csv'), divisions(province));
  if (!/^divisions:/m.test(text)) writeFileSync(config, `${text}${NAMED}`);
}
