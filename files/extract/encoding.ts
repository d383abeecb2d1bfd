/** A UTF-8 copy of a delivered file in another encoding. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { encodingOf, readText } from '../text.ts';

/**
 * @param copy where a UTF-8 copy is written if the file is in another encoding
 * @returns whether a copy was written
 * @throws Refused `encoding` with the line of bytes invalid in every accepted encoding
 */
export async function toUtf8(path: string, copy: string): Promise<boolean> {
  const encoding = await encodingOf(path);
  if (encoding === 'utf-8') return false;
  await pipeline(readText(path, encoding), createWriteStream(copy));
  return true;
}
