import { MonitorError } from './errors.ts';

/** A rejected file. The message names a place in the file, never a value. */
export class Refused extends MonitorError {
  readonly line: number;
  readonly column: string;
  readonly accepts: string;
  constructor(
    code: string,
    message: string,
    place: { line?: number; column?: string; accepts?: string } = {},
  ) {
    super(code, message, { severity: 'reject' });
    this.line = place.line ?? 0;
    this.column = place.column ?? '';
    this.accepts = place.accepts ?? '';
  }

  /** The line in the report to the department. */
  get reason(): Pick<Refused, 'code' | 'line' | 'column' | 'message' | 'accepts'> {
    const { code, line, column, message, accepts } = this;
    return { code, line, column, message, accepts };
  }
}
