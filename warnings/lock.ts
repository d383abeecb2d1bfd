/**
 * rules/lock.json: the version and digest of the meaning of every rule, segment and reason. A changed meaning needs a
 * new version.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { meaningOf } from './rule-book.ts';
import type { Judged } from './schema.ts';

const path = new URL('../rules/lock.json', import.meta.url);

type Lock = Readonly<Record<string, { readonly version: number; readonly meaning: string }>>;

function readLock(): Lock {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Lock) : {};
}

/** Differences from the lock, one sentence each. */
export function lockFaults(rules: readonly Judged[]): string[] {
  const lock = readLock();
  return rules.flatMap((rule) => {
    const pinned = lock[rule.id];
    if (pinned === undefined)
      return [`${rule.id} is not in rules/lock.json: run \`doudi rules lock\``];
    if (pinned.version !== rule.version)
      return [
        `${rule.id} is version ${rule.version}, locked at ${pinned.version}: run \`doudi rules lock\``,
      ];
    if (pinned.meaning !== meaningOf(rule))
      return [
        `${rule.id} has changed its meaning: raise its version, then run \`doudi rules lock\``,
      ];
    return [];
  });
}

/** Pins all of them. @returns rules refused because their meaning changed under the same version */
export function writeLock(rules: readonly Judged[]): string[] {
  const lock = readLock();
  const refused = rules.filter((rule) => {
    const pinned = lock[rule.id];
    return pinned?.version === rule.version && pinned.meaning !== meaningOf(rule);
  });
  if (refused.length === 0) {
    const next = Object.fromEntries(
      rules.map((rule) => [rule.id, { version: rule.version, meaning: meaningOf(rule) }]),
    );
    writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`);
  }
  return refused.map(({ id }) => id);
}
