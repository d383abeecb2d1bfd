/**
 * Cells that are not what they seem: a formula, an error, a number whose last digits are lost. They are passed on with
 * a marker in front, so that the identifier gate still sees their content while every column rejects them as `format`.
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
