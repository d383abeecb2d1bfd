/** Unused policy figures: each is listed in rules/unread.yaml with the requirement that will read it. */
import { z } from 'zod';
import { MonitorError } from '../core/errors.ts';
import { openYaml } from '../core/yaml.ts';
import { mentionsOf, mentionsOfRule } from './check.ts';
import { READ_BY_CODE } from './figure-names.ts';
import type { RuleBook } from './rule-book.ts';
import type { Judged } from './schema.ts';

const FILE = 'rules/unread.yaml';

const requirement = z.string().regex(/^R[1-9]\d*$/, 'the number of a requirement, e.g. R16');

/** @throws MonitorError `parameter` when the list does not map names to requirements */
export function loadUnread(): ReadonlyMap<string, string> {
  const file = openYaml(new URL(`../${FILE}`, import.meta.url), FILE, 'parameter');
  const listed = z.record(z.string(), requirement).safeParse(file.value);
  if (!listed.success) {
    const [issue] = listed.error.issues;
    throw new MonitorError(
      'parameter',
      `${FILE}, line ${file.lineAt(issue?.path ?? [])}: ${issue?.message ?? 'not a list of names'}`,
    );
  }
  return new Map(Object.entries(listed.data));
}

function figuresOf(judged: Judged): string[] {
  const unclear = judged.unclear_when === undefined ? [] : [mentionsOf(judged.unclear_when)];
  return [mentionsOfRule(judged), ...unclear].flatMap(({ parameters }) =>
    parameters.map(({ name }) => name),
  );
}

/**
 * @param unread listed names, each with its requirement
 * @param readElsewhere names looked up by code or read by the connectors' SELECTs
 * @returns one sentence per fault: an unread figure that is not listed, or a listed one that is read or does not exist
 */
export function unreadFaults(
  {
    rules,
    segments,
    reasons,
    parameters: { definitions },
  }: Pick<RuleBook, 'rules' | 'segments' | 'reasons' | 'parameters'>,
  unread: ReadonlyMap<string, string> = loadUnread(),
  readElsewhere: readonly string[] = READ_BY_CODE,
): string[] {
  const read = new Set([
    ...[...rules, ...segments, ...reasons].flatMap(figuresOf),
    ...readElsewhere,
  ]);
  return [
    ...[...definitions.keys()]
      .filter((name) => !read.has(name) && !unread.has(name))
      .map((name) => `${name} is read by no rule and no code: use it, or name it in ${FILE}`),
    ...[...unread.keys()]
      .filter((name) => read.has(name))
      .map((name) => `${name} is read by now: take it out of ${FILE}`),
    ...[...unread.keys()]
      .filter((name) => !definitions.has(name))
      .map((name) => `${FILE} names '${name}', and there is no such parameter`),
    ...readElsewhere
      .filter((name) => !definitions.has(name))
      .map((name) => `code looks up '${name}', and there is no such parameter`),
  ];
}
