/** Command options for commander: each with its value, its purpose, and an example if it is required. */
import { Option } from 'commander';
import { usageError } from '../core/errors.ts';

/** A required option. Checked last (words.ts): commander would call it missing where it is only misspelt. */
export class RequiredOption extends Option {
  /** An example value. */
  readonly example: string;

  constructor(flags: string, description: string, example: string) {
    super(flags, description);
    this.example = example;
  }
}

/**
 * Commander takes whatever follows as the value, so that `--by --json` would be signed by `--json`. A negative
 * number is a value.
 * @throws MonitorError `usage`
 */
function checked(option: Option, value: string): string {
  if (/^--[a-z]/i.test(value)) throw usageError(`--${option.name()} needs a value`);
  if (value === '' && option instanceof RequiredOption) throw missing(option);
  return value;
}

export function missing(option: RequiredOption): Error {
  return usageError(`--${option.name()} is missing`, `e.g. --${option.name()} ${option.example}`);
}

/** @param flags `--name <WHAT>`, or `--name` alone for a switch */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.required ? made.argParser((value) => checked(made, value)) : made;
}

/** @param example a value, e.g. `2026-10` */
export function required(flags: string, description: string, example: string): Option {
  const made = new RequiredOption(flags, description, example);
  return made.argParser((value) => checked(made, value));
}

/** May be repeated; its value is a list. */
export function repeated(flags: string, description: string): Option {
  const made = new Option(flags, `${description} (may be repeated)`);
  return made.argParser((value, before: readonly string[] | undefined) => [
    ...(before ?? []),
    checked(made, value),
  ]);
}

export const MONTH = required('--month <YYYY-MM>', 'the month', '2026-10');
export const COUNTY = option('--county <CODE>', 'one county only');
export const BY = option('--by <WHO>', 'who decides it, for the journal');
export const AS_OF = option(
  '--as-of <DATE>',
  'as known at that time: a day, or an instant with its offset',
);
