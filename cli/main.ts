#!/usr/bin/env node
/** The composition root of the command line: finds the command, runs it, turns whatever is thrown into words and an exit code. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createColors } from 'picocolors';
import { closest } from 'fastest-levenshtein';
import { clockFromEnvironment } from '../core/clock.ts';
import { describeError, exitCodeOf, usageError } from '../core/errors.ts';
import { createLog } from '../core/log.ts';
import type { Command } from './command.ts';

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

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

async function help(): Promise<void> {
  const commands = await Promise.all(names().map(load));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`);
  await write(
    `doudi · 兜底\n\n${lines.join('\n')}\n\nEvery command takes --home DIR (default data/, or DOUDI_HOME); \`doudi COMMAND --help\` says more.\n`,
  );
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

async function main(words: string[]): Promise<void> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help') return help();
  const command = await load(name);
  const { values, positionals } = readWords(command, rest);
  if (values['help'] === true) return write(`${command.summary}\n\nusage: ${command.usage}\n`);
  const home =
    typeof values['home'] === 'string' ? values['home'] : (process.env['DOUDI_HOME'] ?? 'data');
  return command.run({
    home,
    json: values['json'] === true,
    values,
    positionals,
    clock: clockFromEnvironment(process.env),
    log: createLog(),
    out: write,
    tell: (line) => {
      process.stderr.write(line);
    },
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
  });
}

// A reader that stops reading (`doudi warnings | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { code, message, fix } = describeError(error);
  const c = createColors(process.stderr.isTTY);
  process.stderr.write(
    `${c.red(`doudi: ${message}`)} (${code})\n${fix === undefined ? '' : `       ${fix}\n`}`,
  );
  if (process.env['DOUDI_DEBUG'] === '1' && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = exitCodeOf(error);
}
