/** A file that is not taken in; the words name a place, never a value. */
export class Refused extends Error {
  readonly code: string;
  readonly line: number;
  readonly column: string;
  readonly accepts: string;
  constructor(
    code: string,
    message: string,
    place: { line?: number; column?: string; accepts?: string } = {},
  ) {
    super(message);
    this.code = code;
    this.line = place.line ?? 0;
    this.column = place.column ?? '';
    this.accepts = place.accepts ?? '';
  }

  /** The line of the report to the department. */
  get reason(): Pick<Refused, 'code' | 'line' | 'column' | 'message' | 'accepts'> {
    const { code, line, column, message, accepts } = this;
    return { code, line, column, message, accepts };
  }
}
