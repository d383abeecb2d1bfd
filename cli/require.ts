/** Required values of a command, parsed into their types. */
import { usageError } from '../core/errors.ts';
import { parseMonth, type Month } from '../core/month.ts';
import { text, type Invocation } from './command.ts';

/**
 * @param example how it is written, for values required only in some calls; commander reports those that are always
 * required
 */
export function requireText(invocation: Invocation, name: string, example?: string): string {
  const value = text(invocation, name);
  if (value === undefined || value === '')
    throw usageError(
      `--${name} is missing`,
      example === undefined ? undefined : `e.g. --${name} ${example}`,
    );
  return value;
}

export function requireMonth(invocation: Invocation): Month {
  return parseMonth(requireText(invocation, 'month'));
}

export function requireCount(invocation: Invocation, name: string): number {
  const value = Number(requireText(invocation, name));
  if (!Number.isSafeInteger(value) || value < 0)
    throw usageError(`--${name} must be a whole number`, `e.g. --${name} 2`);
  return value;
}
