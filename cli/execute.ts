/** Finds a command by name, parses its arguments and runs it: for the command line, and for `serve` on its behalf. */
import { readdirSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import { usageError } from '../core/errors.ts';
import type { Command, Invocation } from './command.ts';
import { helpOf, readWords } from './words.ts';

const folder = new URL('./commands/', import.meta.url);
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

const names = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();

async function load(name: string): Promise<Command> {
  if (!names().includes(name)) {
    throw usageError(
      `there is no command '${name}'`,
      `did you mean '${closest(name, names())}'? \`doudi help\` lists all`,
    );
  }
  return ((await import(new URL(`${name}${extension}`, folder).href)) as { default: Command })
    .default;
}

/**
 * What a command gets besides its arguments; a `serve` passes the home it holds, wherever the caller's directory
 * is.
 */
export type Surroundings = Omit<Invocation, 'home' | 'json' | 'values' | 'positionals'> & {
  readonly home?: string;
};

export interface Call {
  /** A text to print instead of running anything (help). */
  readonly text: string | null;
  readonly home: string;
  /** Runs in the calling process even while `doudi serve` holds the home. */
  readonly local: boolean;
  run(around: Surroundings): Promise<void>;
}

const print = (text: string): Call => ({
  text,
  home: '',
  local: true,
  run: () => Promise.resolve(),
});

/** `help leads close` is the same as `leads close --help`. */
function asked(words: readonly string[]): readonly string[] {
  const [first, ...more] = words;
  return first === 'help' && more.length > 0 ? [...more, '--help'] : words;
}

/** @throws MonitorError `usage` before anything is done */
export async function readCall(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Call> {
  const [name, ...rest] = asked(words);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    return print(helpOf(await Promise.all(names().map(load))));
  const command = await load(name);
  const read = readWords(command, rest);
  if ('help' in read) return print(read.help);
  const { verb, values, positionals } = read;
  const home =
    typeof values['home'] === 'string' ? values['home'] : (environment['DOUDI_HOME'] ?? 'data');
  return {
    text: null,
    home,
    local: command.local === true,
    run: (around) =>
      verb.run({ home, ...around, json: values['json'] === true, values, positionals }),
  };
}
