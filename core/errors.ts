/**
 * The one error class of the program. It says what happened, where, and what the reader can do;
 * it never carries a value of a person.
 */

/** `retry`: the world may heal (source down). `reject`: one input is bad, the run goes on. `stop`: nothing may go on. */
export type Severity = 'retry' | 'reject' | 'stop';

/** 1: failed with the reason. 2: wrong usage (contracts.md section 4). */
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

/** The exit code of whatever was thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof MonitorError ? error.exitCode : 1;
}

/**
 * What may be shown of an error. Errors that are not ours may quote data (a database error carries the
 * whole offending line), so only their class is named.
 */
export function describeError(error: unknown): { code: string; message: string; fix?: string } {
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
