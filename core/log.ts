/**
 * Logs carry counts, codes and file names; never a row, an id of a person or a value.
 * They go to standard error, so that `--json` and CSV on standard output stay clean.
 */
import pino from 'pino';

export interface Log {
  info(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
  warn(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
}

export function createLog(level = process.env['DOUDI_LOG'] ?? 'warn'): Log {
  const logger = pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
  return {
    info: (fields, message) => {
      logger.info(fields, message);
    },
    warn: (fields, message) => {
      logger.warn(fields, message);
    },
  };
}
