/** `--as-of`: the home as it was known at an earlier instant. */
import { usageError } from '../core/errors.ts';
import { text, type Invocation } from './command.ts';

/**
 * @returns the instant of `--as-of`: a date means its end in Asia/Shanghai; null without the option
 * @throws MonitorError `usage`
 */
export function asOf(invocation: Invocation): Date | null {
  const value = text(invocation, 'as-of');
  if (value === undefined) return null;
  const instant = new Date(
    /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59.999+08:00` : value,
  );
  // Without an offset a time would be read in the machine's own time zone.
  if (
    Number.isNaN(instant.getTime()) ||
    !/^\d{4}-\d{2}-\d{2}($|T.*(Z|[+-]\d{2}:\d{2})$)/.test(value)
  )
    throw usageError(
      `'${value}' is not a date`,
      'e.g. --as-of 2026-11-20 (the end of that day), or --as-of 2026-11-20T09:00:00+08:00',
    );
  return instant;
}
