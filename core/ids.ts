/**
 * Pseudonyms of persons and homes: 32 lower-case hex digits, the first 128 bits of HMAC-SM3 (contracts.md section 1).
 * A `SubjectId` that slips into a log, an error or JSON shows its first four digits only.
 */
import { usageError } from './errors.ts';

const PATTERN = /^[0-9a-f]{32}$/;

export class SubjectId {
  readonly #hex: string;

  private constructor(hex: string) {
    this.#hex = hex;
  }

  /** @throws MonitorError `usage` when the text is not a pseudonym; the message does not repeat it */
  static parse(text: string): SubjectId {
    if (!PATTERN.test(text)) {
      throw usageError(
        'an id has 32 lower-case hex digits',
        'a person_id, or the household_id for a rule about households',
      );
    }
    return new SubjectId(text);
  }

  /** The full id, for queries only. */
  reveal(): string {
    return this.#hex;
  }

  toString(): string {
    return `${this.#hex.slice(0, 4)}…`;
  }

  toJSON(): string {
    return this.toString();
  }
}
