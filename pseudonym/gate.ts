/** The intake's gate, applied before the file leaves instead of after it arrived. */
import { MonitorError } from '../core/errors.ts';

/** The intake's detectors: the kinds of identifiers that a cell holds. */
export type Detect = (cell: string) => Iterable<string>;

/** Other numbers can look like phones and cards by chance (contracts.md section 1: at least three rows). */
const needed = (kind: string): number => (kind === 'identity-number' ? 1 : 3);

/** Every identifier has at least eleven digits; shorter cells, most of them, are not checked. */
const MAYBE = /(?:[0-9\uff10-\uff19][^0-9\uff10-\uff19]*){11}/;

const raw = (kind: string, where: string, fix: string): MonitorError =>
  new MonitorError(
    'identifiers',
    `nothing was written: the result would still hold a raw identifier (${kind}): ${where}`,
    { fix },
  );

export class IdentifierGate {
  private readonly seen = new Map<string, number>();
  private readonly detect: Detect;

  constructor(detect: Detect) {
    this.detect = detect;
  }

  private kinds(cell: string): Iterable<string> {
    return cell.length < 11 || !MAYBE.test(cell) ? [] : this.detect(cell);
  }

  /** @throws MonitorError `identifiers` */
  look(cell: string, line: number, column: string): void {
    for (const kind of this.kinds(cell)) {
      const count = (this.seen.get(`${kind}/${column}`) ?? 0) + 1;
      this.seen.set(`${kind}/${column}`, count);
      if (count < needed(kind)) continue;
      throw raw(
        kind,
        `line ${line}, column '${column}'`,
        '--column replaces the column, --drop leaves it out; or take the number out of the text',
      );
    }
  }

  /** @throws MonitorError `identifiers` when the presumed header contains an identifier */
  lookAtHeader(cells: readonly string[], line: number): void {
    for (const [kind] of cells.map((cell) => [...this.kinds(cell)]))
      if (kind !== undefined)
        throw raw(
          kind,
          `line ${line}, the header`,
          'give the file a header row; a file without one begins with a person',
        );
  }

  isIdentity(cell: string): boolean {
    return [...this.kinds(cell)].includes('identity-number');
  }
}
