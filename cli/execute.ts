/** Finds a command by its name, checks its words and runs it: for the command line, and for `serve` on its behalf. */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import { usageError } from '../core/errors.ts';
import type { Command, Invocation } from './command.ts';

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

const COMMON = {
  home: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

async function help(): Promise<string> {
  const commands = await Promise.all(names().map(load));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`);
  return `doudi · 兜底\n\n${lines.join('\n')}\n\nEvery command takes --home DIR (default data/, or DOUDI_HOME); \`doudi COMMAND --help\` says more.\n`;
}

/** The words of a call, checked against what the command knows. @throws MonitorError `usage` */
function readWords(command: Command, words: string[]): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({
      args: words,
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    // Node's own message names the option; it quotes nothing else.
    throw usageError(
      error instanceof Error ? (error.message.split('. ')[0] ?? 'wrong usage') : 'wrong usage',
      command.usage,
    );
  }
}

/** What a command is told besides its words; a `serve` says which home it holds, wherever the caller stands. */
export type Surroundings = Omit<Invocation, 'home' | 'json' | 'values' | 'positionals'> & {
  readonly home?: string;
};

export interface Call {
  /** A text to print instead of running anything (help). */
  readonly text: string | null;
  readonly home: string;
  /** Runs in the process that was called even while `doudi serve` holds the home. */
  readonly local: boolean;
  run(around: Surroundings): Promise<void>;
}

/** @throws MonitorError `usage` before anything is done */
export async function readCall(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Call> {
  const [name, ...rest] = words;
  const nothing = { home: '', local: true, run: () => Promise.resolve() };
  if (name === undefined || name === 'help' || name === '--help')
    return { ...nothing, text: await help() };
  const command = await load(name);
  const { values, positionals } = readWords(command, rest);
  if (values['help'] === true)
    return { ...nothing, text: `${command.summary}\n\nusage: ${command.usage}\n` };
  const home =
    typeof values['home'] === 'string' ? values['home'] : (environment['DOUDI_HOME'] ?? 'data');
  return {
    text: null,
    home,
    local: command.local === true,
    run: (around) =>
      command.run({ home, ...around, json: values['json'] === true, values, positionals }),
  };
}
