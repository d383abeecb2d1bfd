/** Small inboxes, file by file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const person = (n: number): string => n.toString(16).padStart(32, '0');
export const home = (n: number): string => `f${n.toString(16).padStart(31, '0')}`;

export function deliver(inbox: string, path: string, content: string | Buffer): void {
  const target = join(inbox, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

export const ENROLMENT =
  'person_id,county,stage,status,aid_year,out_of_pocket_year,graduation_month';

/** Well-formed enrolment rows of persons 1 to n. */
export function pupils(count: number, first = 1): string[] {
  return Array.from(
    { length: count },
    (_, i) => `${person(first + i)},520102,primary,enrolled,500,120.50,2030-07`,
  );
}

export const csv = (header: string, rows: readonly string[]): string =>
  `${[header, ...rows].join('\n')}\n`;
