/** What a start has opened so far, so that all of it can be closed again: at the end, or when a later part fails. */

/** Waited for when it gives a promise. */
type Close = () => unknown;

export class OpenedParts {
  private readonly closers: Close[] = [];

  /** Remembers how something is closed that has just been opened. */
  onClose(close: Close): void {
    this.closers.push(close);
  }

  /**
   * Closes everything, the newest first; one that fails does not keep the others open. A second call closes nothing.
   * @throws what the first failing one threw, after all have been tried
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
