/** What a command is. `main.ts` finds it by name; one file per command. */
import type { ParseArgsConfig } from 'node:util';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

export interface Invocation {
  readonly home: string;
  readonly json: boolean;
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
  readonly positionals: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** Standard output; waits when the reader is slower. */
  readonly out: (text: string) => Promise<void>;
  /** Progress and words for people: standard error. */
  readonly tell: (line: string) => void;
  /** Whether colour may be used on standard output. */
  readonly colour: boolean;
}

export interface Command {
  readonly name: string;
  /** One line for the help page. */
  readonly summary: string;
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(invocation: Invocation): Promise<void>;
}

export function text(invocation: Invocation, name: string): string | undefined {
  const value = invocation.values[name];
  return typeof value === 'string' ? value : undefined;
}
