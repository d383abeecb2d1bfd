/**
 * The program's errors: all are of this class or extend it, so that exit code, status and log follow one rule.
 * An error says what happened, where, and what the reader can do; it never carries a person's data.
 */

/** `retry`: may pass (source down). `reject`: one input is bad, the run continues. `stop`: all work must end. */
export type Severity = 'retry' | 'reject' | 'stop';

/** 1: failed, with the reason. 2: wrong usage (contracts.md section 4). */
export type ExitCode = 1 | 2;

export interface MonitorErrorOptions {
  readonly severity?: Severity;
  /** What the reader can do about it, one sentence. */
  readonly fix?: string;
  readonly cause?: unknown;
  readonly exitCode?: ExitCode;
}

export class MonitorError extends Error {
  readonly code: string;
  readonly severity: Severity;
  readonly fix: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, options: MonitorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MonitorError';
    this.code = code;
    this.severity = options.severity ?? 'stop';
    this.fix = options.fix;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** A wrong command line: exit code 2. */
export function usageError(message: string, fix?: string): MonitorError {
  return new MonitorError('usage', message, { exitCode: 2, ...(fix === undefined ? {} : { fix }) });
}

/** The exit code for anything thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof MonitorError ? error.exitCode : 1;
}

const SYSTEM: Readonly<Record<string, readonly [code: string, message: string, fix: string]>> = {
  ENOSPC: ['disk-full', 'the disk is full', 'free space, then run the same command again'],
  EDQUOT: ['disk-full', 'the disk quota is used up', 'free space, then run the same command again'],
  EACCES: ['machine', 'a file cannot be opened', 'check who owns the home and the inbox'],
  EPERM: ['machine', 'a file may not be changed', 'check who owns the home and the inbox'],
  EROFS: ['machine', 'the disk may only be read', 'check how it is mounted'],
  EIO: ['machine', 'the disk reported an error', 'check the disk, then run the same command again'],
  EMFILE: ['machine', 'too many files are open', 'raise the limit of open files'],
};

/** Wraps a failure of the machine in a MonitorError; returns anything else unchanged. */
export function fromSystem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = SYSTEM[code];
  if (error instanceof MonitorError || known === undefined) return error;
  const [name, message, fix] = known;
  return new MonitorError(name, message, { severity: 'retry', fix, cause: code });
}

/**
 * The part of an error that may be shown. Errors that are not ours may quote data (a database error carries the
 * whole offending line), so only their class is named.
 */
export function describeError(thrown: unknown): { code: string; message: string; fix?: string } {
  const error = fromSystem(thrown);
  if (error instanceof MonitorError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.fix === undefined ? {} : { fix: error.fix }),
    };
  }
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return {
    code: 'unexpected',
    message: `an unexpected ${name} was thrown; its text may quote data and is not shown`,
    fix: 'run again with DOUDI_DEBUG=1 on test data to see the stack, and report it',
  };
}
