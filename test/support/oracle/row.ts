/** One row with every value in canonical spelling; '' is unknown. */
export class Row {
  readonly fileMonth: string;
  readonly line: number;
  readonly #cells: ReadonlyMap<string, string>;

  constructor(cells: ReadonlyMap<string, string>, fileMonth: string, line: number) {
    this.#cells = cells;
    this.fileMonth = fileMonth;
    this.line = line;
  }

  /** The value, '' when unknown. A column the dataset does not have has no value either. */
  text(column: string): string {
    return this.#cells.get(column) ?? '';
  }

  /** Does not hold when the value is unknown. */
  is(column: string, ...values: readonly string[]): boolean {
    const value = this.text(column);
    return value !== '' && values.includes(value);
  }

  isTrue(column: string): boolean {
    return this.is(column, 'true');
  }

  isFalse(column: string): boolean {
    return this.is(column, 'false');
  }

  fen(column: string): bigint | undefined {
    const value = this.text(column);
    return value === '' ? undefined : BigInt(value);
  }

  integer(column: string): number | undefined {
    const value = this.text(column);
    return value === '' ? undefined : Number(value);
  }

  /** Two rows with the same identity say the same thing in every column of the contract. */
  identity(): string {
    return JSON.stringify([...this.#cells]);
  }
}
