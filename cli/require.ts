/** Required options, with a message that says how to write them. */
import { usageError } from '../core/errors.ts';
import { parseMonth, type Month } from '../core/month.ts';
import { text, type Invocation } from './command.ts';

export function requireText(invocation: Invocation, name: string, example: string): string {
  const value = text(invocation, name);
  if (value === undefined || value === '')
    throw usageError(`--${name} is missing`, `e.g. --${name} ${example}`);
  return value;
}

export function requireMonth(invocation: Invocation): Month {
  return parseMonth(requireText(invocation, 'month', '2026-10'));
}

export function requireCount(invocation: Invocation, name: string, example: string): number {
  const value = Number(requireText(invocation, name, example));
  if (!Number.isSafeInteger(value) || value < 0)
    throw usageError(`--${name} must be a whole number`, `e.g. --${name} ${example}`);
  return value;
}
