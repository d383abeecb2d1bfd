/** Parses the typed arguments with commander: options, verbs and help of a command as its file declares them. */
import { Command as Commander, CommanderError, type Option } from 'commander';
import { usageError } from '../core/errors.ts';
import type { Command, Invocation, Verb } from './command.ts';
import { missing, option, RequiredOption } from './options.ts';

/** Options of every command. */
const COMMON: readonly Option[] = [
  option('--home <DIR>', 'the home (default data/, or DOUDI_HOME)'),
  option('--json', 'one JSON document on standard output'),
];

type Words = Pick<Invocation, 'values' | 'positionals'>;

const oneOf = (group: Commander): string =>
  `one of ${group.commands.map((one) => one.name()).join(', ')}`;

/** Commander's errors as ours: one line, plus the usage. */
function wrongUsage(
  error: CommanderError,
  command: Commander,
  path: string,
  isUsual: boolean,
): Error {
  const usage = `usage: doudi ${path} ${command.usage()}`;
  // `error: unknown option '--mnth'`, and a suggestion on a second line.
  const [message = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const fix = hint === undefined ? usage : `${hint.replace(/^\(|\)$/g, '').toLowerCase()} ${usage}`;
  switch (error.code) {
    case 'commander.optionMissingArgument':
      return usageError(message.replace(/^option '(--[\w-]+).*$/, '$1 needs a value'), usage);
    case 'commander.missingArgument':
      return usageError(
        message.replace(/^missing required argument '(.*)'$/, 'the $1 is missing'),
        usage,
      );
    case 'commander.excessArguments': {
      const extra = command.args[command.registeredArguments.length] ?? '';
      // An unknown verb reaches the default verb as an unexpected argument.
      const group = isUsual ? command.parent : null;
      return group === null
        ? usageError(`doudi ${path} knows no '${extra}'`, usage)
        : usageError(`doudi ${group.name()} knows no '${extra}'`, oneOf(group));
    }
    default:
      return usageError(message, fix);
  }
}

/** One verb for commander, or a command without verbs. */
function leafOf(
  path: string,
  verb: Verb,
  isUsual: boolean,
  written: (text: string) => void,
  taken: (words: Words) => void,
): Commander {
  const leaf = bare(path, verb.summary, written, isUsual);
  for (const word of verb.words ?? []) leaf.argument(word);
  for (const one of [...(verb.options ?? []), ...COMMON]) leaf.addOption(one);
  const needed = leaf.options.filter((one) => one instanceof RequiredOption);
  leaf.usage([...(verb.words ?? []), ...needed.map(({ flags }) => flags), '[options]'].join(' '));
  return leaf.action(() => {
    const typed: Record<string, Invocation['values'][string]> = leaf.optsWithGlobals();
    const values = Object.fromEntries(
      leaf.options.map((one) => [one.name(), typed[one.attributeName()]]),
    );
    for (const one of needed) if (values[one.name()] === undefined) throw missing(one);
    taken({ values, positionals: leaf.args });
  });
}

function bare(
  path: string,
  summary: string,
  written: (text: string) => void,
  isUsual = false,
): Commander {
  const command = new Commander(path.split(' ').at(-1) ?? '');
  return command
    .description(summary)
    .helpOption('--help', 'this page')
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (one) => one.name(), helpWidth: 120 })
    .configureOutput({ writeOut: written, writeErr: () => undefined, outputError: () => undefined })
    .exitOverride((error) => {
      if (error.code === 'commander.helpDisplayed') throw error;
      throw wrongUsage(error, command, path, isUsual);
    });
}

/** A command with verbs: the first argument selects one. */
function groupOf(
  { name, summary, verbs, usual }: Extract<Command, { verbs: unknown }>,
  written: (text: string) => void,
  taken: (verb: Verb, words: Words) => void,
): Commander {
  const group = bare(name, summary, written);
  group.usage(usual === undefined ? '<verb> [options]' : '[verb] [options]');
  for (const one of COMMON) group.addOption(one);
  for (const [word, verb] of Object.entries(verbs)) {
    const isUsual = word === usual;
    const leaf = leafOf(`${name} ${word}`, verb, isUsual, written, (words) => {
      taken(verb, words);
    });
    if (isUsual) leaf.description(`${verb.summary} (when no verb is named)`);
    group.addCommand(leaf, { isDefault: isUsual });
  }
  return group.exitOverride((error) => {
    if (error.code === 'commander.helpDisplayed') throw error;
    const word = /'(.*?)'/.exec(error.message)?.[1];
    if (error.code === 'commander.unknownCommand')
      throw usageError(`doudi ${name} knows no '${word ?? ''}'`, oneOf(group));
    if (error.code === 'commander.help')
      throw usageError(`doudi ${name} needs to know what to do`, oneOf(group));
    throw wrongUsage(error, group, name, false);
  });
}

/**
 * @param words the arguments after the command's name
 * @returns the selected verb with its arguments, or the requested help page
 * @throws MonitorError `usage`
 */
export function readWords(
  command: Command,
  words: readonly string[],
): (Words & { readonly verb: Verb }) | { readonly help: string } {
  let help = '';
  const read: (Words & { readonly verb: Verb })[] = [];
  const written = (text: string): void => {
    help += text;
  };
  const taken = (verb: Verb, typed: Words): void => {
    read.push({ ...typed, verb });
  };
  const top = new Commander('doudi');
  const own =
    'verbs' in command
      ? groupOf(command, written, taken)
      : leafOf(command.name, command, false, written, (typed) => {
          taken(command, typed);
        });
  top.addCommand(own);
  try {
    top.parse([command.name, ...words], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed')
      return { help };
    throw error;
  }
  const [meant] = read;
  if (meant === undefined) throw usageError(`doudi ${command.name} needs to know what to do`);
  return meant;
}

/** All commands, one line each. */
export function helpOf(commands: readonly Command[]): string {
  const top = bare('doudi', '兜底: monthly monitoring and early warning', () => undefined);
  top.usage('<command> [options]');
  for (const { name, summary } of commands) top.addCommand(bare(name, summary, () => undefined));
  return `${top.helpInformation()}\nEvery command takes --home DIR (default data/, or DOUDI_HOME); \`doudi help COMMAND\` says more.\n`;
}
