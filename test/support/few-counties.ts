/**
 * Guizhou with five of its 88 counties: a queue and a worker for each of 88 cost a server seconds, which only tests of
 * all of them need.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './doudi.ts';

/** Four of one prefecture, and one of another. */
const COUNTIES = ['520102', '520103', '520111', '520112', '520302'];

/** Province, prefectures, the five counties and their townships, as they are shipped. */
function divisions(): string {
  const [header = '', ...lines] = readFileSync(
    join(ROOT, 'core/divisions/guizhou-divisions.csv'),
    'utf8',
  ).split('\n');
  const kept = lines.filter((line) => {
    const [code = '', , level] = line.split(',');
    return level === 'province' || level === 'prefecture' || COUNTIES.includes(code.slice(0, 6));
  });
  return `${[header, ...kept].join('\n')}\n`;
}

/** Adds to a home that has run nothing yet; its leads go to the first counties (`makeLeads` with 4 places or fewer). */
export function withFewCounties(home: string): void {
  writeFileSync(join(home, 'divisions.csv'), divisions());
  appendFileSync(join(home, 'doudi.yaml'), 'divisions: divisions.csv\n');
}
