/**
 * A cell that is not what it seems: a formula, an error, a number whose last digits are lost. It is handed on with a
 * mark in front, so that the identifier gate still sees what it holds while every column takes it for `format`.
 */
export const REWRITTEN = '\u0001';

/** Why cells are marked, for the report; the first few are enough, since the first hundred reasons are listed. */
export class Notes {
  private readonly texts = new Map<string, string>();
  private static readonly MOST = 2000;

  add(line: number, position: number, text: string): void {
    if (this.texts.size < Notes.MOST) this.texts.set(`${line}/${position}`, text);
  }

  of(line: number, position: number | undefined): string | undefined {
    return position === undefined ? undefined : this.texts.get(`${line}/${position}`);
  }
}
