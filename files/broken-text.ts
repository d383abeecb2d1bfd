/** Position of the first byte that is invalid in an encoding, for the refusal. */
import { createReadStream } from 'node:fs';
import { Refused } from '../core/refused.ts';

const ACCEPTED_TEXT = 'UTF-8 (with or without byte order mark) or GB18030';
const PIECE = 1 << 20;

/** Whether the error is one a fatal decoder throws. */
export const isUndecodable = (error: unknown): boolean =>
  error instanceof TypeError &&
  'code' in error &&
  error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** @returns how many leading chunks of the file decode */
async function wholePieces(path: string, encoding: string): Promise<number> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let pieces = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
      decoder.decode(piece as Buffer, { stream: true });
      pieces += 1;
    }
  } catch (error) {
    if (!isUndecodable(error)) throw error;
  }
  return pieces;
}

/** Rereads the file, the undecodable chunk byte by byte. @returns line and byte, from 1 */
async function placeOf(path: string, encoding: string): Promise<{ line: number; byte: number }> {
  const whole = await wholePieces(path, encoding);
  const decoder = new TextDecoder(encoding, { fatal: true });
  let [line, byte, pieces] = [1, 0, 0];
  const decode = (bytes: Buffer): void => {
    const text = decoder.decode(bytes, { stream: true });
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line += 1;
    byte += bytes.length;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE })) {
    const piece = chunk as Buffer;
    const step = pieces < whole ? piece.length : 1;
    try {
      for (let at = 0; at < piece.length; at += step) decode(piece.subarray(at, at + step));
    } catch {
      return { line, byte: byte + 1 };
    }
    pieces += 1;
  }
  // The last character is truncated.
  return { line, byte };
}

/** @param words what the file is not, for the message */
export async function brokenText(path: string, encoding: string, words: string): Promise<Refused> {
  const { line, byte } = await placeOf(path, encoding);
  const message = `${words}: byte ${byte} of the file`;
  return new Refused('encoding', message, { line, accepts: ACCEPTED_TEXT });
}
