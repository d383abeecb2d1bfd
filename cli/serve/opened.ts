/** What a start has opened so far, so that all of it can be closed again: at the end, or when a later part fails. */

/** Awaited if it returns a promise. */
type Close = () => unknown;

export class OpenedParts {
  private readonly closers: Close[] = [];

  /** Registers how to close something just opened. */
  onClose(close: Close): void {
    this.closers.push(close);
  }

  /**
   * Closes everything, newest first; a failure does not keep the others open. A second call does nothing.
   * @throws the first error, after all have been tried
   */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.closers.pop(); close !== undefined; close = this.closers.pop())
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }
}
