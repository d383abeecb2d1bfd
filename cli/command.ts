/**
 * Defines a command: one file in `commands/`, found by its name. The file declares the accepted arguments and
 * imports the implementation only when it runs: `doudi help` reads all of them and must not load a database for it.
 */
import { resolve } from 'node:path';
import type { Option } from 'commander';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Audit } from '../store/audit/audit.ts';
import type { Store } from '../store/store.ts';
import type { Deployment } from '../warnings/deployment.ts';

/** The home as held by the running `serve`. */
export interface Held {
  readonly store: Store;
  readonly deployment: Deployment;
  readonly audit: Audit;
  /** Runs one long job at a time: a month, an export, a verification. */
  long<T>(work: () => Promise<T>): Promise<T>;
  /** Called after possible changes: fill queues, publish. */
  changed(): void;
}

export interface Invocation {
  readonly home: string;
  /** Folder that the caller's relative paths start from. */
  readonly cwd: string;
  /** null: this process opens the home itself. */
  readonly held: Held | null;
  readonly json: boolean;
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
  readonly positionals: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** Standard output; waits for a slower reader. */
  readonly out: (text: string) => Promise<void>;
  /** Progress and messages for people: standard error. */
  readonly tell: (line: string) => void;
  /** Whether colour may be used on standard output. */
  readonly colour: boolean;
}

/** Something that can be run, as typed. */
export interface Verb {
  /** One line for the help page. */
  readonly summary: string;
  /** Positional arguments, e.g. `<lead>`, or `[more...]`. */
  readonly words?: readonly string[];
  readonly options?: readonly Option[];
  run(invocation: Invocation): Promise<void>;
}

interface Named {
  readonly name: string;
  readonly summary: string;
  /** Runs in the calling process, never inside a `serve` that holds the home. */
  readonly local?: boolean;
}

export interface SingleCommand extends Named, Verb {}

export interface VerbCommand extends Named {
  readonly verbs: Readonly<Record<string, Verb>>;
  /** The default verb if none is named. */
  readonly usual?: string;
}

export type Command = SingleCommand | VerbCommand;

export function text(invocation: Invocation, name: string): string | undefined {
  const value = invocation.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Resolves a caller's path, wherever the command runs. */
export function path(invocation: Invocation, name: string): string | undefined {
  const value = text(invocation, name);
  return value === undefined ? undefined : resolve(invocation.cwd, value);
}
