/** The copy in UTF-8 of a delivered file that is in another encoding. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { encodingOf, readText } from '../text.ts';

/**
 * @param copy where a UTF-8 copy is written when the file is in another encoding
 * @returns whether there is a copy
 * @throws Refused `encoding` with the line of what belongs to no accepted encoding
 */
export async function toUtf8(path: string, copy: string): Promise<boolean> {
  const encoding = await encodingOf(path);
  if (encoding === 'utf-8') return false;
  await pipeline(readText(path, encoding), createWriteStream(copy));
  return true;
}
