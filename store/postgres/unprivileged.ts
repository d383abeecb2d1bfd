/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of the home, or as `nobody` when that is root
 * too; its folder then belongs to that account. The folders above are closed to others (a home is), so it keeps the one
 * capability that passes them.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';

/** `nobody` and its group everywhere. */
const NOBODY = 65534;

const isRoot = (): boolean => process.getuid?.() === 0;

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** @param home folder of the home; null: doudi's own account will do */
function accountFor(home: string): Account | null {
  if (!isRoot()) return null;
  const { uid, gid } = statSync(home);
  return uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
}

export interface ProgramCall {
  readonly command: string;
  readonly words: readonly string[];
}

/** Gives a folder to the account that PostgreSQL runs as for a home. */
export function handOver(folder: string, home: string): void {
  const account = accountFor(home);
  if (account !== null) chownSync(folder, account.uid, account.gid);
}

/** Words of `setpriv` that work here, by account and tried once: containers differ in what root may hand on. */
const tried = new Map<number, readonly string[] | null>();

function handingOn({ uid, gid }: Account): readonly string[] | null {
  const as = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  // Without the secure bit, access(2) would leave the capability out, and initdb looks at its own binary that way.
  const bit = '--securebits=+no_setuid_fixup';
  const passing = [...as, bit, '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const works = (words: readonly string[]): boolean =>
    spawnSync('setpriv', [...words, '--', 'true']).status === 0;
  return [passing, as].find(works) ?? null;
}

/**
 * The call that runs a program of PostgreSQL as an account it accepts.
 * @throws MonitorError `no-database` for root where `setpriv` is missing or may do nothing
 */
export function callOf(command: string, words: readonly string[], home: string): ProgramCall {
  const account = accountFor(home);
  if (account === null) return { command, words };
  const as = tried.get(account.uid) ?? handingOn(account);
  tried.set(account.uid, as);
  if (as !== null) return { command: 'setpriv', words: [...as, '--', command, ...words] };
  throw new MonitorError('no-database', 'the embedded PostgreSQL does not run as root here', {
    fix: 'run doudi as an account of its own',
    exitCode: 2,
  });
}
