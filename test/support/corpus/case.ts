/**
 * The bad-input corpus: files as departments hand them in on a bad day, each with what must become of it. What is
 * expected is written by hand from the contract (docs/add-a-connector.md), never taken from what the program says.
 */
import type { FileFormat } from '../../../files/extract/formats.ts';

/** Code, line and column of a reason. */
export type Place = readonly [code: string, line: number, column: string];

export type Expected =
  | { readonly outcome: 'refused'; readonly first: Place }
  /** Loaded, with these rows in quarantine. */
  | { readonly outcome: 'quarantined'; readonly rows: number; readonly reasons: readonly Place[] }
  /** Odd, but whole: every row counts. */
  | { readonly outcome: 'loaded'; readonly rows: number }
  /** Named in the report as a file that no connector reads. */
  | { readonly outcome: 'stranger' };

export interface Case {
  /** The class of mistakes that it stands for. */
  readonly kind: string;
  readonly what: string;
  readonly format: FileFormat;
  readonly content: Buffer | (() => Promise<Buffer>);
  /** `agency/dataset`; enrolment otherwise. */
  readonly source?: string;
  /** Where the content depends on it; otherwise any month that is free. */
  readonly month?: string;
  /** The name of the file where it is not the month's. */
  readonly name?: string;
  readonly manifest?: string | ((content: Buffer) => string);
  readonly expected: Expected;
  /** What stands in the file and in no report. */
  readonly secrets?: readonly string[];
}

export const refused = (code: string, line = 0, column = ''): Expected => ({
  outcome: 'refused',
  first: [code, line, column],
});

/** Numbers that are the same at every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
